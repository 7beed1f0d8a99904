import { type SQL, sql } from "drizzle-orm";
import { type EventSet, LASTING_SETS, SATISFIED_FROM } from "../../../services/domain/rates.ts";
import type { StatsScope } from "../../../services/domain/stats-scope.ts";
import { addDays, type Day, momentOf } from "../../../services/domain/time.ts";
import type { Db } from "../../client.ts";
import type { COUNTED_BY } from "../../schema/index.ts";

// What figures count, said in SQL over `events e`. `countsOf` of services/domain/rates.ts says the same of
// one event; a test holds the two together.

export type CountedBy = (typeof COUNTED_BY)[number];
/** `day` is how they are kept, so it can always be asked for. */
export type EventKey = CountedBy | "day";

export interface Period {
  /** created at or after */
  from: Date | null;
  /** created before */
  to: Date | null;
}

const DONE = sql`e.status in ('completed', 'verified', 'closed', 'archived')`;
const COUNTED = sql`e.status not in ('merged', 'withdrawn', 'rejected')`;
/** As the index `events_open_by_due` has it, or it would not be used. */
const UNDONE = sql`e.status not in ('completed', 'verified', 'closed', 'archived', 'merged', 'withdrawn', 'rejected')`;

const LASTING: Record<(typeof LASTING_SETS)[number], SQL> = {
  created: sql`true`,
  counted: COUNTED,
  open: sql`e.status not in ('closed', 'archived', 'rejected', 'merged', 'withdrawn')`,
  done: DONE,
  doneOnTime: sql`${DONE} and e.completed_at <= e.due_at`,
  doneLate: sql`${DONE} and e.completed_at > e.due_at`,
  closed: sql`e.status in ('closed', 'archived')`,
  gridToStreet: sql`${COUNTED} and e.level <= 3`,
  publicTips: sql`${COUNTED} and e.source = 'publicTip'`,
  levelThreeUp: sql`${COUNTED} and e.level >= 3`,
  everCompleted: sql`${COUNTED} and e.completed_at is not null`,
  reopened: sql`${COUNTED} and e.completed_at is not null and e.reopen_count > 0`,
};

/** Not done, and beyond its time. */
export const openLate = (now: Date): SQL => sql`${UNDONE} and e.due_at < ${timestamp(now)}`;

/** The events of a set. @param now - against which a deadline has passed */
export function inSet(set: EventSet, now: Date): SQL {
  if (set === "due") return sql`(${DONE} or ${openLate(now)})`;
  if (set === "overdue") return sql`(${LASTING.doneLate} or ${openLate(now)})`;
  return sql`(${LASTING[set]})`;
}

/** A rating of a counted event, over `event_reporters r`. */
export const isRating = (satisfied: boolean): SQL =>
  sql`(${COUNTED} and r.rating is not null and ${satisfied ? sql`r.rating >= ${sql.raw(String(SATISFIED_FROM))}` : sql`true`})`;

/** What is kept of events: 0 or 1 of each, and how many ratings. */
export const KEPT = [...LASTING_SETS, "ratings", "satisfied"] as const;
export type Kept = (typeof KEPT)[number];

/** As `event_day_counts` names it. */
export const columnName = (kept: Kept): string =>
  kept.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A list of such columns. @param how - each one, said in some other way */
export const columnsOf = (kept: readonly Kept[], how: (name: SQL) => SQL = (name) => name): SQL =>
  sql.join(
    kept.map((one) => how(sql.raw(columnName(one)))),
    sql`, `,
  );

const LOCAL = sql`e.created_at at time zone 'Asia/Shanghai'`;
export const DAY_OF_CREATION = sql`(${LOCAL})::date`;

export const EVENT_KEYS: Record<Exclude<EventKey, "department">, SQL> = {
  all: sql`''`,
  street: sql`coalesce(e.street_code, '')`,
  grid: sql`coalesce(e.grid_code, '')`,
  category: sql`e.category`,
  level: sql`e.level::text`,
  source: sql`e.source`,
  platform: sql`coalesce(e.platform, 'none')`,
  status: sql`e.status`,
  /** hours since the beginning of the week: 0 is Monday from 0:00 */
  hour: sql`((extract(isodow from ${LOCAL})::int - 1) * 24 + extract(hour from ${LOCAL})::int)::text`,
  day: sql`to_char(${LOCAL}, 'YYYY-MM-DD')`,
};

