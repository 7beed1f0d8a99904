import { addDays, type Day } from "../time.ts";
import { firstOfMonth } from "./calendar-span.ts";

const MOON = new Intl.DateTimeFormat("en-u-ca-chinese", {
  month: "numeric",
  day: "numeric",
  timeZone: "UTC",
});

const moonDate = (day: Day): string => MOON.format(new Date(`${day}T00:00:00Z`));

/** The months of a year of the old calendar (农历) by their number, `4bis` for a leap month, and their first days. */
const years = new Map<number, Map<string, Day>>();

/**
 * The day of a date of the old calendar; month 13 is the first of the next year, and day 0 the day before a month.
 *
 * @returns null outside 1901–2100, and for a month that the year does not have
 */
export function moonDay(year: number, month: number, date: number, leap = false): Day | null {
  if (month === 13) return moonDay(year + 1, 1, date);
  if (year < 1901 || year > 2100) return null;
  const months = years.get(year) ?? monthsOf(year);
  years.set(year, months);
  const first = months.get(`${month}${leap ? "bis" : ""}`);
  return first === undefined ? null : addDays(first, date - 1);
}

/** 29 or 30 days. */
export const monthLength = (first: Day): number =>
  moonDate(addDays(first, 29)).endsWith("/1") ? 29 : 30;

/** The first month begins between 20 January and 21 February. */
function monthsOf(year: number): Map<string, Day> {
  const months = new Map<string, Day>();
  let day = addDays(firstOfMonth(year, 1), 19);
  while (moonDate(day) !== "1/1") day = addDays(day, 1);
  do {
    months.set(moonDate(day).split("/")[0] ?? "", day);
    day = addDays(day, monthLength(day));
  } while (moonDate(day) !== "1/1");
  return months;
}
