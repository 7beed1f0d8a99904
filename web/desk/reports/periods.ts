/** Periods that reports are made of, in days of Asia/Shanghai, both ends included. */
export type NamedPeriod = "lastWeek" | "thisMonth" | "lastMonth";

const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** @param now - ms */
export function periodOf(name: NamedPeriod, now: number): [string, string] {
  const today = new Date(now + OFFSET_MS);
  const day = (at: number | Date) => new Date(at).toISOString().slice(0, 10);
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth()];
  switch (name) {
    case "lastWeek": {
      const monday = today.getTime() - ((today.getUTCDay() + 6) % 7) * DAY_MS;
      return [day(monday - 7 * DAY_MS), day(monday - DAY_MS)];
    }
    case "thisMonth":
      return [day(Date.UTC(year, month, 1)), day(today)];
    case "lastMonth":
      return [day(Date.UTC(year, month - 1, 1)), day(Date.UTC(year, month, 0))];
  }
}
