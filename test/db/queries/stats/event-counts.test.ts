import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../../../db/client.ts";
import {
  applyChange,
  insertReporter,
  removeReporter,
  setRating,
} from "../../../../db/queries/event-writes.ts";
import { findEvent } from "../../../../db/queries/events.ts";
import { moveEventDue } from "../../../../db/queries/recount.ts";
import { countEvents } from "../../../../db/queries/stats/event-counts.ts";
import type { EventKey, Period } from "../../../../db/queries/stats/event-rows.ts";
import { foldChangedDays } from "../../../../db/queries/stats/fold-days.ts";
import { markEveryDay } from "../../../../db/queries/stats/mark-day.ts";
import type { EventStatus } from "../../../../services/domain/event.ts";
import type { EventChange } from "../../../../services/domain/event-actions/decision.ts";
import type { StatsScope } from "../../../../services/domain/stats-scope.ts";
import { CHINA_OFFSET_MS, localDay } from "../../../../services/domain/time.ts";
import { testDatabase } from "../../../support/database.ts";
import {
  anyEvent,
  chanceOf,
  countedByHand,
  insertMade,
  type MadeEvent,
} from "../../../support/made-events.ts";

const NOW = new Date("2026-11-25T09:00:00+08:00");
const chance = chanceOf(20261125);
let database: Database;
let events: MadeEvent[];

beforeAll(async () => {
  ({ database } = await testDatabase());
  events = Array.from({ length: 300 }, (_, n) => anyEvent(`SJ20261101-${n}`, NOW, chance));
  await insertMade(database, events);
});
afterAll(() => database.close());

const ALL: StatsScope = { street: null, grids: null, handler: null, confidential: true };
const SCOPES: [string, StatsScope, (event: MadeEvent) => boolean][] = [
  ["the district", ALL, () => true],
  ["a street", { ...ALL, street: "SLQ-WC" }, (e) => e.streetCode === "SLQ-WC"],
  [
    "a street without what is confidential",
    { ...ALL, street: "SLQ-WC", confidential: false },
    (e) => e.streetCode === "SLQ-WC" && !e.confidential,
  ],
  [
    "two grids",
    { ...ALL, grids: ["SLQ-WC-NT-1", "SLQ-LA-NT-2"] },
    (e) => ["SLQ-WC-NT-1", "SLQ-LA-NT-2"].includes(e.gridCode ?? ""),
  ],
  ["no grid at all", { ...ALL, grids: [] }, () => false],
  ["a department", { ...ALL, handler: "SLQ-ZF" }, (e) => e.holders.includes("SLQ-ZF")],
];
const PERIODS: Period[] = [
  { from: null, to: null },
  { from: new Date("2026-11-20T00:00:00+08:00"), to: new Date("2026-11-28T00:00:00+08:00") },
  { from: new Date("2026-11-18T13:20:00+08:00"), to: new Date("2026-11-29T07:00:00.500+08:00") },
  { from: new Date("2026-11-22T08:00:00+08:00"), to: new Date("2026-11-22T18:00:00+08:00") },
];
const local = (at: Date) => new Date(at.getTime() + CHINA_OFFSET_MS);
const KEYS: Record<EventKey, (event: MadeEvent) => string[]> = {
  all: () => [""],
  street: (e) => [e.streetCode ?? ""],
  grid: (e) => [e.gridCode ?? ""],
  department: (e) => e.holders,
  category: (e) => [e.category],
  level: (e) => [String(e.level)],
  source: (e) => [e.source],
  platform: () => ["none"],
  status: (e) => [e.status],
  hour: (e) => [
    String(((local(e.createdAt).getUTCDay() + 6) % 7) * 24 + local(e.createdAt).getUTCHours()),
  ],
  day: (e) => [localDay(e.createdAt)],
};
const EVERY_KEY = Object.keys(KEYS) as EventKey[];

