import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../db/client.ts";
import { insertObligations } from "../../db/queries/obligations.ts";
import { MINUTE_MS } from "../../services/domain/time.ts";
import { dingtalkDistrict } from "../support/dingtalk-district.ts";
import { type Gateway, startGateway } from "../support/dingtalk-gateway/gateway.ts";
import { insertPlainEvent } from "../support/duties.ts";
import {
  eventually,
  type ProductHome,
  productHome,
  type RunningProduct,
  runCommand,
  startProduct,
} from "../support/product.ts";
import { missingForTrio, startTrio, type Trio } from "../support/trio.ts";

const MESSAGES = 120;
const DUTIES = 600;
/** Said by then when the leader is killed. */
const BEFORE = 40;
const onPostgres = process.env.TEST_ENGINE === "postgres";
const missing = missingForTrio();
const skipped = onPostgres
  ? missing.length > 0 && `not on this machine: ${missing.join(", ")}`
  : "told once, beside the other stories on PostgreSQL";
if (skipped) console.info(`leader-killed: skipped, ${skipped}`);

// Two instances of the product, PgBouncer in transaction mode, HAProxy, three PostgreSQL servers under
// Patroni: all from db/cluster, all real.
describe.skipIf(skipped)("the leading database server is killed under load", () => {
  let trio: Trio;
  let gateway: Gateway;
  let home: ProductHome;
  let products: RunningProduct[] = [];
  let database: Database;

  beforeAll(async () => {
    const began = performance.now();
    [trio, gateway, home] = await Promise.all([
      startTrio(),
      startGateway({ redeliverAfterMs: 1_500, redeliveries: 60, callsPerSecond: 1_000 }),
      productHome(),
    ]);
    const env = {
      ...home.env,
      ...gateway.env(),
      DATABASE_URL: trio.pooledUrl,
      DATABASE_REPLICA_URL: trio.replicaUrl,
      DATABASE_REPLICA_LAG_SECONDS: "2",
      SANDBOX: "1",
      DINGTALK_MESSAGES_PER_MINUTE: "100000",
    };
    const imported = await runCommand("db/registry/import-command.ts", [dingtalkDistrict()], env);
    expect(imported).toMatchObject({ code: 0 });
    products = await Promise.all([startProduct(env), startProduct(env)]);
    await gateway.stream.connected(2);
    console.info(`leader-killed: all stand after ${Math.round(performance.now() - began)} ms`);
    database = await openDatabase(trio.pooledUrl, "main");
  }, 300_000);
  afterAll(async () => {
    await Promise.all(products.map((product) => product.kill()));
    await database?.close();
    await trio?.stop();
    await gateway?.stop();
    await home?.remove();
  });

  it("loses and doubles no message, event or reminder", async () => {
    const neighbours = gateway.group("cid-nantang-3", "南塘3网格群");
    const now = Date.now();
    const no = await insertPlainEvent(database, { createdAt: new Date(now) });
    await insertObligations(
      database,
      Array.from({ length: DUTIES }, () => ({
        subjectType: "event" as const,
        subjectNo: no,
        duty: "accept" as const,
        ownerOrg: "SLQ-WC",
        ownerPerson: null,
        // of an emergency, so that it may be spoken of at whatever hour this runs
        natural: true,
        urgent: true,
        openedAt: new Date(now - 60 * MINUTE_MS),
        dueAt: new Date(now + 15 * MINUTE_MS),
        nextReminderAt: new Date(now + MINUTE_MS),
        policy: { version: "test", limit: { naturalMinutes: 75 }, ladder: "standard" as const },
      })),
    );

    let killedAt = 0;
    let sweeps: Promise<unknown>[] = [];
    let killing = Promise.resolve();
    for (let index = 0; index < MESSAGES; index++) {
      await neighbours.says(
        `resident-${index}`,
        `学院公寓${1 + (index % 4)}幢${1 + Math.floor(index / 4)}单元门口垃圾桶满了没人倒`,
      );
      if (index === BEFORE) {
        sweeps = products.map((product) =>
          product.api("/sandbox/clock", { advance: "PT2M" }).catch(() => null),
        );
        await wait(150);
        const leader = await trio.leader();
        killedAt = performance.now();
        killing = trio.kill(leader);
      }
      await wait(30);
    }
    await killing;

    const answersBefore = numbersIn(neighbours.said().map(({ text }) => text)).size;
    const recoveredMs = await eventually(async () => {
      const answers = numbersIn(neighbours.said().map(({ text }) => text)).size;
      return answers > answersBefore ? performance.now() - killedAt : null;
    });
    await eventually(async () => {
      const answered = numbersIn(neighbours.said().map(({ text }) => text)).size;
      return answered >= MESSAGES ? true : null;
    });
    await Promise.all(sweeps);
    // Whoever's sweep was cut off sweeps again.
    await products[0]?.api("/sandbox/clock", { advance: "PT1M" });
    await eventually(async () => ((await remindersSaid()).length >= DUTIES ? true : null), 30_000);
    console.info(
      `leader-killed: answers went on ${Math.round(recoveredMs)} ms after the leader was killed`,
    );

    const told = neighbours.said().map(({ text }) => text);
    expect(told.filter((text) => /SJ\d{8}-\d{4}/.test(text))).toHaveLength(MESSAGES);
    expect(await count(sql`events where no <> ${no}`)).toBe(MESSAGES);
    expect(await count(sql`inbox where status = 'done' and kind = 'report'`)).toBe(MESSAGES);
    expect(await count(sql`inbox where status <> 'done'`)).toBe(0);
    const reminders = await remindersSaid();
    expect(reminders).toHaveLength(DUTIES);
    expect(new Set(reminders).size).toBe(DUTIES);
    for (const product of products) expect(product.process.exitCode).toBeNull();
  }, 240_000);

  it("reads figures from the replica that is left, and from the leader while that one lags", async () => {
    await eventually(async () => ((await created()) === MESSAGES + 1 ? true : null));
    const replica = await openDatabase(trio.replicaUrl, "main");
    try {
      const asked = await eventually(async () => {
        await created();
        // While the one that is left finds its new leader, nobody answers here.
        const rows = await replica
          .rows(sql`
            select 1 from pg_stat_activity where datname = 'yihu' and pid <> pg_backend_pid()
              and query ~ 'event_day_counts|call_tickets'`)
          .catch(() => []);
        return rows.length > 0 ? rows.length : null;
      });
      expect(asked).toBeGreaterThan(0);

      await trio.haltReplicas(true);
      await gateway.group("cid-nantang-3", "南塘3网格群").says("one-more", "学院公寓9幢电梯坏了");
      await eventually(async () => ((await created()) === MESSAGES + 2 ? true : null));
      const [behind] = await replica.rows<{ count: number }>(
        sql`select count(*)::int as count from events where site = 'main'`,
      );
      expect(behind?.count).toBe(MESSAGES + 1);
    } finally {
      await replica.close();
    }
    await trio.haltReplicas(false);
  });

  /** As the pages count; 0 while nobody answers. */
  async function created(): Promise<number> {
    const answer = await products[0]?.api("/api/stats/overview");
    return answer?.status === 200
      ? (answer.body as { counts: { created: number } }).counts.created
      : 0;
  }

  const remindersSaid = async (): Promise<string[]> =>
    (
      await database.rows<{ said: string }>(sql`
        select address || ' ' || (item ->> 'obligationId') || ' ' || (item ->> 'step') as said
        from outbox, jsonb_array_elements(body #> '{params,items}') as item
        where site = 'main' and body ->> 'kind' = 'reminders'`)
    ).map(({ said }) => said);

  async function count(what: ReturnType<typeof sql>): Promise<number> {
    const [row] = await database.rows<{ count: number }>(
      sql`select count(*)::int as count from ${what}`,
    );
    return row?.count ?? 0;
  }
});

const numbersIn = (texts: readonly string[]): Set<string> =>
  new Set(texts.flatMap((text) => /SJ\d{8}-\d{4}/.exec(text)?.[0] ?? []));
