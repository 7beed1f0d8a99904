import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { loadSampleDistrict } from "../db/registry/sample-district.ts";
import { makeCalendar } from "../services/calendar.ts";
import { DEFAULT_POLICY } from "../services/domain/policy.ts";
import type { Office } from "../services/workflows/office.ts";
import { sweepReminders } from "../services/workflows/remind.ts";
import { freshDatabase } from "./fresh-database.ts";
import { median, rounded } from "./rate.ts";

const NOW = new Date("2026-11-26T09:00:00+08:00");
const DUE = 1000;
const WARM_UPS = 3;
const RUNS = 9;
/** At most this many times the time of a sweep among few. */
const GOAL = 1.5;

/**
 * `BENCH_DATABASE_URL=postgres://… node --import tsx bench/sweep.ts [--small 10000] [--large 1000000]`:
 * the time of one sweep in which the same 1,000 duties are due, among few and among many open ones. JSON
 * on stdout, exit code 1 above the goal: the cost has to follow what is due, not what is open.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      small: { type: "string", default: "10000" },
      large: { type: "string", default: "1000000" },
    },
  });
  const report = await measureSweeps(Number(values.small), Number(values.large));
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  if (report.ratio > GOAL) process.exitCode = 1;
}

/** Both are swept in turn, so that whatever else the machine does falls on both alike. */
export async function measureSweeps(few: number, many: number) {
  const small = await prepare("few", few);
  const large = await prepare("many", many);
  try {
    const ms = { small: [] as number[], large: [] as number[] };
    // The first runs warm caches and plans and are not counted.
    for (let run = 0; run < WARM_UPS + RUNS; run++) {
      for (const [name, database] of [["small", small] as const, ["large", large] as const]) {
        const took = await sweepOnce(database);
        if (run >= WARM_UPS) ms[name].push(took);
      }
    }
    const [fewMs, manyMs] = [median(ms.small), median(ms.large)];
    return {
      engine: small.engine,
      due: DUE,
      small: { open: few, medianMs: fewMs },
      large: { open: many, medianMs: manyMs },
      ratio: rounded(manyMs / fewMs),
      goal: GOAL,
    };
  } finally {
    await Promise.all([small.close(), large.close()]);
  }
}

async function prepare(site: string, open: number): Promise<Database> {
  const database = await freshDatabase(site);
  await loadSampleDistrict(database, NOW);
  await insertDue(database);
  await fillUpTo(database, open);
  return database;
}

async function sweepOnce(database: Database): Promise<number> {
  await makeDueAgain(database);
  const before = performance.now();
  const swept = await sweepReminders(database, office, {
    failed: (_no, error) => {
      throw error;
    },
    gap: () => {},
  });
  if (swept !== DUE) throw new Error(`${swept} duties were swept instead of ${DUE}.`);
  return performance.now() - before;
}

const office: Office = {
  clock: { now: () => NOW },
  calendar: makeCalendar(),
  policy: DEFAULT_POLICY,
  channels: new Set(["sandbox"]),
};

const POLICY = JSON.stringify({
  version: "bench",
  limit: { workMinutes: 120 },
  ladder: "standard",
});
const LONG_AGO = "2026-11-25T09:00:00+08:00";

/** The duties that are due in each run, each on an event of its own, in both streets. */
async function insertDue(database: Database): Promise<void> {
  const street = sql`case when n % 2 = 0 then 'SLQ-WC' else 'SLQ-LA' end`;
  await database.orm.execute(sql`
    insert into events (site, no, status, kind, category, level, urgency, summary, words, street_code, source, parse, created_at)
    select ${database.site}, 'SJ20261125-' || (1000 + n), 'pendingAccept', 'report', 'env.binOverflow', 2, 'normal', '第' || n || '件', '', ${street}, 'groupMessage', '{}', ${LONG_AGO}::timestamptz
    from generate_series(1, ${DUE}) n`);
  await database.orm.execute(sql`
    insert into obligations (site, id, subject_type, subject_no, duty, owner_org, "natural", urgent, opened_at, due_at, policy)
    select ${database.site}, gen_random_uuid(), 'event', 'SJ20261125-' || (1000 + n), 'accept', ${street}, false, false, ${LONG_AGO}::timestamptz, '2026-11-25T11:00:00+08:00'::timestamptz, ${POLICY}::jsonb
    from generate_series(1, ${DUE}) n`);
}

/** Open duties of the coming month that nobody has to be reminded of now. */
async function fillUpTo(database: Database, open: number): Promise<void> {
  const present = await database.rows<{ count: number }>(
    sql`select count(*)::int as count from obligations`,
  );
  await database.orm.execute(sql`
    insert into obligations (site, id, subject_type, subject_no, duty, owner_org, "natural", urgent, opened_at, due_at, policy, step, next_reminder_at)
    select ${database.site}, gen_random_uuid(), 'event', 'SJ20261101-' || n, 'accept', 'SLQ-WC', false, false, ${LONG_AGO}::timestamptz,
      ${NOW.toISOString()}::timestamptz + n % 40000 * interval '1 minute', ${POLICY}::jsonb, 0,
      ${NOW.toISOString()}::timestamptz + (1 + n % 40000) * interval '1 minute'
    from generate_series(${present[0]?.count ?? 0} + 1, ${open}::int) n`);
  await database.orm.execute(sql`vacuum analyze obligations`);
}

async function makeDueAgain(database: Database): Promise<void> {
  await database.orm.execute(sql`truncate outbox`);
  await database.orm.execute(sql`
    update obligations set step = 0, next_reminder_at = '2026-11-25T10:30:00+08:00'::timestamptz
    where subject_no like 'SJ20261125-%'`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  });
}