/**
 * Every event as it counts, under every key that is asked for: `day, street_code, confidential, by, key` and
 * the kept columns. An event that several organisations held counts once under each.
 */
export function eventCells(
  where: SQL,
  keys: readonly EventKey[],
  handler: string | null,
  kept: readonly Kept[] = KEPT,
): SQL {
  const values = kept.map((one) => sql`, ${valueFor(one)} as ${sql.raw(columnName(one))}`);
  const rated = kept.includes("ratings") || kept.includes("satisfied") ? RATED : sql``;
  const plain = keys.filter((key) => key !== "department");
  const keyed = plain.map((key) => sql`select ${text(key)} as by, ${EVENT_KEYS[key]} as key`);
  if (keys.includes("department")) {
    keyed.push(sql`select distinct 'department' as by, a.org_code as key from event_assignees a
      where a.site = e.site and a.event_no = e.no
        and ${handler === null ? sql`true` : sql`a.org_code = ${handler}`}`);
  }
  return sql`
    select ${DAY_OF_CREATION} as day, e.street_code, e.confidential, k.by, k.key${sql.join(values)}
    from events e ${rated} cross join lateral (${sql.join(keyed, sql` union all `)}) k
    where ${where}`;
}

const RATED = sql`left join lateral (
  select count(*)::int as ratings,
    (count(*) filter (where r.rating >= ${sql.raw(String(SATISFIED_FROM))}))::int as satisfied
  from event_reporters r
  where r.site = e.site and r.event_no = e.no and r.rating is not null) rated on true`;

function valueFor(kept: Kept): SQL {
  if (kept === "ratings" || kept === "satisfied")
    return sql`case when ${COUNTED} then rated.${sql.raw(kept)} else 0 end`;
  return sql`coalesce(${LASTING[kept]}, false)::int`;
}

/** A condition on `events e`. */
export function eventsWithin(db: Db, scope: StatsScope, { from, to }: Period): SQL {
  const conditions = [sql`e.site = ${db.site}`];
  const { street, grids, handler } = scope;
  if (street !== null) conditions.push(sql`e.street_code = ${street}`);
  if (grids !== null) conditions.push(sql`e.grid_code = any(${textArray(grids)})`);
  if (handler !== null) conditions.push(heldBy(handler));
  if (!scope.confidential) conditions.push(sql`not e.confidential`);
  if (from !== null) conditions.push(sql`e.created_at >= ${timestamp(from)}`);
  if (to !== null) conditions.push(sql`e.created_at < ${timestamp(to)}`);
  return sql.join(conditions, sql` and `);
}

/** The events under one key. */
export const hasKey = (by: EventKey, key: string): SQL =>
  by === "department" ? heldBy(key) : sql`${EVENT_KEYS[by]} = ${key}`;

const heldBy = (orgCode: string): SQL => sql`exists (select 1 from event_assignees a
  where a.site = e.site and a.event_no = e.no and a.org_code = ${orgCode})`;

export const timestamp = (at: Date): SQL => sql`${at.toISOString()}::timestamptz`;
/** A list as one parameter; the driver would make several of it. */
export const textArray = (values: readonly string[]): SQL =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`;
/** A word of our own as a literal. */
const text = (word: EventKey): SQL => sql.raw(`'${word}'`);

/** Days in a row become one stretch, so that the newest-first index finds each of them at once. */
export function createdOn(days: readonly Day[]): SQL {
  const stretches: { from: Day; until: Day }[] = [];
  for (const day of days) {
    const last = stretches.at(-1);
    if (last?.until === day) last.until = addDays(day, 1);
    else stretches.push({ from: day, until: addDays(day, 1) });
  }
  const conditions = stretches.map(
    ({ from, until }) =>
      sql`(e.created_at >= ${midnight(from)} and e.created_at < ${midnight(until)})`,
  );
  return sql`(${sql.join(conditions, sql` or `)})`;
}

const midnight = (day: Day): SQL => timestamp(momentOf(day, 0));

export const dayArray = (days: readonly Day[]): SQL =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(days)}::jsonb)::date)`;
