import { addDays, DAY_MS, type Day, localDay, momentOf } from "./time.ts";

/** A period of time: from the first moment on, before the last. */
export interface ClosedPeriod {
  from: Date;
  to: Date;
}

/**
 * What a period is compared with (环比). Whole months: as many months before. A month that is not over, or
 * a part of one from its first day on: the same days of the month before. Anything else: as long before.
 */
export function previousPeriod({ from, to }: ClosedPeriod): ClosedPeriod {
  const first = monthOf(from);
  if (isDayStart(from) && isDayStart(to) && first.day === 1) {
    const end = monthOf(to);
    if (end.day === 1) {
      const months = end.month - first.month;
      return { from: startOf(first.month - months, 1), to: from };
    }
    if (end.month === first.month) {
      return { from: startOf(first.month - 1, 1), to: startOf(first.month - 1, end.day) };
    }
  }
  const length = to.getTime() - from.getTime();
  return { from: new Date(from.getTime() - length), to: from };
}

/** The same days a year before (同比); 29 February is then 1 March. */
export function lastYear({ from, to }: ClosedPeriod): ClosedPeriod {
  return { from: aYearBefore(from), to: aYearBefore(to) };
}

function aYearBefore(at: Date): Date {
  const { month, day } = monthOf(at);
  const sinceMidnight = at.getTime() - momentOf(localDay(at), 0).getTime();
  return new Date(startOf(month - 12, day).getTime() + sinceMidnight);
}

export const TREND_UNITS = ["day", "week", "month"] as const;
export type TrendUnit = (typeof TREND_UNITS)[number];

/** Days up to which a trend is told by the day, then by the week, then by the month. */
const BY_DAY = 62;
const BY_WEEK = 400;

export function trendUnit(first: Day, last: Day): TrendUnit {
  const days = (Date.parse(last) - Date.parse(first)) / DAY_MS;
  if (days <= BY_DAY) return "day";
  return days <= BY_WEEK ? "week" : "month";
}

/** The first day of the day, week (from Monday) or month in which a day lies. */
export function beginningOf(day: Day, unit: TrendUnit): Day {
  if (unit === "day") return day;
  if (unit === "month") return `${day.slice(0, 8)}01`;
  const sinceMonday = (new Date(day).getUTCDay() + 6) % 7;
  return addDays(day, -sinceMonday);
}

/** The first day of the next one. @param beginning - as `beginningOf` says it */
export function nextBeginning(beginning: Day, unit: TrendUnit): Day {
  if (unit === "day") return addDays(beginning, 1);
  if (unit === "week") return addDays(beginning, 7);
  return beginningOf(addDays(beginning, 31), "month");
}

const isDayStart = (at: Date): boolean => momentOf(localDay(at), 0).getTime() === at.getTime();

/** @returns months since the year 0, and the day of the month from 1 */
function monthOf(at: Date): { month: number; day: number } {
  const [year = 0, month = 1, day = 1] = localDay(at).split("-").map(Number);
  return { month: year * 12 + month - 1, day };
}

/** The start of a day of a month; beyond the month's end it is the start of the next month. */
function startOf(month: number, day: number): Date {
  const year = Math.floor(month / 12);
  const first = `${String(year).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}-01`;
  const wanted = addDays(first, day - 1);
  return momentOf(
    wanted.slice(0, 7) === first.slice(0, 7) ? wanted : beginningOf(wanted, "month"),
    0,
  );
}
