import { previousWorkday, type WorkCalendar } from "./calendar.ts";
import { deadline, type Limit, workMinutesBetween } from "./deadline.ts";
import { LADDERS, type Ladder } from "./obligation.ts";
import { dayAfter, isEmergency, type SpokenDuty, speakableFrom } from "./reminder-hours.ts";
import { DAY_MS, localDay, localMinutes, MINUTE_MS, momentOf } from "./time.ts";

export const REMINDER_KINDS = ["halfTime", "yellowCard", "due", "redCard", "overdue"] as const;
export type ReminderKind = (typeof REMINDER_KINDS)[number];

export const REMINDER_AUDIENCES = ["owner", "commandRoom", "leader", "supervisor"] as const;
export type ReminderAudience = (typeof REMINDER_AUDIENCES)[number];

/** What of an obligation its reminders follow from. */
export interface RemindedDuty extends SpokenDuty {
  openedAt: Date;
  dueAt: Date;
  policy: { limit: Limit; ladder: Ladder };
  /** the last rung that was said; 0 before any was */
  step: number;
}

/** One rung of the ladder. */
export interface Reminder {
  /** grows with time and never repeats for one deadline */
  step: number;
  kind: ReminderKind;
  at: Date;
  /** days overdue that count: working days, or all days where the duty runs in natural time */
  overdueDays: number;
  audience: readonly ReminderAudience[];
}

const LONG_MINUTES = 4 * 60;
const MORNING = 9 * 60;
const SUPERVISOR_DAYS = 3;
const SHORTEST_EMERGENCY_WAIT_MS = 10 * MINUTE_MS;

/** Half time is 1, yellow card and notice of the deadline 2 and 3 in the order of their moments. */
const BEFORE = { half: 1, first: 2, second: 3 } as const;
const RED_STEP = 4;

/**
 * Every moment at which a duty is spoken of as long as it stays open, in order and without end
 * (contract section 6): half time, yellow card, notice at the deadline, red card, then each day.
 *
 * - Half time is left out for limits up to 4 hours, and where a card or the notice comes first.
 * - The yellow card comes one working day before the deadline; where that is before half time, at
 *   three quarters. A limit of one day has its notice (09:00) before its yellow card.
 * - Days overdue count after the day of the deadline, or after the day the duty was opened if it was
 *   opened late.
 *
 * @throws on a ladder this version does not know
 */
export function* remindersOf(duty: RemindedDuty, calendar: WorkCalendar): Generator<Reminder> {
  if (!LADDERS.includes(duty.policy.ladder)) {
    throw new Error(
      `The reminder ladder "${duty.policy.ladder}" is unknown. It was kept by a newer version: update this one.`,
    );
  }
  yield* beforeTheDeadline(duty, calendar);
  const red = redCard(duty, calendar);
  yield red;
  yield* eachDayAfter(red, duty, calendar);
}

/** The strongest reminder that is due and not yet said; null when none is. What it skips is never said. */
export function dueReminder(
  duty: RemindedDuty,
  now: Date,
  calendar: WorkCalendar,
): Reminder | null {
  let due: Reminder | null = null;
  for (const reminder of remindersOf(duty, calendar)) {
    if (reminder.at > now) break;
    if (reminder.step > duty.step) due = reminder;
  }
  return due;
}

/** The first reminder after `now`. Every open duty has one: nothing is ever forgotten. */
export function nextReminder(duty: RemindedDuty, now: Date, calendar: WorkCalendar): Reminder {
  for (const reminder of remindersOf(duty, calendar)) {
    if (reminder.at > now && reminder.step > duty.step) return reminder;
  }
  throw new Error("A ladder of reminders ended. It must go on for as long as a duty is open.");
}

function* beforeTheDeadline(duty: RemindedDuty, calendar: WorkCalendar): Generator<Reminder> {
  if (duty.dueAt <= duty.openedAt) return;
  const said = (at: Date) => speakableFrom(at, duty, calendar);
  const half = pointOf(duty, 0.5, calendar);
  const dayBefore = oneDayBefore(duty.dueAt, duty, calendar);
  const yellow = said(dayBefore >= half ? dayBefore : pointOf(duty, 0.75, calendar));
  const due = said(noticeMoment(duty));
  const [first, second]: [PlainRung, PlainRung] =
    yellow <= due
      ? [
          { kind: "yellowCard", at: yellow },
          { kind: "due", at: due },
        ]
      : [
          { kind: "due", at: due },
          { kind: "yellowCard", at: yellow },
        ];

  if (isLong(duty, calendar) && said(half) < first.at) {
    yield rung({ kind: "halfTime", at: said(half) }, BEFORE.half);
  }
  yield rung(first, BEFORE.first, audienceOf(first, duty));
  yield rung(second, BEFORE.second, audienceOf(second, duty));
}

