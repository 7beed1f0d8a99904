import type { Database, Db } from "../../db/client.ts";
import { appendCallStep } from "../../db/queries/call-writes.ts";
import { findCall } from "../../db/queries/calls.ts";
import { appendStep } from "../../db/queries/event-writes.ts";
import { findEvent } from "../../db/queries/events.ts";
import { moveObligation, type ObligationRow } from "../../db/queries/obligations.ts";
import { dutiesDueFrom, eventsDueFrom, moveEventDue } from "../../db/queries/recount.ts";
import { keepCountedCalendar, lockCountedCalendar } from "../../db/queries/rules.ts";
import { type DistrictCalendar, readWrittenCalendar, writeCalendar } from "../calendar.ts";
import { SYSTEM } from "../domain/actor.ts";
import { DAY_PARTS, type WorkCalendar } from "../domain/calendar.ts";
import { shorterDue } from "../domain/hotline/due.ts";
import { DUTY_NAMES, type Duty } from "../domain/obligation.ts";
import { recounted } from "../domain/recount.ts";
import { nextReminder } from "../domain/reminder.ts";
import { localDay, momentOf, spokenTime } from "../domain/time.ts";
import type { Office } from "./office.ts";
import { recountCallLimits } from "./recount-call-limits.ts";
import { tellMovedDeadlines } from "./tell-moved-deadlines.ts";

/** A deadline that is another now. */
export interface MovedDeadline {
  duty: ObligationRow;
  to: Date;
}

/** Steps that a hotline's deadline holds for as well. */
const BEFORE_THE_WORK: readonly Duty[] = ["accept", "assign", "sign"];

/** How far ahead of this year deadlines are looked after. */
const YEARS_AHEAD = 2;

/**
 * Counts the open deadlines anew when the calendar has changed since they were counted: a holiday was
 * announced, a day was made up, hours were changed. Openly: each subject's history says what moved, and
 * whoever owes it is told. Of any number of instances one does it.
 *
 * @returns how many deadlines moved
 */
export function recountDeadlines(
  database: Database,
  office: Office,
  calendar: DistrictCalendar,
): Promise<number> {
  const now = office.clock.now();
  const year = Number(localDay(now).slice(0, 4));
  return database.transaction(async (tx) => {
    const counted = await lockCountedCalendar(tx);
    const present = writeCalendar(calendar, year - 1, year + YEARS_AHEAD);
    const changedFrom = counted === null ? null : firstDifference(counted, present, year);
    if (counted !== null && changedFrom === null) return 0;
    await keepCountedCalendar(tx, { ...present, at: now });
    if (counted === null || changedFrom === null) return 0;
    const moved = await recountFrom(
      tx,
      office,
      changedFrom,
      readWrittenCalendar(counted),
      calendar,
    );
    await noteOnSubjects(tx, moved, now);
    await tellMovedDeadlines(tx, office, moved);
    return moved.length;
  });
}

type Written = ReturnType<typeof writeCalendar>;

/** The first moment on which two calendars differ, from last year on; null where they do not. */
function firstDifference(before: Written, after: Written, year: number): Date | null {
  if (DAY_PARTS.some((part) => String(before.hours[part]) !== String(after.hours[part])))
    return momentOf(`${year - 1}-01-01`, 0);
  const known = new Map(before.days);
  const present = new Map(after.days);
  const [first] = [...new Set([...known.keys(), ...present.keys()])]
    .filter((day) => day >= `${year - 1}-01-01` && known.get(day) !== present.get(day))
    .sort();
  return first === undefined ? null : momentOf(first, 0);
}

async function recountFrom(
  tx: Db,
  office: Office,
  from: Date,
  before: WorkCalendar,
  after: WorkCalendar,
): Promise<MovedDeadline[]> {
  const now = office.clock.now();
  const ofEvents = await recountEvents(tx, office, from, before, after);
  const ofCalls = await recountCallLimits(tx, office, before, after);
  const moved: MovedDeadline[] = [];
  for (const duty of await dutiesDueFrom(tx, from)) {
    const to = dueOf(duty);
    if (to.getTime() === duty.dueAt.getTime()) continue;
    const again = { ...duty, dueAt: to, step: 0 };
    const nextReminderAt = nextReminder(again, now, after).at;
    await moveObligation(tx, duty.id, { dueAt: to, step: 0, nextReminderAt });
    moved.push({ duty, to });
  }
  return moved;

  function dueOf(duty: ObligationRow): Date {
    const event = ofEvents.get(duty.subjectNo);
    const carried =
      duty.duty === "complete"
        ? event?.complete
        : ofCalls.get(`${duty.subjectNo} ${duty.ownerOrg} ${duty.duty}`);
    const { openedAt: start, dueAt, policy } = duty;
    if (carried !== undefined) return carried;
    const to = recounted({ start, dueAt, limit: policy.limit }, before, after);
    return BEFORE_THE_WORK.includes(duty.duty) ? shorterDue(to, event?.hotline ?? null) : to;
  }
}

interface EventDue {
  complete: Date;
  /** a hotline's deadline: it is a day of the hotline's, whatever our calendar says */
  hotline: Date | null;
}

/** The work of events is due at a time of their own, which their duty follows. */
async function recountEvents(
  tx: Db,
  office: Office,
  from: Date,
  before: WorkCalendar,
  after: WorkCalendar,
): Promise<Map<string, EventDue>> {
  const dues = new Map<string, EventDue>();
  for (const { no, urgency, start, dueAt, hotlineDueAt } of await eventsDueFrom(tx, from)) {
    const limit = office.policy.events[urgency].complete;
    const own = recounted({ start, dueAt, limit }, before, after);
    const to = shorterDue(own, hotlineDueAt);
    if (own.getTime() !== dueAt.getTime())
      await moveEventDue(tx, no, {
        dueAt: to,
        ...(hotlineDueAt === null ? {} : { ownDueAt: own }),
      });
    dues.set(no, { complete: to, hotline: hotlineDueAt });
  }
  return dues;
}

/** One step in the history of each subject, whatever number of its deadlines moved. */
async function noteOnSubjects(tx: Db, moved: readonly MovedDeadline[], at: Date): Promise<void> {
  const bySubject = new Map<string, MovedDeadline[]>();
  for (const one of moved)
    bySubject.set(one.duty.subjectNo, [...(bySubject.get(one.duty.subjectNo) ?? []), one]);
  for (const [no, deadlines] of bySubject) {
    const note = `日历有变:${deadlines
      .map(
        ({ duty, to }) => `${DUTY_NAMES[duty.duty]} ${spokenTime(duty.dueAt)} → ${spokenTime(to)}`,
      )
      .join("、")}`;
    const step = { at, action: "recount" as const, actor: SYSTEM, note, messageId: null };
    if (deadlines[0]?.duty.subjectType === "event") {
      const status = (await findEvent(tx, no))?.row.status;
      if (status !== undefined)
        await appendStep(tx, { ...step, eventNo: no, from: status, to: status });
    } else if (deadlines[0]?.duty.subjectType === "callTicket") {
      const status = (await findCall(tx, no))?.row.status;
      if (status !== undefined)
        await appendCallStep(tx, { ...step, callNo: no, from: status, to: status });
    }
  }
}
