import { type Day, MINUTE_MS, momentOf } from "../time.ts";

const WRITTEN =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]*(\d{1,2})[:时点](\d{1,2})?(?:[:分](\d{1,2})?(?:\.\d+)?)?秒?)?$/;
const DIGITS = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/;
const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * A moment as hotlines write it: 2026-11-22 09:30:00, 2026/11/22 9:30, 2026年11月22日9时30分, 20261122093000,
 * or ISO 8601. Without an offset it is the time of China. Null where it is none.
 *
 * @param dayMeans - which moment a bare day is: a deadline lasts until its end
 */
export function readTheirTime(text: string, dayMeans: "begin" | "end"): Date | null {
  const said = text.trim();
  if (WITH_OFFSET.test(said)) {
    const at = new Date(said);
    return Number.isNaN(at.getTime()) ? null : at;
  }
  const [, year, month, day, hour, minute, second] = WRITTEN.exec(said) ?? DIGITS.exec(said) ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const date: Day = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const midnight = new Date(`${date}T00:00:00Z`);
  // The 31st of a month of thirty days is no day, and not the first of the next.
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(date)) return null;
  if (hour === undefined)
    return dayMeans === "begin" ? momentOf(date, 0) : momentOf(date, 24 * 60 - 1);
  const [hours, minutes, seconds] = [hour, minute ?? "0", second ?? "0"].map(Number) as [
    number,
    number,
    number,
  ];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  return momentOf(date, hours * 60 + minutes + (seconds * 1000) / MINUTE_MS);
}
