/** Asia/Shanghai has no summer time: one offset does. */
export const CHINA_OFFSET_MS = 8 * 3_600_000;
export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** A day of the civil calendar, `YYYY-MM-DD`. */
export type Day = string;

export const localDay = (at: Date): Day =>
  new Date(at.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 10);

/** Minutes since local midnight, with fractions. */
export const localMinutes = (at: Date): number =>
  ((at.getTime() + CHINA_OFFSET_MS) % DAY_MS) / MINUTE_MS;

/** Minutes after midnight of `08:30`. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** The moment `minutes` after local midnight of `day`. */
export const momentOf = (day: Day, minutes: number): Date =>
  new Date(Date.parse(`${day}T00:00:00+08:00`) + minutes * MINUTE_MS);

export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** ISO 8601 with the offset of Asia/Shanghai, to the second: `2026-11-23T09:00:00+08:00`. */
export const isoLocal = (at: Date): string =>
  `${new Date(at.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 19)}+08:00`;

/** `11月29日17:30`, as people say it. */
export function spokenTime(at: Date): string {
  const local = new Date(at.getTime() + CHINA_OFFSET_MS);
  const pad = (n: number) => String(n).padStart(2, "0");
  return `${local.getUTCMonth() + 1}月${local.getUTCDate()}日${pad(local.getUTCHours())}:${pad(local.getUTCMinutes())}`;
}
