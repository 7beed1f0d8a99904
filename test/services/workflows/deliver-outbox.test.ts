import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { Database } from "../../../db/client.ts";
import { insertOutbox, type OutboxRow } from "../../../db/queries/outbox.ts";
import { makeCalendar } from "../../../services/calendar.ts";
import { DEFAULT_POLICY } from "../../../services/domain/policy.ts";
import { type Delivery, deliverOutbox } from "../../../services/workflows/deliver-outbox.ts";
import type { Office } from "../../../services/workflows/office.ts";
import { fixedClock } from "../../support/clock.ts";
import { emptyDatabase, testDatabase } from "../../support/database.ts";

const SENT = { outcome: "sent", platformMessageId: null } as const;
const clock = fixedClock("2026-11-25T10:30:00+08:00");
const office: Office = {
  clock,
  calendar: makeCalendar(),
  policy: DEFAULT_POLICY,
  channels: new Set(["sandbox"]),
};
let database: Database;
beforeAll(async () => {
  ({ database } = await testDatabase());
});
beforeEach(() => emptyDatabase(database));
afterEach(() => vi.restoreAllMocks());
afterAll(() => database.close());

const write = (...texts: string[]) =>
  insertOutbox(
    database,
    texts.map((text) => ({
      key: text,
      to: { channel: "sandbox", conversationId: "one-group", platformUserId: null },
      priority: "direct" as const,
      body: { kind: "text", params: { text } },
      createdAt: clock.now(),
    })),
  );
const deliver = (send: (row: OutboxRow) => Promise<Delivery>, on = database) =>
  deliverOutbox(on, office, ["sandbox"], send);
/** The platform took so long to answer. */
const slow = (seconds: number) => {
  const now = performance.now() + seconds * 1000;
  vi.spyOn(performance, "now").mockImplementation(() => now);
};
const statuses = async () =>
  (await database.rows<{ status: string }>(sql`select status from outbox order by id`)).map(
    ({ status }) => status,
  );

it("says nothing twice where a slow platform makes a batch outlast its lease", async () => {
  await write("一", "二", "三");
  const said: string[] = [];
  await deliver(async ({ key }) => {
    said.push(`first ${key}`);
    if (key === "一") slow(40);
    if (key !== "二") return SENT;
    // What was claimed with the batch and not held anew is over by now; another instance looks.
    await database.orm.execute(sql`update outbox set lease_until = now() - interval '1 second'
      where lease_until = (select min(lease_until) from outbox)`);
    await deliver(async (row) => {
      said.push(`second ${row.key}`);
      return SENT;
    });
    return SENT;
  });
  expect(said).toEqual(["first 一", "first 二", "first 三"]);
  expect(await statuses()).toEqual(["sent", "sent", "sent"]);
});

it("leaves to another instance what that has taken over meanwhile", async () => {
  await write("一", "二");
  const said: string[] = [];
  await deliver(async ({ key }) => {
    said.push(key);
    slow(70);
    await database.orm.execute(sql`update outbox set attempts = attempts + 1 where key = '二'`);
    return SENT;
  });
  expect(said).toEqual(["一"]);
});

it("notes what was sent as soon as the database is back, so that it is not said again", async () => {
  await write("一", "二");
  const said: string[] = [];
  let away = 0;
  const unsteady: Database = {
    ...database,
    orm: new Proxy(database.orm, {
      get(orm, name, receiver) {
        if (name === "update" && away-- > 0)
          throw Object.assign(new Error("no route"), { code: "ECONNREFUSED" });
        return Reflect.get(orm, name, receiver);
      },
    }),
  };
  const send = async ({ key }: OutboxRow) => {
    said.push(key);
    if (key === "一") away = 2;
    return SENT;
  };
  expect(await deliver(send, unsteady)).toBe(2);
  await deliver(send);
  expect(said).toEqual(["一", "二"]);
  expect(await statuses()).toEqual(["sent", "sent"]);
});

it("takes up what a dead process held when the machine's clock was put back since", async () => {
  await write("一");
  // Claimed at what is now an hour ahead.
  await database.orm.execute(
    sql`update outbox set attempts = 1, lease_until = now() + interval '61 minutes'`,
  );
  expect(await deliver(async () => SENT)).toBe(1);
});

it("leaves alone what another instance holds", async () => {
  await write("一");
  await database.orm.execute(
    sql`update outbox set attempts = 1, lease_until = now() + interval '59 seconds'`,
  );
  expect(await deliver(async () => SENT)).toBe(0);
});
