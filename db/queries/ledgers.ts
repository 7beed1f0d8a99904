import { type SQL, sql } from "drizzle-orm";
import type {
  CallStatus,
  CallType,
  Fault,
  ResponseStatus,
} from "../../services/domain/call-ticket.ts";
import type { EventSource, EventStatus } from "../../services/domain/event.ts";
import type { EventLevel, Urgency } from "../../services/domain/level.ts";
import type { Platform } from "../../services/domain/platform.ts";
import type { StatsScope } from "../../services/domain/stats-scope.ts";
import type { Db } from "../client.ts";
import { callsWithin } from "./stats/call-counts.ts";
import { eventsWithin, type Period } from "./stats/event-rows.ts";

/** A call with one of its departments; a call that nobody was sent to stands alone. */
export interface CallLedgerRow {
  no: string;
  callType: CallType;
  status: CallStatus;
  streetCode: string;
  summary: string;
  place: string | null;
  itemNo: string | null;
  itemName: string | null;
  itemLead: string | null;
  createdAt: Date;
  approvedAt: Date | null;
  dispatchedAt: Date | null;
  closedAt: Date | null;
  dept: null | {
    code: string;
    status: ResponseStatus;
    released: boolean;
    headcount: number | null;
    respondBy: Date;
    respondedAt: Date | null;
    arriveBy: Date;
    arrivedAt: Date | null;
    completeBy: Date | null;
    completedAt: Date | null;
    score: number | null;
    faults: { fault: Fault; found: boolean }[];
  };
}

/** Where a page of a ledger begins: after this subject. */
export interface LedgerPosition {
  createdAt: Date;
  no: string;
}

/**
 * The next calls of a ledger, oldest first, each with its departments.
 *
 * @param limit - calls, not rows
 */
export async function callLedgerPage(
  db: Db,
  scope: StatsScope,
  period: Period,
  after: LedgerPosition | null,
  limit: number,
): Promise<CallLedgerRow[]> {
  const own = scope.handler === null ? sql`` : sql`and r.dept_code = ${scope.handler}`;
  const rows = await db.rows<Record<string, never>>(sql`
    select c.no, c.call_type, c.status, c.street_code, c.summary, c.place ->> 'raw' as place, c.item_no,
      coalesce(c.item ->> 'name', i.name) as item_name,
      coalesce(c.item ->> 'leadDept', i.lead_dept) as item_lead,
      c.created_at, c.approval ->> 'at' as approved_at, c.dispatched_at, c.closed_at,
      r.dept_code, r.status as dept_status, r.released_at is not null as released, r.headcount,
      r.respond_by, r.responded_at, r.arrive_by, r.check_in ->> 'at' as arrived_at,
      r.complete_by, r.completed_at, r.score, r.faults
    from (select * from call_tickets c where ${callsWithin(db, scope, period)} ${beyond(after)}
      order by c.created_at, c.no limit ${limit}) c
    left join call_responses r on r.site = c.site and r.call_no = c.no ${own}
    left join responsibility_items i on i.site = c.site and i.no = c.item_no
    order by c.created_at, c.no, r.id`);
  return rows.map((row: Record<string, unknown>) => ({
    no: row.no as string,
    callType: row.call_type as CallType,
    status: row.status as CallStatus,
    streetCode: row.street_code as string,
    summary: row.summary as string,
    place: row.place as string | null,
    itemNo: row.item_no as string | null,
    itemName: row.item_name as string | null,
    itemLead: row.item_lead as string | null,
    createdAt: at(row.created_at),
    approvedAt: atOrNull(row.approved_at),
    dispatchedAt: atOrNull(row.dispatched_at),
    closedAt: atOrNull(row.closed_at),
    dept:
      row.dept_code === null
        ? null
        : {
            code: row.dept_code as string,
            status: row.dept_status as ResponseStatus,
            released: row.released as boolean,
            headcount: row.headcount as number | null,
            respondBy: at(row.respond_by),
            respondedAt: atOrNull(row.responded_at),
            arriveBy: at(row.arrive_by),
            arrivedAt: atOrNull(row.arrived_at),
            completeBy: atOrNull(row.complete_by),
            completedAt: atOrNull(row.completed_at),
            score: row.score as number | null,
            faults: (row.faults as { fault: Fault; finding: object | null }[]).map(
              ({ fault, finding }) => ({ fault, found: finding !== null }),
            ),
          },
  }));
}

