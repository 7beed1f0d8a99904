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
import { fillEvents } from "./fill-events.ts";
import { freshDatabase } from "./fresh-database.ts";
import { median, percentile, rounded } from "./rate.ts";

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
  "a list": "/api/events?limit=50&steps=false",
  "a list of what is handled": "/api/events?status=handling&limit=50&steps=false",
  "one event": "/api/events/SJ5005",
} as const;

/**
 * `BENCH_DATABASE_URL=postgres://… node --import tsx bench/overview.ts [--small 100000] [--large 1000000]`:
 * the 95th percentile of the calls for the overview, for lists and for one event, whole HTTP answers, among few events and among many of the
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
  const report = await measureAnswers(Number(values.small), Number(values.large));
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
}

export async function measureAnswers(few: number, many: number) {
  const small = await prepare("small", few);
  const large = await prepare("large", many);
  try {
    const calls: Record<string, object> = {};
    for (const [name, url] of Object.entries(CALLS)) calls[name] = await compare(small, large, url);
    return {
      engine: large.database.engine,
      runs: RUNS,
      small: { events: small.events, countedInS: small.countedInS },
      large: { events: large.events, countedInS: large.countedInS },
      calls,
    };
  } finally {
    await Promise.all([small.close(), large.close()]);
  }
}

type Prepared = Awaited<ReturnType<typeof prepare>>;

async function prepare(site: string, events: number) {
  const database = await freshDatabase(site);
  const app = appOver(database);
  await loadSampleDistrict(database, NOW);
  await fillEvents(database, events, NOW);
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

function told(ms: readonly number[]): { medianMs: number; p95Ms: number } {
  return { medianMs: median(ms), p95Ms: percentile(ms, 0.95) };
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
