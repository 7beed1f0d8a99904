import chineseDays from "chinese-days";
import { makeCalendar } from "./calendar.ts";
import type { DayKind } from "./domain/calendar.ts";
import { addDays, type Day } from "./domain/time.ts";

/** A day as people look at it: what it is, and who says so. */
export interface CalendarDay {
  date: Day;
  kind: DayKind;
  /** `week`: as weeks go; `statutory`: a holiday or a make-up day of the State Council; `district`: our own */
  source: "week" | "statutory" | "district";
  /** what the holiday is called */
  name: string | null;
}

/** Every day of a year. @param own - the district's own days */
export function calendarYear(year: number, own: ReadonlyMap<Day, DayKind>): CalendarDay[] {
  const calendar = makeCalendar(own);
  const days: CalendarDay[] = [];
  for (let date = `${year}-01-01`; date <= `${year}-12-31`; date = addDays(date, 1)) {
    const isWeekday = ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
    const statutory = chineseDays.isWorkday(date) !== isWeekday;
    // 「元旦」 stands second in what the package calls a day that is none like others.
    const name = chineseDays.getDayDetail(date).name.split(",")[1] ?? null;
    days.push({
      date,
      kind: calendar.kindOf(date),
      source: own.has(date) ? "district" : statutory || name !== null ? "statutory" : "week",
      name,
    });
  }
  return days;
}
