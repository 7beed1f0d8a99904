import type { CalendarDay } from "../admin-api.ts";

/** The days of a month in weeks from Monday; null where a week reaches beyond the month. */
export function monthGrid(days: readonly CalendarDay[], month: number): (CalendarDay | null)[][] {
  const own = days.filter(({ date }) => Number(date.slice(5, 7)) === month);
  const [first] = own;
  if (first === undefined) return [];
  const lead = (new Date(`${first.date}T00:00:00Z`).getUTCDay() + 6) % 7;
  const cells: (CalendarDay | null)[] = [...Array<null>(lead).fill(null), ...own];
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}
