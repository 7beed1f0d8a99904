import { sql } from "drizzle-orm";
import { addDays, type Day, momentOf } from "../../services/domain/time.ts";
import type { Database } from "../client.ts";
import { idAt } from "./ids.ts";

/**
 * Tables that only grow, divided by month. Their ids are made of time, so months are ranges of the id: the
 * keys stay what they were, and whoever asks from an id on reads the months since, no others.
 */
export const PARTITIONED = ["event_steps", "audit"] as const;
export type Partitioned = (typeof PARTITIONED)[number];

/** What belongs to no month that has a partition lies in `event_steps_rest`, `audit_rest`. */
const restOf = (table: Partitioned): string => `${table}_rest`;
/** @param month - its first day */
const nameOf = (table: Partitioned, month: Day): string =>
  `${table}_${month.slice(0, 7).replace("-", "_")}`;

/** The first day of the month after. */
export const monthAfter = (month: Day): Day => `${addDays(month, 31).slice(0, 7)}-01`;

/** Names of all partitions that are there. */
export async function partitionNames(database: Database): Promise<Set<string>> {
  const rows = await database.rows<{ name: string }>(sql`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent in (select oid from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'p')`);
  return new Set(rows.map(({ name }) => name));
}

export const hasPartition = (names: ReadonlySet<string>, table: Partitioned, month: Day): boolean =>
  names.has(nameOf(table, month));

/** Months, by their first day, of rows that lie in no month's partition. */
export async function monthsInRest(database: Database, table: Partitioned): Promise<Day[]> {
  const rows = await database.rows<{ month: Day }>(sql`
    select distinct to_char(
      to_timestamp((('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint) / 1000.0)
        at time zone 'Asia/Shanghai', 'YYYY-MM-01') as month
    from ${sql.identifier(restOf(table))} where substr(id::text, 15, 1) = '7' order by 1`);
  return rows.map(({ month }) => month);
}

/**
 * Makes a month's partition and moves into it what had nowhere else to go. Nobody waits for it but whoever
 * reads or writes what belongs to no month; and it waits at most five seconds for those, or throws.
 *
 * @returns false where another instance has made it
 */
export const makePartition = (
  database: Database,
  table: Partitioned,
  month: Day,
): Promise<boolean> =>
  database.transaction(async (tx) => {
    const [whole, rest, part] = [table, restOf(table), nameOf(table, month)].map((name) =>
      sql.identifier(name),
    );
    const from = sql.raw(`'${idAt(momentOf(month, 0).getTime())}'`);
    const to = sql.raw(`'${idAt(momentOf(monthAfter(month), 0).getTime())}'`);
    await tx.rows(sql`select set_config('lock_timeout', '5s', true)`);
    await tx.orm.execute(sql`lock table ${rest} in access exclusive mode`);
    const [made] = await tx.rows<{ oid: string | null }>(
      sql`select to_regclass(${`public.${nameOf(table, month)}`})::text as oid`,
    );
    if (made?.oid != null) return false;
    await tx.orm.execute(sql`create table ${part} (like ${whole} including defaults)`);
    await tx.orm.execute(sql`
      with moved as (delete from ${rest} where id >= ${from}::uuid and id < ${to}::uuid returning *)
      insert into ${part} select * from moved`);
    await tx.orm.execute(
      sql`alter table ${whole} attach partition ${part} for values from (${from}) to (${to})`,
    );
    return true;
  });
