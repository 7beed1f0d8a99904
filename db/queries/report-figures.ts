import { sql } from "drizzle-orm";
import type { Fault } from "../../services/domain/call-ticket.ts";
import type { Duty } from "../../services/domain/obligation.ts";
import type { StatsScope } from "../../services/domain/stats-scope.ts";
import type { Db } from "../client.ts";
import { eventsWithin, type Period } from "./stats/event-rows.ts";

/** A fault that a supervisor found (认定); evidence alone is none. */
export interface Finding {
  callNo: string;
  streetCode: string;
  deptCode: string;
  fault: Fault;
  appealed: boolean;
}

/** Faults that were found in a period, oldest first. @param streetCode - only of this street's calls */
export const findingsIn = (
  db: Db,
  { from, to }: { from: Date; to: Date },
  streetCode: string | null,
): Promise<Finding[]> =>
  db.rows<Finding>(sql`
    select c.no as "callNo", c.street_code as "streetCode", r.dept_code as "deptCode",
      f.one ->> 'fault' as fault, f.one -> 'appeal' <> 'null'::jsonb as appealed
    from call_responses r
    join call_tickets c on c.site = r.site and c.no = r.call_no
    cross join lateral jsonb_array_elements(r.faults) as f(one)
    where r.site = ${db.site} and f.one -> 'finding' <> 'null'::jsonb
      and (f.one -> 'finding' ->> 'at')::timestamptz >= ${from.toISOString()}::timestamptz
      and (f.one -> 'finding' ->> 'at')::timestamptz < ${to.toISOString()}::timestamptz
      and ${streetCode === null ? sql`true` : sql`c.street_code = ${streetCode}`}
    order by (f.one -> 'finding' ->> 'at')::timestamptz, c.no, r.id`);

/** Events of a period by category, the most frequent first. */
export const categoriesIn = (
  db: Db,
  scope: StatsScope,
  period: Period,
): Promise<{ category: string; count: number }[]> =>
  db.rows(sql`
    select e.category, count(*)::int as count from events e
    where ${eventsWithin(db, scope, period)} and e.status not in ('merged', 'withdrawn', 'rejected')
    group by e.category order by 2 desc, 1`);

/** Who is late with what at a moment, the most first. @param streetCode - owed by this street or on its matters */
export const overdueByOwner = (
  db: Db,
  now: Date,
  streetCode: string | null,
): Promise<{ ownerOrg: string | null; duty: Duty; count: number; oldest: Date }[]> =>
  db
    .rows<{ ownerOrg: string | null; duty: Duty; count: number; oldest: string | Date }>(sql`
      select o.owner_org as "ownerOrg", o.duty, count(*)::int as count, min(o.due_at) as oldest
      from obligations o
      left join events e on e.site = o.site and e.no = o.subject_no
      left join call_tickets c on c.site = o.site and c.no = o.subject_no
      where o.site = ${db.site} and o.fulfilled_at is null and o.canceled_at is null
        and o.due_at < ${now.toISOString()}::timestamptz
        and ${streetCode === null ? sql`true` : sql`(e.street_code = ${streetCode} or c.street_code = ${streetCode})`}
      group by o.owner_org, o.duty order by 3 desc, 1, 2`)
    .then((rows) => rows.map((row) => ({ ...row, oldest: new Date(row.oldest) })));

/** Open matters that belong to nobody or to several, for the meeting to talk about. */
export const hardEventsOpen = (
  db: Db,
  streetCode: string | null,
  limit: number,
): Promise<
  { no: string; summary: string; category: string; streetCode: string | null; status: string }[]
> =>
  db.rows(sql`
    select e.no, e.summary, e.category, e.street_code as "streetCode", e.status from events e
    where e.site = ${db.site} and e.status in ('consulting', 'escalated') and not e.confidential
      and ${streetCode === null ? sql`true` : sql`e.street_code = ${streetCode}`}
    order by e.created_at, e.no limit ${limit}`);