export async function countLedgerCalls(db: Db, scope: StatsScope, period: Period): Promise<number> {
  const [found] = await db.rows<{ n: number }>(
    sql`select count(*)::int as n from call_tickets c where ${callsWithin(db, scope, period)}`,
  );
  return found?.n ?? 0;
}

export interface EventLedgerRow {
  no: string;
  status: EventStatus;
  category: string;
  platform: Platform | null;
  level: EventLevel;
  urgency: Urgency;
  streetCode: string | null;
  gridCode: string | null;
  place: string | null;
  summary: string;
  source: EventSource;
  confidential: boolean;
  reporterCount: number;
  reopenCount: number;
  createdAt: Date;
  acceptedAt: Date | null;
  dueAt: Date | null;
  completedAt: Date | null;
  closedAt: Date | null;
  leadOrg: string | null;
  /** stars, of those who rated */
  rating: number | null;
}

/** The next events of a ledger, oldest first. */
export async function eventLedgerPage(
  db: Db,
  scope: StatsScope,
  period: Period,
  after: LedgerPosition | null,
  limit: number,
): Promise<EventLedgerRow[]> {
  const rows = await db.rows<Record<string, unknown>>(sql`
    select e.no, e.status, e.category, e.platform, e.level, e.urgency, e.street_code, e.grid_code,
      e.place_raw, e.summary, e.source, e.confidential, e.reporter_count, e.reopen_count, e.created_at,
      e.accepted_at, e.due_at, e.completed_at, e.closed_at, lead.org_code as lead_org, rated.rating
    from events e
    left join lateral (select a.org_code from event_assignees a
      where a.site = e.site and a.event_no = e.no and a.role = 'lead' order by a.id desc limit 1) lead on true
    left join lateral (select round(avg(r.rating), 1)::float8 as rating from event_reporters r
      where r.site = e.site and r.event_no = e.no and r.rating is not null) rated on true
    where ${eventsWithin(db, scope, period)} ${beyondEvent(after)}
    order by e.created_at, e.no limit ${limit}`);
  return rows.map((row) => ({
    no: row.no as string,
    status: row.status as EventStatus,
    category: row.category as string,
    platform: row.platform as Platform | null,
    level: row.level as EventLevel,
    urgency: row.urgency as Urgency,
    streetCode: row.street_code as string | null,
    gridCode: row.grid_code as string | null,
    place: row.place_raw as string | null,
    summary: row.summary as string,
    source: row.source as EventSource,
    confidential: row.confidential as boolean,
    reporterCount: row.reporter_count as number,
    reopenCount: row.reopen_count as number,
    createdAt: at(row.created_at),
    acceptedAt: atOrNull(row.accepted_at),
    dueAt: atOrNull(row.due_at),
    completedAt: atOrNull(row.completed_at),
    closedAt: atOrNull(row.closed_at),
    leadOrg: row.lead_org as string | null,
    rating: row.rating as number | null,
  }));
}

export async function countLedgerEvents(
  db: Db,
  scope: StatsScope,
  period: Period,
): Promise<number> {
  const [found] = await db.rows<{ n: number }>(
    sql`select count(*)::int as n from events e where ${eventsWithin(db, scope, period)}`,
  );
  return found?.n ?? 0;
}

const beyond = (after: LedgerPosition | null): SQL =>
  after === null
    ? sql``
    : sql`and (c.created_at, c.no) > (${after.createdAt.toISOString()}::timestamptz, ${after.no})`;

const beyondEvent = (after: LedgerPosition | null): SQL =>
  after === null
    ? sql``
    : sql`and (e.created_at, e.no) > (${after.createdAt.toISOString()}::timestamptz, ${after.no})`;

// PGlite gives moments as dates, PostgreSQL's driver as either, and JSON as text.
const at = (value: unknown): Date => new Date(value as string | Date);
const atOrNull = (value: unknown): Date | null => (value === null ? null : at(value));
