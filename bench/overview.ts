import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { sql } from "drizzle-orm";
import type { FastifyInstance } from "fastify";
import type { Database } from "../db/client.ts";
import { markEveryDay } from "../db/queries/stats/mark-day.ts";
import { loadSampleDistrict } from "../db/registry/sample-district.ts";
import { addressGuard } from "../services/address-guard.ts";
import { attachmentStore } from "../services/attachment-store.ts";
import { makeCalendar } from "../services/calendar.ts";
import { DEFAULT_POLICY } from "../services/domain/policy.ts";
import { buildApp } from "../services/http/app.ts";
import { silentLog } from "../services/log.ts";
import { createMetrics } from "../services/metrics.ts";
import { countChangedDays } from "../services/workflows/count-changed-days.ts";
import { freshDatabase } from "./fresh-database.ts";

const NOW = new Date("2026-11-26T09:00:00+08:00");
const TOKEN = "the-token-of-this-measurement";
const WARM_UPS = 10;
const RUNS = 100;
/** Events changed since the last count: three seconds of a district with 1,000 events a day, 8 steps each. */
const CHANGED = 1;

const CALLS = {
  everything: "/api/stats/overview",
  "a street": "/api/stats/overview?org=SLQ-WC",
  "this month, compared": "/api/stats/overview?from=2026-11-01&to=2026-11-26&compare=true",
  "the last year, compared": "/api/stats/overview?from=2025-11-27&to=2026-11-26&compare=true",
} as const;

/**
 * `BENCH_DATABASE_URL=postgres://… node --import tsx bench/overview.ts [--small 100000] [--large 1000000]`:
 * the 95th percentile of the overview call, whole HTTP answers, among few events and among many of the
 * same three years. One in fifty is open, one in two hundred late. Both are asked in turn, so that
 * whatever else the machine does falls on both alike. JSON on stdout.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      small: { type: "string", default: "100000" },
      large: { type: "string", default: "1000000" },
    },
  });
  const small = await prepare("small", Number(values.small));
  const large = await prepare("large", Number(values.large));
  try {
    const calls: Record<string, object> = {};
    for (const [name, url] of Object.entries(CALLS)) calls[name] = await compare(small, large, url);
    const report = {
      engine: large.database.engine,
      runs: RUNS,
      small: { events: small.events, countedInS: small.countedInS },
      large: { events: large.events, countedInS: large.countedInS },
      calls,
    };
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  } finally {
    await Promise.all([small.close(), large.close()]);
  }
}

type Prepared = Awaited<ReturnType<typeof prepare>>;

async function prepare(site: string, events: number) {
  const database = await freshDatabase(site);
  const app = appOver(database);
  await loadSampleDistrict(database, NOW);
  await fill(database, events);
  await markEveryDay(database);
  const before = performance.now();
  await countChangedDays(database);
  const countedInS = rounded((performance.now() - before) / 1000);
  await database.orm.execute(sql`vacuum analyze`);
  await database.rows(sql`
    update events set urgency = 'urgent' where no in (
      select no from events where created_at > ${NOW.toISOString()}::timestamptz - interval '20 days'
      order by md5(no) limit ${CHANGED})`);
  await database.rows(sql`
    insert into event_day_changes (site, id, day)
    select site, gen_random_uuid(), (created_at at time zone 'Asia/Shanghai')::date
    from events where urgency = 'urgent'`);
  const close = async () => {
    await app.close();
    await database.close();
  };
  return { database, app, events, countedInS, close };
}

async function compare(small: Prepared, large: Prepared, url: string) {
  const times = { small: [] as number[], large: [] as number[] };
  // The first runs warm caches and plans and are not counted.
  for (let run = 0; run < WARM_UPS + RUNS; run++) {
    for (const [name, { app }] of [["small", small] as const, ["large", large] as const]) {
      const before = performance.now();
      const answer = await app.inject({ url, headers: { authorization: `Bearer ${TOKEN}` } });
      if (answer.statusCode !== 200) throw new Error(`${url} answered ${answer.body}`);
      if (run >= WARM_UPS) times[name].push(performance.now() - before);
    }
  }
  const [few, many] = [told(times.small), told(times.large)];
  return { small: few, large: many, p95Ratio: rounded(many.p95Ms / few.p95Ms) };
}

function told(ms: number[]): { medianMs: number; p95Ms: number } {
  ms.sort((a, b) => a - b);
  const at = (share: number) => rounded(ms[Math.ceil(ms.length * share) - 1] ?? Number.NaN);
  return { medianMs: at(0.5), p95Ms: at(0.95) };
}

const rounded = (n: number): number => Math.round(n * 100) / 100;

/** Three years of events of ten streets with twenty grids each, in the order of time, every other one rated. */
async function fill(database: Database, events: number): Promise<void> {
  const range = sql`generate_series(1, ${events}::int) n`;
  await database.orm.execute(sql`
    insert into events (site, no, status, kind, category, platform, level, urgency, summary, words, street_code,
      grid_code, source, parse, created_at, due_at, completed_at, closed_at, reopen_count)
    select ${database.site}::text, 'SJ' || n,
      case when open then 'handling' when n % 10 = 3 then 'archived' when n % 40 = 1 then 'merged' else 'closed' end,
      'report', 'category.' || h % 60, 'lawEnforcement', 1 + h % 4, 'normal', '第' || n || '件', '',
      case when h % 10 = 0 then 'SLQ-WC' else 'street-' || h % 10 end, 'grid-' || h % 200,
      case when n % 4 = 0 then 'publicTip' else 'groupMessage' end, '{}', at,
      case when late then at + interval '3 hours' when open then ${NOW.toISOString()}::timestamptz + interval '3 days' else at + interval '3 days' end,
      case when open then null else at + interval '1 day' * (h % 5) end,
      case when open then null else at + interval '6 days' end, (n % 20 = 7)::int
    from (select n, hashtext(n::text) & 1048575 as h, n % 50 = 5 as open, n % 200 = 5 as late,
      ${NOW.toISOString()}::timestamptz - interval '1 second' * (94608000 * (1 - n::float8 / ${events}::int)) as at
      from ${range}) made`);
  await database.orm.execute(sql`
    insert into event_reporters (site, id, event_no, channel, platform_user_id, conversation_id, conversation_type, words, first, rating, joined_at)
    select ${database.site}::text, gen_random_uuid(), 'SJ' || n, 'sandbox', 'someone', 'nantang-1', 'group', '', true,
      case when n % 2 = 0 then 1 + (hashtext(n::text) & 1048575) % 5 end, now()
    from ${range}`);
  await database.orm.execute(sql`
    insert into event_assignees (site, id, event_no, org_code, role, assigned_at)
    select ${database.site}::text, gen_random_uuid(), 'SJ' || n, 'dept-' || (hashtext(n::text) & 1048575) % 40, 'lead', now()
    from ${range}`);
}

const appOver = (database: Database): FastifyInstance => {
  const clock = { now: () => NOW };
  return buildApp({
    database,
    office: {
      clock,
      calendar: makeCalendar(),
      policy: DEFAULT_POLICY,
      channels: new Set(["sandbox"]),
    },
    config: {
      adminToken: TOKEN,
      host: "127.0.0.1",
      model: null,
      modelFilingNo: null,
      registryDatum: "wgs84",
    },
    clock,
    store: async () => "stored",
    webhookGuard: addressGuard([]),
    attachments: attachmentStore(tmpdir()),
    health: async () => [],
    metrics: createMetrics(),
    log: silentLog,
  });
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  });
}
