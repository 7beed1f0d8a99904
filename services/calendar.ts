import chineseDays from "chinese-days";
import { DEFAULT_WORKING_HOURS, type WorkCalendar, type WorkingHours } from "./domain/calendar.ts";
import type { Day } from "./domain/time.ts";

/** Days the district works or rests against the national calendar, from `calendar.csv`. */
export type CalendarOverrides = ReadonlyMap<Day, "workday" | "holiday">;

/**
 * The national calendar with its make-up working days (chinese-days), then the district's own days.
 * A year that the State Council has not announced yet counts Monday to Friday.
 */
export function makeCalendar(
  overrides: CalendarOverrides = new Map(),
  hours: WorkingHours = DEFAULT_WORKING_HOURS,
): WorkCalendar {
  const known = new Map<Day, boolean>();
  return {
    hours,
    isWorkday(day) {
      const override = overrides.get(day);
      if (override !== undefined) return override === "workday";
      const remembered = known.get(day);
      if (remembered !== undefined) return remembered;
      const worked = chineseDays.isWorkday(day);
      known.set(day, worked);
      return worked;
    },
  };
}
