import { type SQL, sql } from "drizzle-orm";
import type { CallCounts } from "../../services/domain/call-rates.ts";
import type { Db } from "../client.ts";
import { eventsWithin, type Period, type StatsScope } from "./stats.ts";

/** @param now - against which a limit has passed */
export async function countCalls(
  db: Db,
  scope: StatsScope,
  period: Period,
  now: Date,
): Promise<CallCounts> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const count = (condition: SQL) => sql`count(*) filter (where ${condition})::int`;
  const dueThere = sql`r.check_in is not null or r.status <> 'declined' and r.arrive_by <= ${at}`;
  const [calls] = await db.rows<Pick<CallCounts, "calls">>(sql`
    select count(*)::int as calls from call_tickets c where ${callsWithin(db, scope, period)}`);
  const [events] = await db.rows<Pick<CallCounts, "events">>(sql`
    select count(*)::int as events from events e
    where e.level >= 3 and e.status not in ('merged', 'withdrawn', 'rejected')
      and ${eventsWithin(db, scope, period)}`);
  const [responses] = await db.rows<Omit<CallCounts, "calls" | "events">>(sql`
    select ${count(sql`r.responded_at is not null or r.respond_by <= ${at}`)} as "toRespond",
      ${count(sql`r.responded_at is not null`)} as responded,
      coalesce(round(sum(extract(epoch from r.responded_at - r.dispatched_at)) / 60), 0)::int as "responseMinutes",
      ${count(dueThere)} as "toArrive",
      ${count(sql`r.check_in is not null`)} as arrived,
      ${count(sql`r.check_in is not null and not (r.check_in ->> 'late')::boolean`)} as punctual,
      ${count(sql`r.score is not null`)} as scored,
      coalesce(sum(r.score), 0)::float8 as scores
    from call_responses r join call_tickets c on c.site = r.site and c.no = r.call_no
    where r.released_at is null and ${callsWithin(db, scope, period)}
      and ${scope.kind === "handler" ? sql`r.dept_code = ${scope.code}` : sql`true`}`);
  if (calls === undefined || events === undefined || responses === undefined) {
    throw new Error("An aggregate came back without a row.");
  }
  return { ...calls, ...events, ...responses };
}

/** A condition on `call_tickets c`. */
export function callsWithin(db: Db, scope: StatsScope, { from, to }: Period): SQL {
  const conditions = [
    sql`c.site = ${db.site}`,
    sql`(c.status <> 'canceled' or c.dispatched_at is not null)`,
    inScope(db, scope),
  ];
  if (from !== null) conditions.push(sql`c.created_at >= ${from.toISOString()}::timestamptz`);
  if (to !== null) conditions.push(sql`c.created_at < ${to.toISOString()}::timestamptz`);
  return sql.join(conditions, sql` and `);
}

function inScope(db: Db, scope: StatsScope): SQL {
  switch (scope.kind) {
    case "district":
      return sql`true`;
    case "street":
      return sql`c.street_code = ${scope.code}`;
    case "community":
      return sql`c.place ->> 'gridCode' in (
        select g.code from grids g where g.site = ${db.site} and g.community_code = ${scope.code})`;
    case "grid":
      return sql`c.place ->> 'gridCode' = ${scope.code}`;
    case "handler":
      return sql`exists (select 1 from call_responses h
        where h.site = c.site and h.call_no = c.no and h.dept_code = ${scope.code})`;
  }
}
