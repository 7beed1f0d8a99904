import { and, arrayOverlaps, asc, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { ROLES, type Role } from "../../services/domain/actor.ts";
import { ALARM_KIND_NAMES, ALARM_RULES } from "../../services/domain/alarm.ts";
import type { ReminderOrg, ReminderSubject } from "../../services/domain/reminder-directory.ts";
import type { Db } from "../client.ts";
import {
  callTickets,
  eventAssignees,
  events,
  groups,
  obligations,
  orgs,
  people,
} from "../schema/index.ts";
import { findAlarms } from "./alarms.ts";
import type { ObligationRow } from "./obligations.ts";
import { type Account, accountsOfPerson } from "./people.ts";

const open = () => and(isNull(obligations.fulfilledAt), isNull(obligations.canceledAt));
const moment = (at: Date) => sql`${at.toISOString()}::timestamptz`;

/**
 * Open duties of which something is to be said by `now`, the longest due first, held until the
 * transaction ends. What another instance holds is left to it.
 */
export const claimDueDuties = (tx: Db, now: Date, limit: number): Promise<ObligationRow[]> =>
  tx.orm
    .select()
    .from(obligations)
    .where(
      and(
        eq(obligations.site, tx.site),
        open(),
        sql`${obligations.nextReminderAt} <= ${moment(now)}`,
      ),
    )
    .orderBy(asc(obligations.nextReminderAt))
    .limit(limit)
    .for("update", { skipLocked: true });

/** Open duties nobody planned a reminder for, held until the transaction ends. */
export const claimUnplannedDuties = (tx: Db, limit: number): Promise<ObligationRow[]> =>
  tx.orm
    .select()
    .from(obligations)
    .where(and(eq(obligations.site, tx.site), open(), isNull(obligations.nextReminderAt)))
    .limit(limit)
    .for("update", { skipLocked: true });

export interface PlannedDuty {
  id: string;
  step: number;
  nextReminderAt: Date;
}

/** Writes down what was said last and when something is said next. */
export async function planReminders(tx: Db, planned: readonly PlannedDuty[]): Promise<void> {
  if (planned.length === 0) return;
  const column = <T>(values: readonly T[]) => sql.param(values);
  await tx.orm.execute(sql`
    update obligations o set step = p.step, next_reminder_at = p.next_at
    from unnest(
      ${column(planned.map(({ id }) => id))}::uuid[],
      ${column(planned.map(({ step }) => step))}::int[],
      ${column(planned.map(({ nextReminderAt }) => nextReminderAt.toISOString()))}::timestamptz[]
    ) as p(id, step, next_at)
    where o.site = ${tx.site} and o.id = p.id`);
}

/** Which of these duties are still open. */
export async function stillOpen(db: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.orm
    .select({ id: obligations.id })
    .from(obligations)
    .where(and(eq(obligations.site, db.site), inArray(obligations.id, [...ids]), open()));
  return new Set(rows.map((row) => row.id));
}

/** When the longest waiting reminder was to be said; null when none is due. */
export async function oldestDueReminder(db: Db, now: Date): Promise<Date | null> {
  const [row] = await db.orm
    .select({ at: obligations.nextReminderAt })
    .from(obligations)
    .where(
      and(
        eq(obligations.site, db.site),
        open(),
        sql`${obligations.nextReminderAt} <= ${moment(now)}`,
      ),
    )
    .orderBy(asc(obligations.nextReminderAt))
    .limit(1);
  return row?.at ?? null;
}

/** What these duties are about, by number. */
export async function reminderSubjects(
  db: Db,
  duties: readonly Pick<ObligationRow, "subjectType" | "subjectNo">[],
): Promise<Map<string, ReminderSubject>> {
  const nos = (type: ReminderSubject["type"]) => [
    ...new Set(duties.filter((duty) => duty.subjectType === type).map((duty) => duty.subjectNo)),
  ];
  const subjects = [
    ...(await eventSubjects(db, nos("event"))),
    ...(await callSubjects(db, nos("callTicket"))),
    ...(await alarmSubjects(db, nos("alarm"))),
  ];
  return new Map(subjects.map((subject) => [subject.no, subject]));
}

async function eventSubjects(db: Db, nos: readonly string[]): Promise<ReminderSubject[]> {
  if (nos.length === 0) return [];
  const rows = await db.orm
    .select({
      no: events.no,
      summary: events.summary,
      streetCode: events.streetCode,
      gridCode: events.gridCode,
      confidential: events.confidential,
    })
    .from(events)
    .where(and(eq(events.site, db.site), inArray(events.no, [...nos])));
  const handlers = await eventHandlers(db, nos);
  return rows.map((row) => ({ ...row, type: "event", handlers: handlers.get(row.no) ?? [] }));
}

/** Who signed for these events, or dealt with them themselves. */
async function eventHandlers(db: Db, nos: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db.orm
    .selectDistinct({ no: eventAssignees.eventNo, personId: eventAssignees.personId })
    .from(eventAssignees)
    .where(
      and(
        eq(eventAssignees.site, db.site),
        inArray(eventAssignees.eventNo, [...nos]),
        isNotNull(eventAssignees.signedAt),
        isNull(eventAssignees.endedAt),
      ),
    );
  const handlers = new Map<string, string[]>();
  for (const { no, personId } of rows) {
    if (personId !== null) handlers.set(no, [...(handlers.get(no) ?? []), personId]);
  }
  return handlers;
}

async function callSubjects(db: Db, nos: readonly string[]): Promise<ReminderSubject[]> {
  if (nos.length === 0) return [];
  const rows = await db.orm
    .select({
      no: callTickets.no,
      summary: callTickets.summary,
      streetCode: callTickets.streetCode,
    })
    .from(callTickets)
    .where(and(eq(callTickets.site, db.site), inArray(callTickets.no, [...nos])));
  return rows.map((row) => ({
    ...row,
    type: "callTicket",
    gridCode: null,
    confidential: false,
    handlers: [],
  }));
}

/** What is in somebody's home is named to nobody but those it is told to one by one. */
async function alarmSubjects(db: Db, nos: readonly string[]): Promise<ReminderSubject[]> {
  return (await findAlarms(db, nos)).map(({ no, kind, streetCode, gridCode }) => ({
    type: "alarm",
    no,
    summary: ALARM_KIND_NAMES[kind],
    streetCode,
    gridCode,
    confidential: ALARM_RULES[kind].home,
    handlers: [],
  }));
}

/** Everybody with a role, as far as reminders have to know them. */
export interface Official {
  id: string;
  name: string;
  orgCode: string;
  roles: Role[];
  gridCodes: string[];
  dingtalkUserId: string | null;
  accounts: Account[];
}

export interface WorkGroup {
  channel: string;
  conversationId: string;
  orgCode: string | null;
}

/** The active registry in three statements, whatever the number of duties. */
export async function readReminderRegistry(
  db: Db,
): Promise<{ orgs: ReminderOrg[]; people: Official[]; workGroups: WorkGroup[] }> {
  return {
    orgs: await db.orm
      .select({ code: orgs.code, name: orgs.name, type: orgs.type, parentCode: orgs.parentCode })
      .from(orgs)
      .where(and(eq(orgs.site, db.site), eq(orgs.active, true))),
    people: await db.orm
      .select({
        id: people.id,
        name: people.name,
        orgCode: people.orgCode,
        roles: people.roles,
        gridCodes: people.gridCodes,
        dingtalkUserId: people.dingtalkUserId,
        accounts: accountsOfPerson(db),
      })
      .from(people)
      .where(
        and(
          eq(people.site, db.site),
          eq(people.active, true),
          arrayOverlaps(people.roles, [...ROLES]),
        ),
      )
      .orderBy(asc(people.id)),
    workGroups: await db.orm
      .select({
        channel: groups.channel,
        conversationId: groups.conversationId,
        orgCode: groups.orgCode,
      })
      .from(groups)
      .where(and(eq(groups.site, db.site), eq(groups.active, true), eq(groups.kind, "work")))
      .orderBy(asc(groups.channel), asc(groups.conversationId)),
  };
}
