import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { runCommand } from "../../db/registry/command.ts";
import { hotlineNamed } from "../domain/hotline/line.ts";
import { takeSheet } from "../workflows/hotline/take-feed.ts";
import { withOffice } from "./command-office.ts";

const USAGE = `Usage: npm run hotline:import -- LINE FILE.csv|xlsx [--dry-run]
  LINE       12345 or 8890
  --dry-run  say what would come of it; write nothing
`;
const MOST_LISTED = 200;

/** Takes in a file of orders, row by row: bad rows are named, the others taken; the same file twice is once. */
process.exitCode = await runCommand(async () => {
  const asked = readArguments();
  if (asked === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { line, file, dryRun } = asked;
  const bytes = await readFile(file);
  const result = await withOffice((database, office) =>
    takeSheet(database, office, line, { name: file, bytes }, { dryRun }),
  );
  for (const { at, column, what } of result.problems.slice(0, MOST_LISTED))
    process.stderr.write(`${file}:${at} ${column}: ${what}\n`);
  if (result.problems.length > MOST_LISTED)
    process.stderr.write(`… and ${result.problems.length - MOST_LISTED} more.\n`);
  const { taken, updated, repeated, problems } = result;
  const rows = new Set(problems.map(({ at }) => at)).size;
  process.stdout.write(
    `${taken} new orders, ${updated} newer versions, ${repeated} known already, ${rows} rows with problems${
      dryRun ? "; nothing was written" : ""
    }.\n`,
  );
  if (rows > 0)
    process.stderr.write(
      "Correct those rows and import the file again: what was taken is not taken twice.\n",
    );
  return problems.length === 0 ? 0 : 1;
});

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { "dry-run": { type: "boolean", default: false } },
    });
    const [name = "", file, ...others] = positionals;
    const line = hotlineNamed(name);
    if (line === null || file === undefined || others.length > 0) return null;
    return /\.(?:csv|xlsx)$/i.test(file) ? { line, file, dryRun: values["dry-run"] } : null;
  } catch {
    return null;
  }
}
