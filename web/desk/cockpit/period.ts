/** Periods people ask for, as days of Asia/Shanghai; the last day counts in full. */
export const PERIODS = ["today", "week", "month", "days30", "year", "all", "custom"] as const;
export type PeriodName = (typeof PERIODS)[number];

const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

export const dayOf = (ms: number): string => new Date(ms + OFFSET_MS).toISOString().slice(0, 10);

/**
 * @param now - in ms
 * @param chosen - the days of a custom period
 * @returns `from` and `to` for the API; what is not narrowed is absent
 */
export function periodOf(
  name: PeriodName,
  now: number,
  chosen: { from: string; to: string },
): { from?: string; to?: string } {
  const today = dayOf(now);
  const ago = (days: number) => dayOf(now - days * DAY_MS);
  switch (name) {
    case "today":
      return { from: today, to: today };
    case "week":
      return { from: ago(6), to: today };
    case "month":
      return { from: `${today.slice(0, 8)}01`, to: today };
    case "days30":
      return { from: ago(29), to: today };
    case "year":
      return { from: `${today.slice(0, 5)}01-01`, to: today };
    case "all":
      return {};
    case "custom":
      return {
        ...(isDay(chosen.from) ? { from: chosen.from } : {}),
        ...(isDay(chosen.to) ? { to: chosen.to } : {}),
      };
  }
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

export const isPeriod = (text: unknown): text is PeriodName => PERIODS.includes(text as never);
