import { nextWorkday, type WorkCalendar } from "./calendar.ts";
import { type Day, localDay, localMinutes, MINUTE_MS, momentOf } from "./time.ts";

/**
 * How long something may take.
 * `naturalMinutes` run at night and on holidays (emergencies); `workMinutes` run only in working
 * hours; `workdays` end with the working hours of the n-th working day after the day of the start.
 */
export type Limit = { naturalMinutes: number } | { workMinutes: number } | { workdays: number };

/** When `limit`, begun at `start`, runs out. */
export function deadline(start: Date, limit: Limit, calendar: WorkCalendar): Date {
  if ("naturalMinutes" in limit)
    return new Date(start.getTime() + limit.naturalMinutes * MINUTE_MS);
  if ("workMinutes" in limit) return addWorkMinutes(start, limit.workMinutes, calendar);
  return addWorkdays(start, limit.workdays, calendar);
}

function addWorkMinutes(start: Date, minutes: number, calendar: WorkCalendar): Date {
  let left = minutes;
  let day = localDay(start);
  let from = localMinutes(start);
  if (!calendar.isWorkday(day)) [day, from] = [nextWorkday(calendar, day), 0];
  for (;;) {
    for (const [opens, closes] of calendar.hoursOf(day)) {
      const begins = Math.max(from, opens);
      if (begins >= closes) continue;
      if (left <= closes - begins) return momentOf(day, begins + left);
      left -= closes - begins;
    }
    [day, from] = [nextWorkday(calendar, day), 0];
  }
}

function addWorkdays(start: Date, days: number, calendar: WorkCalendar): Date {
  let day: Day = localDay(start);
  for (let counted = 0; counted < days; counted++) day = nextWorkday(calendar, day);
  return momentOf(day, closingTime(day, calendar));
}

/** When work ends on a day, in minutes after midnight; where nobody works that day, when the day ends. */
const closingTime = (day: Day, calendar: WorkCalendar): number =>
  calendar.hoursOf(day).at(-1)?.[1] ?? 24 * 60;

/** Working minutes between two moments; 0 when `end` is not after `start`. */
export function workMinutesBetween(start: Date, end: Date, calendar: WorkCalendar): number {
  let total = 0;
  const lastDay = localDay(end);
  for (let day = localDay(start); day <= lastDay; day = nextWorkday(calendar, day)) {
    if (!calendar.isWorkday(day)) continue;
    const from = day === localDay(start) ? localMinutes(start) : 0;
    const to = day === lastDay ? localMinutes(end) : 24 * 60;
    for (const [opens, closes] of calendar.hoursOf(day)) {
      total += Math.max(0, Math.min(closes, to) - Math.max(opens, from));
    }
  }
  return total;
}
