import { type SQL, sql } from "drizzle-orm";
import {
  type CallCounts,
  NO_CALLS,
  RESPONSE_SETS,
  type ResponseSet,
} from "../../../services/domain/call-rates.ts";
import type { StatsScope } from "../../../services/domain/stats-scope.ts";
import type { Db } from "../../client.ts";
import { type Period, textArray, timestamp } from "./event-rows.ts";

/** What calls can be told apart by. */
export type CallKey = "all" | "street" | "grid" | "department" | "day";

const CALL_KEYS: Record<Exclude<CallKey, "department">, SQL> = {
  all: sql`''`,
  street: sql`c.street_code`,
  grid: sql`coalesce(c.place ->> 'gridCode', '')`,
  day: sql`to_char(c.created_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`,
};

/** The answers of a set, over `call_responses r`. @param now - against which a limit has passed */
export function inResponseSet(set: ResponseSet, now: Date): SQL {
  const at = timestamp(now);
  switch (set) {
    case "toRespond":
      return sql`(r.responded_at is not null or r.respond_by <= ${at})`;
    case "responded":
      return sql`(r.responded_at is not null)`;
    case "toArrive":
      return sql`(r.check_in is not null or r.status <> 'declined' and r.arrive_by <= ${at})`;
    case "arrived":
      return sql`(r.check_in is not null)`;
    case "punctual":
      return sql`(r.check_in is not null and not (r.check_in ->> 'late')::boolean)`;
    case "scored":
      return sql`(r.score is not null)`;
  }
}

/** Seconds from dispatch to answer. */
export const RESPONSE_SECONDS = sql`extract(epoch from r.responded_at - r.dispatched_at)`;

/** @param now - against which a limit has passed */
export async function countCalls(
  db: Db,
  scope: StatsScope,
  period: Period,
  now: Date,
  by: CallKey = "all",
): Promise<Map<string, CallCounts>> {
  const within = callsWithin(db, scope, period);
  const ofDepartment = by === "department";
  const calls = await db.rows<{ key: string; calls: number }>(
    ofDepartment
      ? sql`
        select r.dept_code as key, count(distinct c.no)::int as calls
        from call_tickets c join call_responses r on r.site = c.site and r.call_no = c.no
        where ${within} and ${called(scope)} group by 1`
      : sql`select ${CALL_KEYS[by]} as key, count(*)::int as calls
        from call_tickets c where ${within} group by 1`,
  );
  const sets = RESPONSE_SETS.map(
    (set) =>
      sql`(count(*) filter (where ${inResponseSet(set, now)}))::int as ${sql.identifier(set)}`,
  );
  const responses = await db.rows<{ key: string } & Omit<CallCounts, "calls">>(sql`
    select ${ofDepartment ? sql`r.dept_code` : CALL_KEYS[by]} as key, ${sql.join(sets, sql`, `)},
      coalesce(round(sum(${RESPONSE_SECONDS}) / 60), 0)::int as "responseMinutes",
      coalesce(sum(r.score), 0)::float8 as scores
    from call_responses r join call_tickets c on c.site = r.site and c.no = r.call_no
    where ${responsesWithin(db, scope, period)} group by 1`);
  const counts = new Map<string, CallCounts>();
  for (const { key, calls: count } of calls) counts.set(key, { ...NO_CALLS, calls: count });
  for (const { key, ...rest } of responses) {
    counts.set(key, { ...(counts.get(key) ?? NO_CALLS), ...rest });
  }
  return counts;
}

/** A condition on `call_tickets c`: canceled before anybody was sent, a call counts for nothing. */
export function callsWithin(db: Db, scope: StatsScope, { from, to }: Period): SQL {
  const conditions = [
    sql`c.site = ${db.site}`,
    sql`(c.status <> 'canceled' or c.dispatched_at is not null)`,
  ];
  const { street, grids, handler } = scope;
  if (street !== null) conditions.push(sql`c.street_code = ${street}`);
  if (grids !== null) conditions.push(sql`c.place ->> 'gridCode' = any(${textArray(grids)})`);
  if (handler !== null) conditions.push(hasCalled(handler));
  if (from !== null) conditions.push(sql`c.created_at >= ${timestamp(from)}`);
  if (to !== null) conditions.push(sql`c.created_at < ${timestamp(to)}`);
  return sql.join(conditions, sql` and `);
}

/** A condition on `call_responses r` joined with its `call_tickets c`. */
export const responsesWithin = (db: Db, scope: StatsScope, period: Period): SQL =>
  sql`r.released_at is null and ${callsWithin(db, scope, period)} and ${called(scope)}`;

const called = ({ handler }: StatsScope): SQL =>
  handler === null ? sql`true` : sql`r.dept_code = ${handler}`;

const hasCalled = (dept: string): SQL => sql`exists (select 1 from call_responses h
  where h.site = c.site and h.call_no = c.no and h.dept_code = ${dept})`;

/** The calls under one key. */
export const callHasKey = (by: CallKey, key: string): SQL =>
  by === "department" ? hasCalled(key) : sql`${CALL_KEYS[by]} = ${key}`;

/** The answers under one key. */
export const responseHasKey = (by: CallKey, key: string): SQL =>
  by === "department" ? sql`r.dept_code = ${key}` : sql`${CALL_KEYS[by]} = ${key}`;
