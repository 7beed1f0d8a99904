import { nextWorkday, type WorkCalendar } from "./calendar.ts";
import { deadline, type Limit, workMinutesBetween } from "./deadline.ts";
import { type Day, localDay, localMinutes } from "./time.ts";

/** A deadline that was counted by a calendar. */
export interface CountedDeadline {
  /** from when it counts */
  start: Date;
  dueAt: Date;
  limit: Limit;
}

/**
 * The same deadline by another calendar: as much working time after its start as before, so that a delay
 * that was granted and a consultation it stood still for stay in it. Natural time knows no calendar.
 */
export function recounted(
  { start, dueAt, limit }: CountedDeadline,
  before: WorkCalendar,
  after: WorkCalendar,
): Date {
  if ("naturalMinutes" in limit || dueAt <= start) return dueAt;
  if ("workdays" in limit && endsItsDay(dueAt, before))
    return deadline(start, { workdays: workdaysBetween(start, dueAt, before) }, after);
  const workMinutes = workMinutesBetween(start, dueAt, before);
  return workMinutes === 0 ? dueAt : deadline(start, { workMinutes }, after);
}

const endsItsDay = (at: Date, calendar: WorkCalendar): boolean =>
  calendar.hoursOf(localDay(at)).at(-1)?.[1] === localMinutes(at);

/** Working days after the day of `start` up to the day of `end`. */
function workdaysBetween(start: Date, end: Date, calendar: WorkCalendar): number {
  const last = localDay(end);
  let count = 0;
  for (let day: Day = nextWorkday(calendar, localDay(start)); day <= last; ) {
    count += 1;
    day = nextWorkday(calendar, day);
  }
  return count;
}
