import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { countPendingMessages } from "../../db/queries/inbox.ts";
import { minuteCounter } from "../../services/minute-counter.ts";
import { type Chat, openChat } from "../support/chat.ts";
import { fixedClock } from "../support/clock.ts";

const GROUP = "nantang-1";
const HOLD_MS = 30;
const real = fixedClock("2026-11-25T09:00:00+08:00");
let chat: Chat;
beforeAll(async () => {
  chat = await openChat({ flood: { counter: minuteCounter(real, 3), holdMs: HOLD_MS } });
});
beforeEach(async () => {
  real.advance({ minutes: 2 });
  await chat.fresh();
});
afterAll(() => chat.close());

const HELD = /都收到了,会按先后慢慢处理/;
const report = (n: number) => chat.say("resident-1", GROUP, `南塘家园${n}幢楼下垃圾桶满了`);
const events = async () =>
  (await chat.database.rows<{ n: number }>(sql`select count(*)::int as n from events`))[0]?.n;
/** A minute of everybody's later, held messages are looked at again. */
const aMinuteLater = async () => {
  real.advance({ minutes: 1 });
  await pause(HOLD_MS * 2);
  return chat.settle();
};

it("who floods is told once, and everything is answered in the end, in its order", async () => {
  const said = [];
  for (let n = 1; n <= 6; n++) said.push(...(await report(n)));
  expect(said.filter(({ text }) => HELD.test(text))).toHaveLength(1);
  expect(await events()).toBe(3);
  expect(await countPendingMessages(chat.database)).toBe(3);
  const later = await aMinuteLater();
  expect(later.filter(({ text }) => HELD.test(text))).toHaveLength(0);
  expect(await events()).toBe(6);
  expect(await countPendingMessages(chat.database)).toBe(0);
  const [row] = await chat.database.rows<{ most: number }>(
    sql`select max(attempts)::int as most from inbox`,
  );
  expect(row?.most).toBe(1);
});

it("an emergency never waits, even behind what does", async () => {
  for (let n = 1; n <= 5; n++) await report(n);
  await pause(HOLD_MS * 2);
  const said = await chat.say("resident-1", GROUP, "南塘家园6幢着火了,有人困在里面");
  expect(said.map(({ text }) => text).join()).toContain("119");
  expect(await countPendingMessages(chat.database)).toBe(2);
});

it("neighbours and officials are heard all the while", async () => {
  for (let n = 1; n <= 5; n++) await report(n);
  const neighbour = await chat.say("resident-2", GROUP, "南塘家园7幢路灯不亮");
  expect(neighbour.map(({ text }) => text).join()).toMatch(/SJ\d{8}-\d{4}/);
  for (let n = 0; n < 6; n++) {
    const said = await chat.say(
      "wangchao-dispatcher-1",
      "private:wangchao-dispatcher-1",
      "我的待办",
    );
    expect(said).not.toEqual([]);
    expect(said.some(({ text }) => HELD.test(text))).toBe(false);
  }
});
