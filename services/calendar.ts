import chineseDays from "chinese-days";
import {
  type DayKind,
  DEFAULT_WORKING_HOURS,
  type Stretch,
  type WorkCalendar,
  type WorkingHours,
} from "./domain/calendar.ts";
import { addDays, type Day } from "./domain/time.ts";

/** Days the district works or rests against the national calendar, from `calendar.csv`. */
export type CalendarOverrides = ReadonlyMap<Day, DayKind>;

/** A calendar that can also be written down. */
export interface DistrictCalendar extends WorkCalendar {
  kindOf(day: Day): DayKind;
  hours: WorkingHours;
}

/**
 * The national calendar with its make-up working days (chinese-days), then the district's own days.
 * A year that the State Council has not announced yet counts Monday to Friday.
 *
 * @param isWorked - of a day that the district says nothing about
 */
export function makeCalendar(
  overrides: CalendarOverrides = new Map(),
  hours: WorkingHours = DEFAULT_WORKING_HOURS,
  isWorked: (day: Day) => boolean = remembered(chineseDays.isWorkday),
): DistrictCalendar {
  const whole: readonly Stretch[] = [hours.morning, hours.afternoon];
  const kindOf = (day: Day): DayKind =>
    overrides.get(day) ?? (isWorked(day) ? "workday" : "holiday");
  return {
    hours,
    kindOf,
    isWorkday: (day) => kindOf(day) !== "holiday",
    hoursOf(day) {
      const kind = kindOf(day);
      if (kind === "holiday") return [];
      return kind === "workday" ? whole : [hours[kind]];
    },
  };
}

/** A calendar as it was written down: days that differ from Monday to Friday, and the hours. */
export interface WrittenCalendar {
  days: [Day, DayKind][];
  hours: WorkingHours;
}

/** Writes down the years from `first` to `last`, both included. */
export function writeCalendar(
  calendar: DistrictCalendar,
  first: number,
  last: number,
): WrittenCalendar {
  const days: [Day, DayKind][] = [];
  for (let day = `${first}-01-01`; day <= `${last}-12-31`; day = addDays(day, 1)) {
    const kind = calendar.kindOf(day);
    if (kind !== (isWeekday(day) ? "workday" : "holiday")) days.push([day, kind]);
  }
  return { days, hours: calendar.hours };
}

export const readWrittenCalendar = ({ days, hours }: WrittenCalendar): DistrictCalendar =>
  makeCalendar(new Map(days), hours, isWeekday);

const isWeekday = (day: Day): boolean => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

function remembered(isWorked: (day: Day) => boolean): (day: Day) => boolean {
  const known = new Map<Day, boolean>();
  return (day) => {
    const before = known.get(day);
    if (before !== undefined) return before;
    const worked = isWorked(day);
    known.set(day, worked);
    return worked;
  };
}
