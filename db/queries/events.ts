import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Assignee, EventState, Reporter } from "../../services/domain/event.ts";
import type { Db } from "../client.ts";
import { eventAssignees, eventReporters, eventSteps, events, people } from "../schema/index.ts";

export type EventRow = typeof events.$inferSelect;
export type ReporterRow = typeof eventReporters.$inferSelect;
export type StepRow = typeof eventSteps.$inferSelect;

/** An event with everything a decision or an answer needs. */
export interface EventRecord {
  row: EventRow;
  state: EventState;
  reporters: ReporterRow[];
}

/** @param lock - hold the row until the transaction ends, so that two people do not act at once */
export async function findEvent(
  db: Db,
  no: string,
  lock: "lock" | "read" = "read",
): Promise<EventRecord | null> {
  const query = db.orm
    .select()
    .from(events)
    .where(and(eq(events.site, db.site), eq(events.no, no)));
  const [row] = lock === "lock" ? await query.for("update") : await query;
  if (row === undefined) return null;
  const [assignees, reporters] = [await assigneesOf(db, [no]), await reportersOf(db, [no])];
  return { row, reporters, state: stateOf(row, assignees.get(no) ?? [], reporters) };
}

/** Events by number, with assignees and reporters, in the order given. */
export async function findEvents(db: Db, nos: readonly string[]): Promise<EventRecord[]> {
  if (nos.length === 0) return [];
  const rows = await db.orm
    .select()
    .from(events)
    .where(and(eq(events.site, db.site), inArray(events.no, [...nos])));
  const assignees = await assigneesOf(db, nos);
  const reporters = await reportersOf(db, nos);
  const byNo = new Map(rows.map((row) => [row.no, row]));
  return nos.flatMap((no) => {
    const row = byNo.get(no);
    if (row === undefined) return [];
    const own = reporters.filter((reporter) => reporter.eventNo === no);
    return [{ row, reporters: own, state: stateOf(row, assignees.get(no) ?? [], own) }];
  });
}

async function assigneesOf(db: Db, nos: readonly string[]): Promise<Map<string, Assignee[]>> {
  const rows = await db.orm
    .select({
      id: eventAssignees.id,
      eventNo: eventAssignees.eventNo,
      orgCode: eventAssignees.orgCode,
      personId: eventAssignees.personId,
      role: eventAssignees.role,
      signedAt: eventAssignees.signedAt,
      name: people.name,
    })
    .from(eventAssignees)
    .leftJoin(
      people,
      and(eq(people.site, eventAssignees.site), eq(people.id, eventAssignees.personId)),
    )
    .where(
      and(
        eq(eventAssignees.site, db.site),
        inArray(eventAssignees.eventNo, [...nos]),
        isNull(eventAssignees.endedAt),
      ),
    )
    .orderBy(asc(eventAssignees.id));
  const grouped = new Map<string, Assignee[]>();
  for (const row of rows) {
    const list = grouped.get(row.eventNo) ?? [];
    list.push({
      id: row.id,
      orgCode: row.orgCode,
      personId: row.personId,
      name: row.name,
      role: row.role,
      signed: row.signedAt !== null,
    });
    grouped.set(row.eventNo, list);
  }
  return grouped;
}

const reportersOf = (db: Db, nos: readonly string[]): Promise<ReporterRow[]> =>
  db.orm
    .select()
    .from(eventReporters)
    .where(and(eq(eventReporters.site, db.site), inArray(eventReporters.eventNo, [...nos])))
    .orderBy(asc(eventReporters.id));

