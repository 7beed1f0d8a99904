import { basename } from "node:path";
import { parseArgs } from "node:util";
import { runCommand } from "../../db/registry/command.ts";
import { hotlineNamed } from "../domain/hotline/line.ts";
import { exportAnswers, handOver } from "../workflows/hotline/export-answers.ts";
import { withOffice } from "./command-office.ts";

const USAGE = `Usage: npm run hotline:export -- LINE --out FILE.csv|xlsx [--since DAY] [--hand-over]
  LINE         12345 or 8890
  --since      everything since a day such as 2026-11-22; absent: what waits
  --hand-over  what waits counts as brought to the hotline: results as told to their callers
`;

/** Writes what goes back to a hotline into a file, for somebody to upload there. */
process.exitCode = await runCommand(async () => {
  const asked = readArguments();
  if (asked === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { line, out, since, format, hands } = asked;
  await withOffice(async (database, office) => {
    const rows = await exportAnswers(database, line, since, format, out);
    const done = hands ? await handOver(database, office, rows, basename(out)) : 0;
    const waiting = rows.filter(({ sendState }) => sendState !== "sent").length - done;
    process.stdout.write(
      `${rows.length} answers in ${out}; ${done} handed over, ${waiting} still count as waiting.\n`,
    );
  });
  return 0;
});

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        out: { type: "string" },
        since: { type: "string" },
        "hand-over": { type: "boolean", default: false },
      },
    });
    const [name = "", ...others] = positionals;
    const line = hotlineNamed(name);
    const { out, since: day } = values;
    const format = /\.(csv|xlsx)$/i.exec(out ?? "")?.[1]?.toLowerCase();
    if (line === null || out === undefined || others.length > 0) return null;
    if (format !== "csv" && format !== "xlsx") return null;
    const since = day === undefined ? null : new Date(`${day}T00:00:00+08:00`);
    if (since !== null && Number.isNaN(since.getTime())) return null;
    return { line, out, since, format: format as "csv" | "xlsx", hands: values["hand-over"] };
  } catch {
    return null;
  }
}
