import { type SQL, sql } from "drizzle-orm";
import type { Day } from "../../../services/domain/time.ts";
import type { Db } from "../../client.ts";
import { COUNTED_BY } from "../../schema/index.ts";
import { tryLockUntilCommit } from "../locks.ts";
import { columnsOf, createdOn, dayArray, eventCells, KEPT } from "./event-rows.ts";

/** Days at a time: a first count of many years is done in bites. */
const MOST_DAYS = 40;

/**
 * Counts anew the events of days that changed, and forgets that they did. What changes meanwhile keeps its
 * mark: marks are taken away before the events are read, each by a statement that sees all that is
 * committed by then. One at a time; whoever comes second has nothing to do.
 *
 * @returns how many days were counted; fewer than there are, where there are many
 */
export function foldChangedDays(db: Db): Promise<number> {
  return db.transaction(async (tx) => {
    if (!(await tryLockUntilCommit(tx, "day counts"))) return 0;
    const marks = await tx.rows<{ day: Day }>(sql`
      with days as (
        select distinct day from event_day_changes where site = ${tx.site} order by day limit ${MOST_DAYS}),
      taken as (
        delete from event_day_changes c using days
        where c.site = ${tx.site} and c.day = days.day returning c.day)
      select distinct day::text as day from taken`);
    if (marks.length > 0) await count(tx, marks.map(({ day }) => day).sort());
    return marks.length;
  });
}

/** Rows that would stay as they are are not written: a busy district changes few of a day's many counts. */
async function count(tx: Db, days: readonly Day[]): Promise<void> {
  const columns = (how: (name: SQL) => SQL) => columnsOf(KEPT, how);
  const names = columnsOf(KEPT);
  const where = sql`e.site = ${tx.site} and ${createdOn(days)}`;
  // A server is set up for many small questions at once; this is a large one. The groups are few, so it
  // needs little of that memory in fact; without it, it would sort every cell. Compiling takes longer
  // than running.
  await tx.rows(sql`select set_config('work_mem', '256MB', true), set_config('jit', 'off', true)`);
  // What is read together is written together. Joined in full, the two sides can only be hashed or merged: a guess at their sizes goes wrong here,
  // and one loop inside another would take minutes.
  await tx.rows(sql`
    with counted as materialized (
      select s.scope, by, day, key, confidential,
        ${columns((name) => sql`sum(${name})::int as ${name}`)}
      from (
        select street_code, by, day, key, confidential,
          ${columns((name) => sql`sum(${name})::int as ${name}`)}
        from (${eventCells(where, COUNTED_BY, null)}) cells
        group by street_code, by, day, key, confidential) of_street
      cross join lateral (
        select 'district' as scope union all select street_code where street_code is not null) s
      group by s.scope, by, day, key, confidential),
    kept as (
      select ctid as row_id, c.* from event_day_counts c
      where site = ${tx.site} and day = any(${dayArray(days)})),
    compared as materialized (
      select k.row_id, n.* from counted n
      full join kept k on k.scope = n.scope and k.by = n.by and k.day = n.day and k.key = n.key
        and k.confidential = n.confidential
      where (${columns((name) => sql`k.${name}`)}) is distinct from (${columns((name) => sql`n.${name}`)})),
    gone as (
      delete from event_day_counts
      where site = ${tx.site}
        and ctid = any(array(select row_id from compared where row_id is not null and scope is null)))
    insert into event_day_counts (site, scope, by, day, key, confidential, ${names})
    select ${tx.site}, scope, by, day, key, confidential, ${names}
    from compared where scope is not null
    order by scope, by, key, day
    on conflict (site, scope, by, day, key, confidential) do update
    set ${columns((name) => sql`${name} = excluded.${name}`)}`);
}
