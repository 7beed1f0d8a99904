import { type SQL, sql } from "drizzle-orm";
import { type EventCounts, NO_EVENTS } from "../../../services/domain/rates.ts";
import type { StatsScope } from "../../../services/domain/stats-scope.ts";
import { type Day, localDay, momentOf } from "../../../services/domain/time.ts";
import type { Db } from "../../client.ts";
import {
  columnName,
  columnsOf,
  createdOn,
  dayArray,
  type EventKey,
  eventCells,
  eventsWithin,
  KEPT,
  type Kept,
  openLate,
  type Period,
} from "./event-rows.ts";

/** Counts under each key of each kind that was asked for; keys without events are absent. */
export type CountsByKey<Key extends EventKey> = Record<Key, Map<string, EventCounts>>;

/**
 * Figures of a district or a street are read from the counts of whole days, where those hold; days that
 * changed since, or lie in the period only in part, are counted from their events, and so is what is late
 * at this moment. The two are always the same as counting every event.
 *
 * @param now - against which a deadline has passed
 */
export async function countEvents<Key extends EventKey>(
  db: Db,
  scope: StatsScope,
  period: Period,
  now: Date,
  keys: readonly Key[],
): Promise<CountsByKey<Key>> {
  const parts = await countedParts(db, scope, period, keys, KEPT);
  const late = eventCells(
    sql`${eventsWithin(db, scope, period)} and ${openLate(now)}`,
    keys,
    scope.handler,
    [],
  );
  const rows = await db.rows<Record<string, number | string>>(sql`
    select by, key, ${columnsOf(KEPT, (name) => sql`sum(${name})::int as ${name}`)},
      sum(open_late)::int as open_late
    from (
      select by, key, ${columnsOf(KEPT)}, 0 as open_late from (${parts}) counted
      union all
      select by, key, ${columnsOf(KEPT, () => sql`0`)}, 1 from (${late}) late) cells
    group by by, key order by by, key`);
  const counts = noCounts<Key, EventCounts>(keys);
  for (const row of rows) counts[row.by as Key].set(String(row.key), countsIn(row));
  return counts;
}

/** Only how many there are; the light half of it, where nothing else is shown. */
export async function countCreated<Key extends EventKey>(
  db: Db,
  scope: StatsScope,
  period: Period,
  keys: readonly Key[],
): Promise<Record<Key, Map<string, number>>> {
  const parts = await countedParts(db, scope, period, keys, ["created"]);
  const rows = await db.rows<{ by: Key; key: string; created: number }>(sql`
    select by, key, sum(created)::int as created from (${parts}) cells
    group by by, key having sum(created) > 0 order by by, key`);
  const counts = noCounts<Key, number>(keys);
  for (const { by, key, created } of rows) counts[by].set(key, created);
  return counts;
}

const noCounts = <Key extends EventKey, Count>(keys: readonly Key[]) =>
  Object.fromEntries(keys.map((key) => [key, new Map()])) as Record<Key, Map<string, Count>>;

/** The counts of all events together. */
export async function countAllEvents(
  db: Db,
  scope: StatsScope,
  period: Period,
  now: Date,
): Promise<EventCounts> {
  const { all } = await countEvents(db, scope, period, now, ["all"]);
  return all.get("") ?? NO_EVENTS;
}

function countsIn(row: Record<string, number | string>): EventCounts {
  const counts = { ...NO_EVENTS };
  for (const kept of KEPT) counts[kept] = Number(row[columnName(kept)]);
  const late = Number(row.open_late);
  return { ...counts, due: counts.done + late, overdue: counts.doneLate + late };
}

/** Rows of `by, key` and the columns, from kept counts and from events; summed they are the figures. */
async function countedParts(
  db: Db,
  scope: StatsScope,
  period: Period,
  keys: readonly EventKey[],
  kept: readonly Kept[],
): Promise<SQL> {
  const within = eventsWithin(db, scope, period);
  const fromEvents = (where: SQL) =>
    sql`select by, key, ${columnsOf(kept)} from (${eventCells(where, keys, scope.handler, kept)}) fresh`;
  if (scope.grids !== null || scope.handler !== null) return fromEvents(within);
  const fresh = await daysToCount(db, period);
  const parts = keptCounts(db, scope, period, fresh, keys, kept);
  if (fresh.length > 0) parts.push(fromEvents(sql`${within} and ${createdOn(fresh)}`));
  return sql.join(parts, sql` union all `);
}

function keptCounts(
  db: Db,
  scope: StatsScope,
  { from, to }: Period,
  fresh: readonly Day[],
  keys: readonly EventKey[],
  kept: readonly Kept[],
): SQL[] {
  const columns = columnsOf(kept);
  const stored = keys.filter((key) => key !== "day").map((key) => sql.raw(`'${key}'`));
  const conditions = [
    sql`site = ${db.site}`,
    sql`scope = ${scope.street ?? "district"}`,
    ...(scope.confidential ? [] : [sql`not confidential`]),
    ...(from === null ? [] : [sql`day >= ${localDay(from)}::date`]),
    ...(to === null ? [] : [sql`day < ${localDay(to)}::date`]),
    ...(fresh.length === 0 ? [] : [sql`day <> all(${dayArray(fresh)})`]),
  ];
  const where = sql.join(conditions, sql` and `);
  const parts: SQL[] = [];
  if (stored.length > 0) {
    parts.push(sql`select by, key, ${columns} from event_day_counts
      where ${where} and by in (${sql.join(stored, sql`, `)})`);
  }
  if (keys.includes("day")) {
    parts.push(sql`select 'day' as by, day::text as key, ${columns} from event_day_counts
      where ${where} and by = 'all'`);
  }
  return parts;
}

/** Days whose counts do not hold, and days at the edges of the period that are not wholly in it. */
async function daysToCount(db: Db, { from, to }: Period): Promise<Day[]> {
  const rows = await db.rows<{ day: Day }>(sql`
    select distinct day::text as day from event_day_changes where site = ${db.site}
      ${from === null ? sql`` : sql`and day >= ${localDay(from)}::date`}
      ${to === null ? sql`` : sql`and day <= ${localDay(to)}::date`}
    order by 1`);
  const days = new Set(rows.map(({ day }) => day));
  for (const edge of [from, to]) {
    if (edge !== null && momentOf(localDay(edge), 0).getTime() !== edge.getTime())
      days.add(localDay(edge));
  }
  return [...days].sort();
}
