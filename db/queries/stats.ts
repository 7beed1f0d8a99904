import { type SQL, sql } from "drizzle-orm";
import type { EventCounts } from "../../services/domain/rates.ts";
import type { Db } from "../client.ts";

/** Of whose events a figure is; `handler`: those that an organisation holds or held. */
export type StatsScope =
  | { kind: "district" }
  | { kind: "street" | "community" | "grid" | "handler"; code: string };

export interface Period {
  /** created at or after */
  from: Date | null;
  /** created before */
  to: Date | null;
}

const DONE = sql`e.status in ('completed', 'verified', 'closed', 'archived')`;
const COUNTED = sql`e.status not in ('merged', 'withdrawn', 'rejected')`;

/** @param now - against which a deadline has passed */
export async function countEvents(
  db: Db,
  scope: StatsScope,
  period: Period,
  now: Date,
): Promise<EventCounts> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const late = sql`(${DONE} and e.completed_at > e.due_at or not ${DONE} and e.due_at < ${at})`;
  const count = (condition: SQL) => sql`count(*) filter (where ${condition})::int`;
  const [events] = await db.rows<Omit<EventCounts, "ratings" | "satisfied">>(sql`
    select count(*)::int as created,
      ${count(COUNTED)} as counted,
      ${count(sql`e.status not in ('closed', 'archived', 'rejected', 'merged', 'withdrawn')`)} as open,
      ${count(DONE)} as done,
      ${count(sql`${DONE} and e.completed_at <= e.due_at`)} as "doneOnTime",
      ${count(sql`${COUNTED} and (${DONE} or e.due_at < ${at})`)} as due,
      ${count(sql`${COUNTED} and ${late}`)} as overdue,
      ${count(sql`e.status in ('closed', 'archived')`)} as closed,
      ${count(sql`${COUNTED} and e.level <= 3`)} as "gridToStreet",
      ${count(sql`${COUNTED} and e.source = 'publicTip'`)} as "publicTips",
      ${count(sql`${COUNTED} and e.completed_at is not null`)} as "everCompleted",
      ${count(sql`${COUNTED} and e.completed_at is not null and e.reopen_count > 0`)} as reopened
    from events e where ${eventsWithin(db, scope, period)}`);
  const [ratings] = await db.rows<Pick<EventCounts, "ratings" | "satisfied">>(sql`
    select count(*)::int as ratings, ${count(sql`r.rating >= 3`)} as satisfied
    from events e join event_reporters r on r.site = e.site and r.event_no = e.no
    where r.rating is not null and ${COUNTED} and ${eventsWithin(db, scope, period)}`);
  if (events === undefined || ratings === undefined) {
    throw new Error("An aggregate came back without a row.");
  }
  return { ...events, ...ratings };
}

export interface EventBreakdown {
  byLevel: Record<string, number>;
  bySource: Record<string, number>;
  /** those without a platform under `none` */
  byPlatform: Record<string, number>;
  byStatus: Record<string, number>;
}

/** Every created event, by what it is; values that do not occur are left out. */
export async function breakDownEvents(
  db: Db,
  scope: StatsScope,
  period: Period,
): Promise<EventBreakdown> {
  const rows = await db.rows<{ by: keyof EventBreakdown; value: string | null; count: number }>(sql`
    select case when grouping(e.level) = 0 then 'byLevel' when grouping(e.source) = 0 then 'bySource'
        when grouping(e.platform) = 0 then 'byPlatform' else 'byStatus' end as by,
      coalesce(e.level::text, e.source, e.platform, e.status) as value,
      count(*)::int as count
    from events e where ${eventsWithin(db, scope, period)}
    group by grouping sets ((e.level), (e.source), (e.platform), (e.status))
    order by 1, 2`);
  const breakdown: EventBreakdown = { byLevel: {}, bySource: {}, byPlatform: {}, byStatus: {} };
  for (const { by, value, count } of rows) breakdown[by][value ?? "none"] = count;
  return breakdown;
}

/** A condition on `events e`. */
export function eventsWithin(db: Db, scope: StatsScope, { from, to }: Period): SQL {
  const conditions = [sql`e.site = ${db.site}`, inScope(db, scope)];
  if (from !== null) conditions.push(sql`e.created_at >= ${from.toISOString()}::timestamptz`);
  if (to !== null) conditions.push(sql`e.created_at < ${to.toISOString()}::timestamptz`);
  return sql.join(conditions, sql` and `);
}

function inScope(db: Db, scope: StatsScope): SQL {
  switch (scope.kind) {
    case "district":
      return sql`true`;
    case "street":
      return sql`e.street_code = ${scope.code}`;
    case "community":
      return sql`e.grid_code in (
        select g.code from grids g where g.site = ${db.site} and g.community_code = ${scope.code})`;
    case "grid":
      return sql`e.grid_code = ${scope.code}`;
    case "handler":
      return sql`exists (select 1 from event_assignees a
        where a.site = e.site and a.event_no = e.no and a.org_code = ${scope.code})`;
  }
}
