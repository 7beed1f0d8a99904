import { parseArgs } from "node:util";
import { realClock } from "../../services/clock.ts";
import { environment } from "../../services/environment.ts";
import { type ExitCode, runCommand } from "./command.ts";
import { type ImportOutcome, importRegistry } from "./import-registry.ts";
import { openForDryRun, openForWriting } from "./open-registry.ts";
import { problemReport } from "./problem.ts";
import { readRegistrySettings } from "./settings.ts";

const USAGE = `Usage: npm run registry:import -- DIR [--dry-run] [--prune]
  --dry-run  check the files and say what would change; write nothing
  --prune    deactivate what the database has and the files given leave out
`;

process.exitCode = await runCommand(async () => {
  const asked = readArguments(process.argv.slice(2));
  if (asked === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  const settings = readRegistrySettings(environment());
  const started = performance.now();
  const database = await (asked.dryRun ? openForDryRun(settings) : openForWriting(settings));
  try {
    const outcome = await importRegistry(database, asked.folder, {
      prune: asked.prune,
      dryRun: asked.dryRun,
      now: realClock.now(),
    });
    return tell(outcome, asked.dryRun, (performance.now() - started) / 1000);
  } finally {
    await database.close();
  }
});

function readArguments(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { "dry-run": { type: "boolean" }, prune: { type: "boolean" } },
    });
    const [folder, ...others] = positionals;
    if (folder === undefined || others.length > 0) return null;
    return { folder, dryRun: values["dry-run"] ?? false, prune: values.prune ?? false };
  } catch {
    return null;
  }
}

function tell(outcome: ImportOutcome, dryRun: boolean, seconds: number): ExitCode {
  for (const name of outcome.ignored)
    process.stderr.write(`${name} is no registry file and was left alone.\n`);
  if (!outcome.ok) {
    process.stderr.write(`${problemReport(outcome.problems)}\n`);
    return 1;
  }
  const total = outcome.changes.reduce(
    (sum, { added, changed, deactivated }) => sum + added + changed + deactivated,
    0,
  );
  for (const { file, rows, added, changed, deactivated } of outcome.changes) {
    process.stdout.write(
      `${file.padEnd(18)} ${rows} rows: ${added} new, ${changed} changed, ${deactivated} deactivated\n`,
    );
  }
  if (outcome.sampleRemoved)
    process.stdout.write(`The sample district ${dryRun ? "would make" : "made"} room.\n`);
  process.stdout.write(
    dryRun
      ? `Checked in ${seconds.toFixed(1)} s: ${total} changes would be made, nothing was written.\n`
      : `Imported in ${seconds.toFixed(1)} s: ${total} changes.\n`,
  );
  return 0;
}
