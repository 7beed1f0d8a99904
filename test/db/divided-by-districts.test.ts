import { sql } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../db/client.ts";
import { jobsOf } from "../../services/jobs/jobs.ts";
import { silentLog } from "../../services/log.ts";
import { bring, reported } from "../flows/town.ts";
import { EVERY_ROUTE } from "../services/http/every-route/table.ts";
import { callsBy } from "../support/api-calls.ts";
import { openChat } from "../support/chat.ts";
import { TEST_SITE, testDatabase } from "../support/database.ts";
import { type RecordedStatement, recordStatements } from "../support/recorded-statements.ts";
import { ownReportStore, renderAll } from "../support/reports.ts";
import { openWholeApp } from "../support/whole-app.ts";

// What a database divided by districts (Citus, `create_distributed_table(…, 'site')`) asks of schema and
// statements, looked at in the catalog and in what PostgreSQL's own planner says. No table is exempt:
// not even registry tables are shared, each district has its own. Of the statements one is: the job that
// makes partitions looks for months in what belongs to none. Partitions are all districts'; the job reads,
// and claims nothing.

const onPostgres = process.env.TEST_ENGINE === "postgres";
if (!onPostgres)
  console.info(
    "divided-by-districts: statements are looked at on PostgreSQL only, the tables here",
  );

describe("tables", () => {
  let database: Database;
  beforeAll(async () => {
    ({ database } = await testDatabase());
  });
  afterAll(() => database.close());
  const names = async (statement: ReturnType<typeof sql>): Promise<string[]> =>
    (await database.rows<{ name: string }>(statement)).map(({ name }) => name);

  it("all have the district, never empty, and a primary key", async () => {
    const all = await names(sql`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`);
    expect(all.length).toBeGreaterThan(60);
    const good = await names(sql`
      select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
        and a.attname = 'site' and a.attnotnull
        and exists (select 1 from pg_index i where i.indrelid = c.oid and i.indisprimary)`);
    expect(good.sort()).toEqual(all.sort());
  });

  it("are unique by the district first", async () => {
    const others = await names(sql`
      select i.indexrelid::regclass::text as name from pg_index i
      join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace
      left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where (i.indisunique or i.indisexclusion) and a.attname is distinct from 'site'`);
    expect(others).toEqual([]);
  });

  it("have nothing that reaches beyond a row's district", async () => {
    const found = await names(sql`
      select 'foreign key ' || conname as name from pg_constraint
        where contype in ('f', 'x') and connamespace = 'public'::regnamespace
      union all select 'trigger ' || tgname from pg_trigger where not tgisinternal
      union all select 'rule ' || rulename from pg_rules where schemaname = 'public'
      union all select 'sequence ' || sequencename from pg_sequences where schemaname = 'public'
      union all select 'view ' || viewname from pg_views where schemaname = 'public'
      union all select 'row policy ' || policyname from pg_policies
      union all select 'identity or generated column ' || attrelid::regclass || '.' || attname
        from pg_attribute where (attidentity <> '' or attgenerated <> '')
          and attrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)`);
    expect(found).toEqual([]);
  });
});

