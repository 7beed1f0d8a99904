import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { freshDatabase } from "./fresh-database.ts";
import { simulateMonth } from "./month/simulate.ts";

/**
 * `node --import tsx bench/month.ts [--events 2000] [--calls 100] [--seed 1] [--sweep 15] [--days 30]`: a simulated
 * month, its figures and its violations as one JSON object on stdout. Exits with 1 when a promise of the
 * clock was broken. On the server of BENCH_DATABASE_URL, or on PGlite in memory.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      events: { type: "string", default: "2000" },
      calls: { type: "string", default: "100" },
      seed: { type: "string", default: "1" },
      sweep: { type: "string", default: "15" },
      days: { type: "string", default: "30" },
    },
  });
  const database = await freshDatabase("bench");
  try {
    const report = await simulateMonth(database, {
      events: Number(values.events),
      calls: Number(values.calls),
      seed: Number(values.seed),
      sweepMinutes: Number(values.sweep),
      days: Number(values.days),
    });
    process.stdout.write(`${JSON.stringify({ engine: database.engine, ...report }, null, 2)}\n`);
    const broken = Object.values(report.violations).some((count) => count > 0);
    if (broken || report.failures > 0) process.exitCode = 1;
  } finally {
    await database.close();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