function stateOf(
  row: EventRow,
  assignees: Assignee[],
  reporters: readonly ReporterRow[],
): EventState {
  return {
    no: row.no,
    status: row.status,
    kind: row.kind,
    category: row.category,
    platform: row.platform,
    level: row.level,
    urgency: row.urgency,
    place: {
      raw: row.placeRaw,
      addressCode: row.addressCode,
      gridCode: row.gridCode,
      lng: row.lng,
      lat: row.lat,
    },
    streetCode: row.streetCode,
    confidential: row.confidential,
    selfHandled: row.selfHandled,
    assignees,
    reporters: reporters.map(toReporter),
    createdAt: row.createdAt,
    acceptedAt: row.acceptedAt,
    dueAt: row.dueAt,
    ownDueAt: row.ownDueAt,
    hotlineDueAt: row.hotlineDueAt,
    reopenCount: row.reopenCount,
    autoReopened: row.autoReopened,
    escalatedAt: row.escalatedAt,
    delayRequest: row.delayRequest,
    delayApproved: row.delayApproved,
    demands: row.demands,
    reporterToldAt: row.reporterToldAt,
    commandRoomToldAt: row.commandRoomToldAt,
    possibleDuplicate: row.parse.possibleDuplicate ?? null,
    missing: row.missing,
  };
}

const toReporter = (row: ReporterRow): Reporter => ({
  personId: row.personId,
  channel: row.channel,
  platformUserId: row.platformUserId,
  first: row.first,
  rating: row.rating,
});

export const stepsOf = (db: Db, no: string): Promise<StepRow[]> =>
  db.orm
    .select()
    .from(eventSteps)
    .where(and(eq(eventSteps.site, db.site), eq(eventSteps.eventNo, no)))
    .orderBy(asc(eventSteps.id));

/** The event that a message already made; a message that is handled again makes none twice. */
export async function eventOfMessage(
  db: Db,
  messageId: string,
  item: number,
): Promise<string | null> {
  const [row] = await db.orm
    .select({ no: events.no })
    .from(events)
    .where(
      and(eq(events.site, db.site), eq(events.messageId, messageId), eq(events.messageItem, item)),
    );
  return row?.no ?? null;
}

/** Numbers of the events somebody reported or joined, newest first. */
export async function eventNosOfReporter(
  db: Db,
  reporter: { channel: string; platformUserId: string },
  since: Date,
  limit = 10,
): Promise<string[]> {
  const rows = await db.orm
    .select({ no: eventReporters.eventNo })
    .from(eventReporters)
    .where(
      and(
        eq(eventReporters.site, db.site),
        eq(eventReporters.channel, reporter.channel),
        eq(eventReporters.platformUserId, reporter.platformUserId),
        sql`${eventReporters.joinedAt} >= ${since.toISOString()}::timestamptz`,
      ),
    )
    .orderBy(desc(eventReporters.joinedAt), desc(eventReporters.id))
    .limit(limit);
  return rows.map((row) => row.no);
}

/** Open events of a grid since a moment, newest first: candidates for 「我家也是」 and for duplicates. */
export async function openEventNosOfGrid(
  db: Db,
  gridCode: string,
  since: Date,
  limit = 20,
): Promise<string[]> {
  const rows = await db.orm
    .select({ no: events.no })
    .from(events)
    .where(
      and(
        eq(events.site, db.site),
        eq(events.gridCode, gridCode),
        eq(events.confidential, false),
        sql`${events.status} not in ('closed', 'archived', 'rejected', 'merged', 'withdrawn')`,
        sql`${events.createdAt} >= ${since.toISOString()}::timestamptz`,
      ),
    )
    .orderBy(desc(events.createdAt), desc(events.no))
    .limit(limit);
  return rows.map((row) => row.no);
}

/** Drafts that nobody completed by `now`. */
export async function expiredDraftNos(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await db.orm
    .select({ no: events.no })
    .from(events)
    .where(
      and(
        eq(events.site, db.site),
        eq(events.status, "draft"),
        sql`${events.draftUntil} <= ${now.toISOString()}::timestamptz`,
      ),
    )
    .orderBy(asc(events.draftUntil))
    .limit(limit);
  return rows.map((row) => row.no);
}
