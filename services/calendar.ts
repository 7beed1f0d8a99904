import chineseDays from "chinese-days";
import {
  type DayKind,
  DEFAULT_WORKING_HOURS,
  type Stretch,
  type WorkCalendar,
  type WorkingHours,
} from "./domain/calendar.ts";
import type { Day } from "./domain/time.ts";

/** Days the district works or rests against the national calendar, from `calendar.csv`. */
export type CalendarOverrides = ReadonlyMap<Day, DayKind>;

/**
 * The national calendar with its make-up working days (chinese-days), then the district's own days.
 * A year that the State Council has not announced yet counts Monday to Friday.
 */
export function makeCalendar(
  overrides: CalendarOverrides = new Map(),
  hours: WorkingHours = DEFAULT_WORKING_HOURS,
): WorkCalendar {
  const whole: readonly Stretch[] = [hours.morning, hours.afternoon];
  const national = new Map<Day, boolean>();
  return { isWorkday: (day) => kindOf(day) !== "holiday", hoursOf };

  function hoursOf(day: Day): readonly Stretch[] {
    const kind = kindOf(day);
    if (kind === "holiday") return [];
    return kind === "workday" ? whole : [hours[kind]];
  }

  function kindOf(day: Day): DayKind {
    return overrides.get(day) ?? (isWorkedNationally(day) ? "workday" : "holiday");
  }

  function isWorkedNationally(day: Day): boolean {
    const remembered = national.get(day);
    if (remembered !== undefined) return remembered;
    const worked = chineseDays.isWorkday(day);
    national.set(day, worked);
    return worked;
  }
}