/** Compares every figure of every scope, period and key with what the definitions say of each event. */
async function expectExact() {
  for (const [name, scope, isWithin] of SCOPES) {
    for (const { from, to } of PERIODS) {
      const counted = await countEvents(database, scope, { from, to }, NOW, EVERY_KEY);
      const within = events.filter(
        (e) =>
          isWithin(e) &&
          (from === null || e.createdAt >= from) &&
          (to === null || e.createdAt < to),
      );
      for (const key of EVERY_KEY) {
        const held = key === "department" ? scope.handler : null;
        const byHand = new Map<string, MadeEvent[]>();
        for (const event of within) {
          for (const value of KEYS[key](event)) {
            if (held !== null && value !== held) continue;
            byHand.set(value, [...(byHand.get(value) ?? []), event]);
          }
        }
        const expected = [...byHand].map(([value, some]) => [value, countedByHand(some, NOW)]);
        expect(Object.fromEntries(counted[key]), `${name}, by ${key}`).toEqual(
          Object.fromEntries(expected),
        );
      }
    }
  }
}

const foldAll = async () => {
  let days = 0;
  for (let some = await foldChangedDays(database); some > 0; some = await foldChangedDays(database))
    days += some;
  return days;
};

describe("figures of events", () => {
  it("are what the definitions say, before anything is kept", expectExact);

  it("are the same once they are kept by the day, and read from there", async () => {
    expect(await foldAll()).toBeGreaterThan(15);
    expect(await database.rows(sql`select 1 from event_day_changes`)).toEqual([]);
    await expectExact();
    // The proof that they are read from there: a count that no event stands behind is in them.
    await database.rows(sql`update event_day_counts set created = created + 1000 where by = 'all'`);
    const { all } = await countEvents(database, ALL, { from: null, to: null }, NOW, ["all"]);
    expect(all.get("")?.created).toBeGreaterThan(1000);
    await database.rows(sql`update event_day_counts set created = created - 1000 where by = 'all'`);
  });

  it("follow every change at once and stay exact when it is counted", async () => {
    const [moved, closed, rated, held, left] = events.slice(0, 5) as [
      MadeEvent,
      MadeEvent,
      MadeEvent,
      MadeEvent,
      MadeEvent,
    ];
    const change = (event: MadeEvent, patch: EventChange["patch"], to: EventStatus) =>
      database.transaction(async (tx) => {
        const record = await findEvent(tx, event.no, "lock");
        if (record === null) throw new Error(`${event.no} is not there`);
        const from = record.state.status;
        const rest = { ok: true as const, action: "correct" as const, note: null, notices: [] };
        await applyChange(tx, record, { ...rest, from, to, patch }, NOW);
      });
    moved.dueAt = new Date("2026-11-21T10:00:00+08:00");
    await database.transaction((tx) => moveEventDue(tx, moved.no, { dueAt: moved.dueAt }));
    closed.status = "closed";
    closed.level = 4;
    await change(closed, { level: 4 }, "closed");
    held.holders = [...held.holders, "SLQ-GA"];
    const lead = {
      id: null,
      orgCode: "SLQ-GA",
      name: "公安",
      personId: null,
      role: "lead" as const,
    };
    await change(held, { assignees: [{ ...lead, signed: false }] }, held.status);
    const reporter = { channel: "sandbox", platformUserId: "who" };
    for (const event of [rated, left]) {
      await database.transaction(async (tx) => {
        const words = { conversationId: "c", conversationType: "group" as const, words: "" };
        const joined = { ...reporter, ...words, eventNo: event.no, first: false, joinedAt: NOW };
        await insertReporter(tx, joined);
        await setRating(tx, event.no, reporter, 5, NOW);
      });
    }
    await foldAll();
    rated.ratings = [...rated.ratings, 5];
    await database.transaction((tx) => removeReporter(tx, left.no, reporter));
    const more = Array.from({ length: 20 }, (_, n) => anyEvent(`SJ20261102-${n}`, NOW, chance));
    await insertMade(database, more);
    events = [...events, ...more];
    await expectExact();
    await foldAll();
    await expectExact();
  });

  it("write nothing where nothing changed, and count once when two instances do at the same time", async () => {
    const rowVersions = () =>
      database.rows(
        sql`select xmin::text, scope, by, day, key from event_day_counts order by 2, 3, 4, 5`,
      );
    const before = await rowVersions();
    await markEveryDay(database);
    await Promise.all([foldAll(), foldAll()]);
    await foldAll();
    expect(await rowVersions()).toEqual(before);
    await expectExact();
  });
});
