import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { dingtalkDistrict } from "../test/support/dingtalk-district.ts";
import { startGateway } from "../test/support/dingtalk-gateway/gateway.ts";
import {
  productHome,
  type RunningProduct,
  runCommand,
  startProduct,
} from "../test/support/product.ts";
import { freshDatabase } from "./fresh-database.ts";
import { machineTold } from "./machine.ts";
import { soakViolations } from "./soak/invariants.ts";
import { soakPage } from "./soak/page.ts";
import { type Look, lookAt, stretchesOf } from "./soak/sampled.ts";
import { addEstates, residentSays } from "./town.ts";

const LOOK_EVERY_MS = 10_000;
/** After the last message everything has this long to be handled and sent. */
const DRAIN_MS = 180_000;

/** What people write who report nothing. */
const TALK = [
  "谢谢",
  "今天天气真好",
  "收到",
  "有人一起跳广场舞吗",
  "辛苦了",
  "快递到了吗",
  "早上好",
  "周末包饺子",
];

/**
 * `BENCH_DATABASE_URL=postgres://… node --import tsx bench/soak.ts [--minutes 30] [--per-second 50]
 * [--reports 10] [--report FILE.md]`: two instances on one PostgreSQL and a simulated DingTalk. Messages
 * come at a steady pace, of which so many in a hundred are reports, each a matter of its own; 100 duties a
 * minute fall due meanwhile. Exit code 1 where an invariant is broken. Reminders rest at night: run it
 * between 07:00 and 22:00, Asia/Shanghai.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      minutes: { type: "string", default: "30" },
      "per-second": { type: "string", default: "50" },
      reports: { type: "string", default: "10" },
      report: { type: "string" },
    },
  });
  if (process.env.BENCH_DATABASE_URL === undefined)
    throw new Error(
      "Two instances need a server: set BENCH_DATABASE_URL, where databases may be created.",
    );
  const minutes = Number(values.minutes);
  const perSecond = Number(values["per-second"]);
  const share = Number(values.reports) / 100;
  const duties = Math.round(minutes * 100);

  const gateway = await startGateway({
    redeliverAfterMs: 5_000,
    redeliveries: 20,
    callsPerSecond: 5_000,
  });
  const home = await productHome();
  const database = await freshDatabase("main");
  const env = {
    ...home.env,
    DATABASE_URL: database.url ?? "",
    ...gateway.env(),
    DINGTALK_MESSAGES_PER_MINUTE: "100000",
  };
  let products: RunningProduct[] = [];
  try {
    await runCommand("db/registry/import-command.ts", [dingtalkDistrict()], env);
    await addEstates(database, "dingtalk");
    for (const { id, name } of await groupsOf(database)) gateway.group(id, name);
    products = await Promise.all([startProduct(env), startProduct(env)]);
    await gateway.stream.connected(2);

    const begun = Date.now();
    await fallDue(database, duties, begun, minutes);
    const looks: Look[] = [await lookAt(products, begun)];
    const looking = setInterval(
      () =>
        void lookAt(products, begun).then(
          (look) => looks.push(look),
          () => {},
        ),
      LOOK_EVERY_MS,
    );
    const said = await speak(minutes * 60 * perSecond);
    await drained(database);
    clearInterval(looking);
    looks.push(await lookAt(products, begun));

    const acks = gateway.acks().map(({ at, afterMs }) => ({ at: at.getTime() - begun, afterMs }));
    const report = {
      ...machineTold(),
      minutes,
      perSecond,
      reportsInHundred: share * 100,
      instances: products.length,
      messages: said.messages,
      acknowledged: new Set(gateway.acks().map(({ msgId }) => msgId)).size,
      reports: said.reports.length,
      duties,
      stretches: await stretchesOf(database, begun, Math.max(1, minutes / 6), looks, acks),
      violations: await soakViolations(database, {
        acknowledged: new Set(gateway.acks().map(({ msgId }) => msgId)).size,
        reports: said.reports,
        duties,
      }),
    };
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    if (values.report !== undefined) writeFileSync(values.report, soakPage(report));
    if (Object.values(report.violations).some((count) => count > 0)) process.exitCode = 1;
  } finally {
    await Promise.all(products.map((product) => product.stop()));
    await gateway.stop();
    await database.close();
    await home.remove();
  }

  /** At a steady pace, whether or not the product keeps up. */
  async function speak(count: number): Promise<{ messages: number; reports: string[] }> {
    const reports: string[] = [];
    const under: Promise<unknown>[] = [];
    const begun = Date.now();
    for (let index = 0; index < count; index++) {
      const early = begun + (index * 1000) / perSecond - Date.now();
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
      const isReport = Math.floor((index + 1) * share) > Math.floor(index * share);
      const { conversationId, user, text } = residentSays(isReport ? reports.length : index);
      const speaker = isReport ? user : `neighbour-${index % 5000}`;
      if (isReport) reports.push(user);
      const words = isReport ? text : (TALK[index % TALK.length] ?? "");
      under.push(gateway.group(conversationId, "网格群").says(speaker, words));
    }
    await Promise.all(under);
    return { messages: count, reports };
  }
}

const groupsOf = (database: Database) =>
  database.rows<{ id: string; name: string }>(
    sql`select conversation_id as id, name from groups where site = ${database.site}`,
  );

/** Duties of the command rooms, each due for its first reminder at some moment of the run. */
async function fallDue(
  database: Database,
  duties: number,
  begun: number,
  minutes: number,
): Promise<void> {
  const street = sql`case when n % 2 = 0 then 'SLQ-WC' else 'SLQ-LA' end`;
  const start = sql`${new Date(begun).toISOString()}::timestamptz`;
  await database.orm.execute(sql`
    insert into events (site, no, status, kind, category, level, urgency, summary, words, street_code, source, parse, created_at)
    select ${database.site}, 'SJ20200101-' || n, 'pendingAccept', 'report', 'env.binOverflow', 2, 'normal', '第' || n || '件', '', ${street}, 'groupMessage', '{}', ${start} - interval '5 hours'
    from generate_series(1, ${duties}::int) n`);
  await database.orm.execute(sql`
    insert into obligations (site, id, subject_type, subject_no, duty, owner_org, "natural", urgent, opened_at, due_at, policy, step, next_reminder_at)
    select ${database.site}, gen_random_uuid(), 'event', 'SJ20200101-' || n, 'accept', ${street}, true, false,
      ${start} - interval '5 hours', ${start} + interval '4 hours', '{"version":"soak","limit":{"naturalMinutes":540},"ladder":"standard"}'::jsonb, 0,
      ${start} + n * ${(minutes * 60) / duties}::float8 * interval '1 second'
    from generate_series(1, ${duties}::int) n`);
}

async function drained(database: Database): Promise<void> {
  const until = Date.now() + DRAIN_MS;
  for (;;) {
    const [left] = await database.rows<{ n: number }>(sql`
      select (select count(*) from inbox where site = ${database.site} and status = 'pending')::int
        + (select count(*) from outbox where site = ${database.site} and status = 'pending' and (not_before is null or not_before <= now()))::int
        + (select count(*) from obligations where site = ${database.site} and subject_no like 'SJ20200101-%' and step = 0)::int as n`);
    if ((left?.n ?? 0) === 0 || Date.now() > until) return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
