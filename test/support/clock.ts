import type { Clock } from "../../services/clock.ts";

const UNITS = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

/** A clock that stands still until it is moved. */
export function fixedClock(
  iso: string,
): Clock & { advance(by: Partial<Record<keyof typeof UNITS, number>>): void; reset(): void } {
  let at = Date.parse(iso);
  return {
    now: () => new Date(at),
    reset() {
      at = Date.parse(iso);
    },
    advance(by) {
      for (const [unit, count] of Object.entries(by))
        at += UNITS[unit as keyof typeof UNITS] * (count ?? 0);
    },
  };
}
