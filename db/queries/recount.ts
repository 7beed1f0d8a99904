import { and, asc, eq, gte, isNull, notInArray, sql } from "drizzle-orm";
import { ENDED_EVENTS } from "../../services/domain/event.ts";
import type { Db } from "../client.ts";
import { callResponses, callTickets, events, obligations } from "../schema/index.ts";
import type { ObligationRow } from "./obligations.ts";
import { markDayOf } from "./stats/mark-day.ts";

// What is due from a moment on and would move with the calendar.

/** Open events whose work is due from `from` on, by number. */
export const eventsDueFrom = (tx: Db, from: Date) =>
  tx.orm
    .select({
      no: events.no,
      status: events.status,
      urgency: events.urgency,
      start: sql<Date>`coalesce(${events.acceptedAt}, ${events.createdAt})`.mapWith(
        events.createdAt,
      ),
      /** ours, even where a hotline's is shorter and holds */
      dueAt: sql<Date>`coalesce(${events.ownDueAt}, ${events.dueAt})`.mapWith(events.createdAt),
      hotlineDueAt: events.hotlineDueAt,
    })
    .from(events)
    .where(
      and(
        eq(events.site, tx.site),
        gte(sql`coalesce(${events.ownDueAt}, ${events.dueAt})`, from),
        notInArray(events.status, [...ENDED_EVENTS]),
      ),
    )
    .orderBy(asc(events.no))
    .for("update");

/** Departments of planned calls under way that still owe an answer or a completion. */
export const responsesUnderWay = (tx: Db) =>
  tx.orm
    .select({
      id: callResponses.id,
      callNo: callResponses.callNo,
      deptCode: callResponses.deptCode,
      itemNo: callTickets.itemNo,
      item: callTickets.item,
      callType: callTickets.callType,
      status: callTickets.status,
      dispatchedAt: callResponses.dispatchedAt,
      respondBy: callResponses.respondBy,
      respondedAt: callResponses.respondedAt,
      checkIn: callResponses.checkIn,
      completeBy: callResponses.completeBy,
      completedAt: callResponses.completedAt,
    })
    .from(callResponses)
    .innerJoin(
      callTickets,
      and(eq(callTickets.site, callResponses.site), eq(callTickets.no, callResponses.callNo)),
    )
    .where(
      and(
        eq(callResponses.site, tx.site),
        isNull(callResponses.releasedAt),
        isNull(callResponses.completedAt),
        notInArray(callTickets.status, ["closed", "archived", "canceled"]),
      ),
    )
    .orderBy(asc(callResponses.callNo), asc(callResponses.id))
    .for("update");

/** Open duties in working time that are due from `from` on. */
export const dutiesDueFrom = (tx: Db, from: Date): Promise<ObligationRow[]> =>
  tx.orm
    .select()
    .from(obligations)
    .where(
      and(
        eq(obligations.site, tx.site),
        isNull(obligations.fulfilledAt),
        isNull(obligations.canceledAt),
        eq(obligations.natural, false),
        gte(obligations.dueAt, from),
      ),
    )
    .orderBy(asc(obligations.subjectNo), asc(obligations.id))
    .for("update");

export async function moveEventDue(
  tx: Db,
  no: string,
  due: { dueAt: Date | null; ownDueAt?: Date | null; hotlineDueAt?: Date | null },
): Promise<void> {
  await tx.orm
    .update(events)
    .set(due)
    .where(and(eq(events.site, tx.site), eq(events.no, no)));
  await markDayOf(tx, no);
}

export async function moveResponseLimits(
  tx: Db,
  id: string,
  limits: { respondBy?: Date; completeBy?: Date },
): Promise<void> {
  await tx.orm
    .update(callResponses)
    .set(limits)
    .where(and(eq(callResponses.site, tx.site), eq(callResponses.id, id)));
}