/** That an emergency's time is up, as for a signature afterwards, is the command room's business at once. */
const audienceOf = ({ kind }: PlainRung, duty: RemindedDuty): Reminder["audience"] =>
  kind === "due" && isEmergency(duty) ? ["owner", "commandRoom"] : ["owner"];

type PlainRung = Pick<Reminder, "kind" | "at">;

const rung = (
  plain: PlainRung,
  step: number,
  audience: Reminder["audience"] = ["owner"],
): Reminder => ({ ...plain, step, overdueDays: 0, audience });

function redCard(duty: RemindedDuty, calendar: WorkCalendar): Reminder {
  const late = lateFrom(duty);
  const morning = momentOf(dayAfter(localDay(late), duty, calendar), MORNING);
  const red: Reminder = {
    step: RED_STEP,
    kind: "redCard",
    at: morning,
    overdueDays: 1,
    audience: ["owner", "commandRoom"],
  };
  if (!isEmergency(duty)) return red;
  // An emergency does not wait for the morning: once more its limit, and its leaders hear of it.
  const wait = Math.max(SHORTEST_EMERGENCY_WAIT_MS, duty.dueAt.getTime() - duty.openedAt.getTime());
  const audience = ["owner", "commandRoom", "leader"] as const;
  const soon = new Date(late.getTime() + wait);
  return soon < morning ? { ...red, at: soon, overdueDays: 0, audience } : { ...red, audience };
}

function* eachDayAfter(
  red: Reminder,
  duty: RemindedDuty,
  calendar: WorkCalendar,
): Generator<Reminder> {
  let day = localDay(lateFrom(duty));
  for (let overdueDays = 1; ; overdueDays++) {
    day = dayAfter(day, duty, calendar);
    if (overdueDays <= red.overdueDays) continue;
    yield {
      step: RED_STEP + overdueDays - red.overdueDays,
      kind: "overdue",
      at: momentOf(day, MORNING),
      overdueDays,
      audience:
        overdueDays < SUPERVISOR_DAYS
          ? ["owner", "commandRoom", "leader"]
          : ["owner", "commandRoom", "leader", "supervisor"],
    };
  }
}

const lateFrom = ({ dueAt, openedAt }: RemindedDuty): Date =>
  new Date(Math.max(dueAt.getTime(), openedAt.getTime()));

/** 09:00 of the day for limits in days, else the deadline itself. */
function noticeMoment({ policy, openedAt, dueAt }: RemindedDuty): Date {
  const morning = momentOf(localDay(dueAt), MORNING);
  return "workdays" in policy.limit && openedAt < morning && morning < dueAt ? morning : dueAt;
}

function oneDayBefore(at: Date, duty: RemindedDuty, calendar: WorkCalendar): Date {
  return duty.natural
    ? new Date(at.getTime() - DAY_MS)
    : momentOf(previousWorkday(calendar, localDay(at)), localMinutes(at));
}

function isLong(duty: RemindedDuty, calendar: WorkCalendar): boolean {
  const minutes = duty.natural
    ? (duty.dueAt.getTime() - duty.openedAt.getTime()) / MINUTE_MS
    : workMinutesBetween(duty.openedAt, duty.dueAt, calendar);
  return minutes > LONG_MINUTES;
}

/** The moment at which `share` of the time allowed is used up, in the time the duty runs in. */
function pointOf(duty: RemindedDuty, share: number, calendar: WorkCalendar): Date {
  const { openedAt, dueAt } = duty;
  const minutes = duty.natural ? 0 : workMinutesBetween(openedAt, dueAt, calendar);
  return minutes === 0
    ? new Date(openedAt.getTime() + share * (dueAt.getTime() - openedAt.getTime()))
    : deadline(openedAt, { workMinutes: minutes * share }, calendar);
}
