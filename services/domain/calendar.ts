import { addDays, type Day } from "./time.ts";

/** A stretch of a working day, in minutes after local midnight: `[510, 720]` is 08:30–12:00. */
export type Stretch = readonly [start: number, end: number];

export const DAY_PARTS = ["morning", "afternoon"] as const;
export type DayPart = (typeof DAY_PARTS)[number];

/** When a district works on a whole day. */
export type WorkingHours = Readonly<Record<DayPart, Stretch>>;

/** 08:30–12:00 and 14:00–17:30 unless the district sets others (`working-hours.csv`). */
export const DEFAULT_WORKING_HOURS: WorkingHours = { morning: [510, 720], afternoon: [840, 1050] };

/** What `calendar.csv` may make of a day; `morning` and `afternoon` are half days, worked then only. */
export const DAY_KINDS = ["workday", "holiday", ...DAY_PARTS] as const;
export type DayKind = (typeof DAY_KINDS)[number];

/** Knows which days are worked (节假日 and 调休 included) and when. A half day is a working day. */
export interface WorkCalendar {
  isWorkday(day: Day): boolean;
  /** in order; empty on a day off */
  hoursOf(day: Day): readonly Stretch[];
}

const LONGEST_HOLIDAY_DAYS = 60;

/** The first working day after `day`. Throws when the calendar never works again. */
export function nextWorkday(calendar: WorkCalendar, day: Day): Day {
  let candidate = addDays(day, 1);
  for (let looked = 0; looked < LONGEST_HOLIDAY_DAYS; looked++) {
    if (calendar.isWorkday(candidate)) return candidate;
    candidate = addDays(candidate, 1);
  }
  throw new Error(
    `No working day within ${LONGEST_HOLIDAY_DAYS} days after ${day}. Check calendar.csv: a year may be marked as holiday.`,
  );
}

/** The last working day before `day`. */
export function previousWorkday(calendar: WorkCalendar, day: Day): Day {
  let candidate = addDays(day, -1);
  for (let looked = 0; looked < LONGEST_HOLIDAY_DAYS; looked++) {
    if (calendar.isWorkday(candidate)) return candidate;
    candidate = addDays(candidate, -1);
  }
  throw new Error(
    `No working day within ${LONGEST_HOLIDAY_DAYS} days before ${day}. Check calendar.csv.`,
  );
}
