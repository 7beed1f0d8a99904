import { and, asc, eq, sql } from "drizzle-orm";
import { type Actor, actorRef } from "../../services/domain/actor.ts";
import type { Assignee, EventStatus, EventStep } from "../../services/domain/event.ts";
import type { EventChange } from "../../services/domain/event-actions/decision.ts";
import type { Db } from "../client.ts";
import { eventAssignees, eventReporters, eventSteps, events } from "../schema/index.ts";
import { outdateCardsOf } from "./cards.ts";
import type { EventRecord } from "./events.ts";
import { newId } from "./ids.ts";
import { markDayOf } from "./stats/mark-day.ts";
import { queueWebhooks } from "./webhooks.ts";

type NewEvent = Omit<typeof events.$inferInsert, "site">;
type NewReporter = Omit<typeof eventReporters.$inferInsert, "site" | "id" | "rating" | "ratedAt">;

export async function insertEvent(tx: Db, event: NewEvent): Promise<void> {
  await tx.orm.insert(events).values({ ...event, site: tx.site });
  await markDayOf(tx, event.no);
}

/** Adds a reporter who has given no rating yet; false when this account is one already. */
export async function insertReporter(tx: Db, reporter: NewReporter): Promise<boolean> {
  const added = await tx.orm
    .insert(eventReporters)
    .values({ ...reporter, site: tx.site, id: newId() })
    .onConflictDoNothing()
    .returning({ id: eventReporters.id });
  return added.length > 0;
}

export async function countReporter(tx: Db, eventNo: string): Promise<number> {
  const [row] = await tx.orm
    .update(events)
    .set({ reporterCount: sql`${events.reporterCount} + 1` })
    .where(and(eq(events.site, tx.site), eq(events.no, eventNo)))
    .returning({ count: events.reporterCount });
  return row?.count ?? 0;
}

/** Somebody named more people that it concerns; the largest number is kept. */
export async function raisePeople(tx: Db, eventNo: string, people: number): Promise<void> {
  await tx.orm
    .update(events)
    .set({ people: sql`greatest(coalesce(${events.people}, 0), ${people}::int)` })
    .where(and(eq(events.site, tx.site), eq(events.no, eventNo)));
}

export interface NewStep {
  eventNo: string;
  at: Date;
  action: EventStep;
  from: EventStatus | null;
  to: EventStatus;
  actor: Actor;
  note: string | null;
  messageId: string | null;
}

/** @returns the step's id */
export async function appendStep(tx: Db, step: NewStep): Promise<string> {
  const id = newId();
  await tx.orm
    .insert(eventSteps)
    .values({ ...step, site: tx.site, id, actor: actorRef(step.actor) });
  const { eventNo, action, to, at } = step;
  await queueWebhooks(tx, { subjectType: "event", subjectNo: eventNo, action, status: to, at });
  await outdateCardsOf(tx, step.eventNo);
  return id;
}

/** Writes what a decision changed, and nothing it did not. */
export async function applyChange(
  tx: Db,
  record: EventRecord,
  change: EventChange,
  at: Date,
): Promise<void> {
  const { place, assignees, missing, ...fields } = change.patch;
  await tx.orm
    .update(events)
    .set({
      status: change.to,
      ...fields,
      ...(missing === undefined ? {} : { missing: [...missing] }),
      ...(place === undefined
        ? {}
        : {
            placeRaw: place.raw,
            addressCode: place.addressCode,
            gridCode: place.gridCode ?? record.row.gridCode,
            lng: place.lng,
            lat: place.lat,
          }),
      ...(change.to === "completed" && change.from !== "completed" ? { completedAt: at } : {}),
      ...(change.to === "closed" && change.from !== "closed" ? { closedAt: at } : {}),
    })
    .where(and(eq(events.site, tx.site), eq(events.no, record.row.no)));
  if (assignees !== undefined) await replaceAssignees(tx, record, assignees, at);
  await markDayOf(tx, record.row.no);
}