describe.skipIf(!onPostgres)("statements of events, calls, every route and every job", () => {
  let client: Client;
  let recorded: RecordedStatement[] = [];
  let close = async (): Promise<void> => {};

  beforeAll(async () => {
    const recording = recordStatements();
    const chat = await openChat();
    await bring(chat, await reported(chat), "closed");
    await runJobs(chat.database, chat.office);
    await chat.close();

    const reports = ownReportStore();
    const whole = await openWholeApp({ reports });
    const { api } = whole;
    close = () => whole.close();
    const event = (await api.event()).row.no;
    const things = {
      event,
      alarm: "BJ20261125-0001",
      call: await callsBy(api).dispatched(),
      photo: "0192f7f0-0000-4000-8000-000000000001",
      report: "0192f7f0-0000-4000-8000-000000000002",
      session: "0192f7f0-0000-4000-8000-000000000003",
      checkIn: "/c/nobodys",
    };
    for (const kind of ["eventLedger", "callLedger", "weekly", "circular"])
      await api.post("/api/report-files", {
        kind,
        format: "xlsx",
        from: "2026-11-01",
        to: "2026-11-30",
      });
    await renderAll(api, reports);
    for (const { route, request } of EVERY_ROUTE) {
      const [method = "GET"] = route.split(" ");
      const [url, body] = request(things);
      if (url.includes("/changes") || url.includes("/stream")) continue;
      const binary = body instanceof Buffer;
      await api.app.inject({
        method: method as "GET",
        url,
        headers: {
          authorization: `Bearer ${await api.tokenOf("district-dispatcher-1")}`,
          "content-type": binary ? "image/png" : "application/json",
        },
        ...(body === undefined ? {} : { payload: binary ? body : JSON.stringify(body) }),
      });
    }
    await runJobs(api.database, api.office);
    const [here] = await api.database.rows<{ name: string }>(
      sql`select current_database() as name`,
    );
    recording.stop();
    recorded = recording.statements();
    const url = new URL(process.env.TEST_DATABASE_URL ?? "");
    url.pathname = `/${here?.name}`;
    client = new Client({ connectionString: url.toString() });
    await client.connect();
  });
  afterAll(async () => {
    await client?.end();
    await close();
  });

  it("were many", () => {
    expect(recorded.filter(isPlannable).length).toBeGreaterThan(150);
    console.info(`divided-by-districts: ${recorded.filter(isPlannable).length} statements`);
  });

  it("read, claim and change rows of one district, wherever they look", async () => {
    const loose: string[] = [];
    for (const { text, values } of recorded.filter(isPlannable)) {
      const { rows } = await client.query(`explain (format json, verbose) ${text}`, [...values]);
      for (const scan of scansIn(rows[0]["QUERY PLAN"][0].Plan))
        if (!OF_NO_MONTH.test(scan["Relation Name"] ?? "") && !BOUND.test(conditionsOf(scan)))
          loose.push(`${scan["Relation Name"]}: ${text}`);
    }
    expect(loose).toEqual([]);
  });

  it("would be caught if they did not", async () => {
    const { rows } = await client.query(
      "explain (format json, verbose) select id from outbox o where status = 'pending' and exists (select 1 from inbox i where i.site = 'test' and i.id = o.id) for update skip locked",
    );
    const loose = scansIn(rows[0]["QUERY PLAN"][0].Plan).filter(
      (scan) => !BOUND.test(conditionsOf(scan)),
    );
    expect(loose.map((scan) => scan["Relation Name"])).toEqual(["outbox"]);
  });

  it("write rows that name their district first", () => {
    const inserts = recorded.filter(({ text }) => /\binsert into\b/i.test(text));
    expect(inserts.length).toBeGreaterThan(30);
    const without = inserts.filter(
      ({ text }) =>
        !/insert into "?\w+"?( as \w+)? \(\s*"?site"?,/i.test(text) &&
        !/insert into "?\w+"? (\( ?)?select (distinct )?("\w+"\.)?"?site"?,/i.test(text),
    );
    expect(without.map(({ text }) => text)).toEqual([]);
  });

  it("leave nothing behind in the session, so that a pool may hand on connections by transaction", () => {
    const lasting = recorded.filter(
      ({ text }) =>
        /^\s*(listen|unlisten|set (?!transaction|local)|prepare|declare|create temp)/i.test(text) ||
        /pg_(try_)?advisory_(lock|unlock|lock_shared)\s*\(/i.test(text) ||
        /set_config\([^)]*false\)/i.test(text),
    );
    expect(lasting.map(({ text }) => text)).toEqual([]);
  });
});

async function runJobs(database: Database, office: Parameters<typeof jobsOf>[1]): Promise<void> {
  for (const job of jobsOf(database, office, silentLog)) await job.run();
}

/** What the product says to its tables; the suite's own statements on catalogs and databases are left out. */
const isPlannable = ({ text }: RecordedStatement): boolean =>
  /^\s*(select|insert|update|delete|with)\b/i.test(text) &&
  !/\bpg_|information_schema|current_database|drizzle\./i.test(text);

interface Plan {
  "Node Type": string;
  "Relation Name"?: string;
  Plans?: Plan[];
  [property: string]: unknown;
}

function scansIn(plan: Plan): Plan[] {
  const below = (plan.Plans ?? []).flatMap(scansIn);
  const isScan = plan["Relation Name"] !== undefined && plan["Node Type"] !== "ModifyTable";
  return isScan ? [plan, ...below] : below;
}

/** What a scan asks of its rows; a bitmap scan asks through the index scans below it. */
function conditionsOf(plan: Plan): string {
  const own = ["Index Cond", "Filter", "Recheck Cond"].map((name) => String(plan[name] ?? ""));
  return [...own, ...(plan.Plans ?? []).map(conditionsOf)].join(" ");
}

const OF_NO_MONTH = /_rest$/;

/** Equal to the one district, or to the district of a row that was found by it. */
const BOUND = new RegExp(
  `site\\)? = (\\('${TEST_SITE}'::text\\)|'${TEST_SITE}'::text|\\w+\\.site)`,
);
