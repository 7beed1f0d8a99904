import { type Database, openDatabase } from "../db/client.ts";
import { migrate } from "../db/migrate.ts";
import { singleRowRate, storeRate } from "./intake.ts";
import { measureReading } from "./reading.ts";

// `npm run bench [-- TEXTS.jsonl]`: each figure beside its baseline in one run. Progress on stderr, one
// JSON object on stdout. PGlite always; PostgreSQL too where BENCH_DATABASE_URL names an empty database.

const MESSAGES = Number(process.env.BENCH_MESSAGES ?? 5_000);
const SENDERS = 100;

const engines = [
  "pglite:",
  ...(process.env.BENCH_DATABASE_URL ? [process.env.BENCH_DATABASE_URL] : []),
];
const figures: Record<string, unknown> = {};
figures.reading = measureReading(process.argv[2] ?? "prompts/cases/reports.jsonl");
process.stderr.write("reading: done\n");
for (const url of engines) {
  const database = await openDatabase(url, "bench");
  try {
    await migrate(database, url);
    figures[database.engine] = { intake: await intake(database) };
  } finally {
    await database.close();
  }
}
process.stdout.write(
  `${JSON.stringify({ messages: MESSAGES, senders: SENDERS, ...figures }, null, 2)}\n`,
);

/** Interleaved, so that a machine that slows down slows both; the median of the ratios is told. */
async function intake(database: Database) {
  const ratios: number[] = [];
  let last = {};
  for (let round = 0; round < 3; round++) {
    const baseline = await singleRowRate(database, MESSAGES, SENDERS);
    const stored = await storeRate(database, MESSAGES, SENDERS);
    ratios.push(stored.perSecond / baseline.perSecond);
    last = { stored, baseline };
    process.stderr.write(
      `${database.engine} intake ${round + 1}/3: ${stored.perSecond}/s, single rows ${baseline.perSecond}/s\n`,
    );
  }
  ratios.sort((a, b) => a - b);
  return { ...last, ratio: Math.round((ratios[1] ?? 0) * 100) / 100 };
}
