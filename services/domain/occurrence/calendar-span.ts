import { addDays, type Day, momentOf } from "../time.ts";

/** From `from` on, up to but without `to`. */
export interface TimeSpan {
  from: Date;
  to: Date;
}

export const yearOf = (day: Day): number => Number(day.slice(0, 4));
export const monthOf = (day: Day): number => Number(day.slice(5, 7));

/** Months may be any number: month 0 of 2026 is December 2025. */
export function firstOfMonth(year: number, month: number): Day {
  const months = year * 12 + month - 1;
  const [y, m] = [Math.floor(months / 12), (months % 12) + 1];
  return `${String(y).padStart(4, "0")}-${String(m).padStart(2, "0")}-01`;
}

export const daysSpan = (first: Day, behindLast: Day): TimeSpan => ({
  from: momentOf(first, 0),
  to: momentOf(behindLast, 0),
});

export const daySpan = (day: Day): TimeSpan => daysSpan(day, addDays(day, 1));

export const monthsSpan = (year: number, month: number, count: number): TimeSpan =>
  daysSpan(firstOfMonth(year, month), firstOfMonth(year, month + count));

/** Null for a day that the month does not have. */
export function dayIn(year: number, month: number, date: number): Day | null {
  const day = addDays(firstOfMonth(year, month), date - 1);
  return date >= 1 && monthOf(day) === month ? day : null;
}

/** 0 for Monday. */
export const weekdayOf = (day: Day): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

/** A moment so many months off; the 31st becomes the last day of a shorter month. */
export function addMonths(day: Day, months: number): Day {
  const first = firstOfMonth(yearOf(day), monthOf(day) + months);
  const last = addDays(firstOfMonth(yearOf(first), monthOf(first) + 1), -1);
  const date = Math.min(Number(day.slice(8)), Number(last.slice(8)));
  return addDays(first, date - 1);
}
