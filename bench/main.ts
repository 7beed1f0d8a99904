import { parseArgs } from "node:util";
import { measureIntake } from "./intake.ts";
import { machineTold } from "./machine.ts";
import { measureAnswers } from "./overview.ts";
import { measureReading } from "./reading.ts";
import { measureReporting } from "./reporting.ts";
import { measureRunning } from "./running.ts";
import { measureSending } from "./sending.ts";
import { measureSweeps } from "./sweep.ts";

/** What `npm run bench` measures, by the name it is asked for with. */
const FIGURES = {
  intake: (small: number, large: number) =>
    grown(small, large, (rows) => measureIntake(3000, rows)),
  reporting: (small: number, large: number) =>
    grown(small, large, (rows) => measureReporting(1500, rows)),
  sending: () => measureSending(3000),
  sweep: (_small: number, large: number) => measureSweeps(10_000, large),
  reading: async () => measureReading("prompts/cases/reports.jsonl"),
  answers: (small: number, large: number) => measureAnswers(small, large),
  running: () => measureRunning(),
} as const;
type Figure = keyof typeof FIGURES;

/**
 * `npm run bench [-- FIGURE… --small N --large N]`: each figure beside its baseline in one run, on the
 * server of BENCH_DATABASE_URL, where databases may be created, else on the embedded database. `--small`
 * and `--large` are how many rows the tables hold before (defaults 10,000 and 100,000). Progress on
 * stderr, one JSON object on stdout.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      small: { type: "string", default: "10000" },
      large: { type: "string", default: "100000" },
    },
  });
  const asked = positionals.length > 0 ? positionals : Object.keys(FIGURES);
  const unknown = asked.filter((name) => !(name in FIGURES));
  if (unknown.length > 0) {
    process.stderr.write(
      `Unknown: ${unknown.join(", ")}. Ask for ${Object.keys(FIGURES).join(", ")}.\n`,
    );
    process.exitCode = 2;
    return;
  }
  const figures: Record<string, unknown> = {};
  for (const name of asked as Figure[]) {
    figures[name] = await FIGURES[name](Number(values.small), Number(values.large));
    process.stderr.write(`${name}: ${JSON.stringify(figures[name])}\n`);
  }
  const engine = process.env.BENCH_DATABASE_URL === undefined ? "pglite" : "postgres";
  process.stdout.write(`${JSON.stringify({ ...machineTold(), engine, ...figures }, null, 2)}\n`);
}

/** The same among few rows and among many. */
async function grown<T>(small: number, large: number, measure: (rows: number) => Promise<T>) {
  return { small: await measure(small), large: await measure(large) };
}

await main();