async function replaceAssignees(
  tx: Db,
  record: EventRecord,
  next: readonly Assignee[],
  at: Date,
): Promise<void> {
  const kept = new Map(next.filter((a) => a.id !== null).map((a) => [a.id, a]));
  for (const before of record.state.assignees) {
    if (before.id === null) continue;
    const after = kept.get(before.id);
    const set =
      after === undefined
        ? { endedAt: at }
        : after.signed && !before.signed
          ? { signedAt: at, personId: after.personId }
          : null;
    if (set !== null) {
      await tx.orm
        .update(eventAssignees)
        .set(set)
        .where(and(eq(eventAssignees.site, tx.site), eq(eventAssignees.id, before.id)));
    }
  }
  const fresh = next.filter((assignee) => assignee.id === null);
  if (fresh.length > 0) {
    await tx.orm.insert(eventAssignees).values(
      fresh.map((assignee) => ({
        site: tx.site,
        id: newId(),
        eventNo: record.row.no,
        orgCode: assignee.orgCode,
        personId: assignee.personId,
        role: assignee.role,
        assignedAt: at,
        signedAt: assignee.signed ? at : null,
      })),
    );
  }
}

export async function setRating(
  tx: Db,
  eventNo: string,
  reporter: { channel: string; platformUserId: string },
  rating: number,
  at: Date,
): Promise<void> {
  await tx.orm
    .update(eventReporters)
    .set({ rating, ratedAt: at })
    .where(
      and(
        eq(eventReporters.site, tx.site),
        eq(eventReporters.eventNo, eventNo),
        eq(eventReporters.channel, reporter.channel),
        eq(eventReporters.platformUserId, reporter.platformUserId),
      ),
    );
  await markDayOf(tx, eventNo);
}

/** One more question was asked about a draft. */
export async function countClarifyRound(
  tx: Db,
  eventNo: string,
  draftUntil: Date,
): Promise<number> {
  const [row] = await tx.orm
    .update(events)
    .set({ clarifyRounds: sql`${events.clarifyRounds} + 1`, draftUntil })
    .where(and(eq(events.site, tx.site), eq(events.no, eventNo)))
    .returning({ rounds: events.clarifyRounds });
  return row?.rounds ?? 0;
}

/** 双反馈: one side has been told of the result. */
export async function markTold(
  tx: Db,
  eventNo: string,
  side: "reporter" | "commandRoom",
  at: Date,
): Promise<void> {
  await tx.orm
    .update(events)
    .set(side === "reporter" ? { reporterToldAt: at } : { commandRoomToldAt: at })
    .where(and(eq(events.site, tx.site), eq(events.no, eventNo)));
}

/** Somebody has nothing more to do with an event; whoever joined it next becomes its first reporter. */
export async function removeReporter(
  tx: Db,
  eventNo: string,
  reporter: { channel: string; platformUserId: string },
): Promise<void> {
  const own = and(eq(eventReporters.site, tx.site), eq(eventReporters.eventNo, eventNo));
  await tx.orm
    .delete(eventReporters)
    .where(
      and(
        own,
        eq(eventReporters.channel, reporter.channel),
        eq(eventReporters.platformUserId, reporter.platformUserId),
      ),
    );
  const [next] = await tx.orm
    .select({ id: eventReporters.id })
    .from(eventReporters)
    .where(own)
    .orderBy(asc(eventReporters.id))
    .limit(1);
  if (next !== undefined) {
    await tx.orm
      .update(eventReporters)
      .set({ first: true })
      .where(and(own, eq(eventReporters.id, next.id)));
  }
  await tx.orm
    .update(events)
    .set({ reporterCount: sql`${events.reporterCount} - 1` })
    .where(and(eq(events.site, tx.site), eq(events.no, eventNo)));
  await markDayOf(tx, eventNo);
}
