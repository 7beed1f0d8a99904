import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { CallResponse, CallState, CheckIn, Fault } from "../../services/domain/call-ticket.ts";
import type { Db } from "../client.ts";
import {
  callResponses,
  callSteps,
  callTickets,
  type StoredCheckIn,
  type StoredFault,
} from "../schema/index.ts";

export type CallRow = typeof callTickets.$inferSelect;
export type CallResponseRow = typeof callResponses.$inferSelect;
export type CallStepRow = typeof callSteps.$inferSelect;

/** A call with everything a decision or an answer needs. */
export interface CallRecord {
  row: CallRow;
  state: CallState;
  responses: CallResponseRow[];
}

/** @param lock - hold the row until the transaction ends */
export async function findCall(
  db: Db,
  no: string,
  lock: "lock" | "read" = "read",
): Promise<CallRecord | null> {
  const query = db.orm
    .select()
    .from(callTickets)
    .where(and(eq(callTickets.site, db.site), eq(callTickets.no, no)));
  const [row] = lock === "lock" ? await query.for("update") : await query;
  if (row === undefined) return null;
  const [record] = await withResponses(db, [row]);
  return record ?? null;
}

/** Calls by number, in the order given. */
export async function findCalls(db: Db, nos: readonly string[]): Promise<CallRecord[]> {
  if (nos.length === 0) return [];
  const rows = await db.orm
    .select()
    .from(callTickets)
    .where(and(eq(callTickets.site, db.site), inArray(callTickets.no, [...nos])));
  const records = await withResponses(db, rows);
  return nos.flatMap((no) => records.find((record) => record.row.no === no) ?? []);
}

async function withResponses(db: Db, rows: readonly CallRow[]): Promise<CallRecord[]> {
  if (rows.length === 0) return [];
  const responses = await db.orm
    .select()
    .from(callResponses)
    .where(
      and(
        eq(callResponses.site, db.site),
        inArray(
          callResponses.callNo,
          rows.map((row) => row.no),
        ),
      ),
    )
    .orderBy(asc(callResponses.id));
  return rows.map((row) => {
    const own = responses.filter((response) => response.callNo === row.no);
    return { row, responses: own, state: stateOf(row, own) };
  });
}

function stateOf(row: CallRow, responses: readonly CallResponseRow[]): CallState {
  const {
    messageId: _messageId,
    eventNo: _eventNo,
    site: _site,
    approval,
    approvalRefusal,
    followUp,
    ...plain
  } = row;
  return {
    ...plain,
    approval: approval && { ...approval, at: new Date(approval.at) },
    approvalRefusal: approvalRefusal && {
      ...approvalRefusal,
      at: new Date(approvalRefusal.at),
    },
    followUp: followUp && { ...followUp, at: new Date(followUp.at) },
    responses: responses.map(toResponse),
  };
}

function toResponse(row: CallResponseRow): CallResponse {
  const { site: _site, id: _id, callNo: _callNo, claim, checkIn, faults, ...plain } = row;
  return {
    ...plain,
    claim: claim && checkInOf(claim),
    checkIn: checkIn && checkInOf(checkIn),
    faults: faults.map(faultOf),
  };
}

const checkInOf = (stored: StoredCheckIn): CheckIn => ({ ...stored, at: new Date(stored.at) });

const faultOf = (stored: StoredFault) => ({
  fault: stored.fault as Fault,
  evidence: stored.evidence,
  recordedAt: new Date(stored.recordedAt),
  finding: stored.finding && { ...stored.finding, at: new Date(stored.finding.at) },
  appeal: stored.appeal && { ...stored.appeal, at: new Date(stored.appeal.at) },
  ...(stored.circulated === true ? { circulated: true } : {}),
});

export const callStepsOf = (db: Db, no: string): Promise<CallStepRow[]> =>
  db.orm
    .select()
    .from(callSteps)
    .where(and(eq(callSteps.site, db.site), eq(callSteps.callNo, no)))
    .orderBy(asc(callSteps.id));

/** The call a message already drafted. */
export async function callOfMessage(db: Db, messageId: string): Promise<string | null> {
  const [row] = await db.orm
    .select({ no: callTickets.no })
    .from(callTickets)
    .where(and(eq(callTickets.site, db.site), eq(callTickets.messageId, messageId)));
  return row?.no ?? null;
}

const open = sql`${callTickets.status} not in ('archived', 'canceled')`;

/** Calls that are not over, newest first: all, or those of a street. */
export async function openCallNos(
  db: Db,
  streetCode: string | null,
  limit = 50,
): Promise<string[]> {
  const rows = await db.orm
    .select({ no: callTickets.no })
    .from(callTickets)
    .where(
      and(
        eq(callTickets.site, db.site),
        open,
        streetCode === null ? undefined : eq(callTickets.streetCode, streetCode),
      ),
    )
    .orderBy(desc(callTickets.createdAt), desc(callTickets.no))
    .limit(limit);
  return rows.map((row) => row.no);
}

/** Calls a department takes part in and that are not over, newest first. */
export async function openCallNosOfDept(db: Db, deptCode: string, limit = 50): Promise<string[]> {
  const rows = await db.orm
    .select({ no: callTickets.no })
    .from(callTickets)
    .innerJoin(
      callResponses,
      and(eq(callResponses.site, callTickets.site), eq(callResponses.callNo, callTickets.no)),
    )
    .where(and(eq(callTickets.site, db.site), open, eq(callResponses.deptCode, deptCode)))
    .groupBy(callTickets.no, callTickets.createdAt)
    .orderBy(desc(callTickets.createdAt), desc(callTickets.no))
    .limit(limit);
  return rows.map((row) => row.no);
}

/** Calls under way in which time may have made evidence by `now`. */
export async function callNosToWatch(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await db.rows<{ no: string }>(sql`
    select distinct t.no from call_tickets t join call_responses r on r.site = t.site and r.call_no = t.no
    where t.site = ${db.site} and t.status in ('dispatched', 'onSite', 'pendingClosing') and r.released_at is null and r.check_in is null
      and ((r.responded_at is null and r.respond_by <= ${now.toISOString()}::timestamptz and not r.faults @> '[{"fault":"noResponse"}]')
        or (r.arrive_by + interval '60 minutes' <= ${now.toISOString()}::timestamptz and not r.faults @> '[{"fault":"noShow"}]' and r.status <> 'declined'))
    order by t.no limit ${limit}`);
  return rows.map((row) => row.no);
}
