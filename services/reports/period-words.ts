import { CHINA_OFFSET_MS } from "../domain/time.ts";

/** `2026年11月1日` of a moment in Asia/Shanghai. */
export function dayWords(at: Date): string {
  const local = new Date(at.getTime() + CHINA_OFFSET_MS);
  return `${local.getUTCFullYear()}年${local.getUTCMonth() + 1}月${local.getUTCDate()}日`;
}

/** `2026年11月1日至11月30日`. @param to - the period ends before it */
export function periodWords(from: Date, to: Date): string {
  const last = new Date(to.getTime() - 1);
  const [first, end] = [dayWords(from), dayWords(last)];
  if (first === end) return first;
  return end.slice(0, 5) === first.slice(0, 5) ? `${first}至${end.slice(5)}` : `${first}至${end}`;
}

/** `2026-11-23 09:00`, as a spreadsheet sorts it; empty for null. */
export const cellTime = (at: Date | null): string =>
  at === null
    ? ""
    : new Date(at.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 16).replace("T", " ");
