import type { Clock } from "./clock.ts";

const WINDOW_MS = 60_000;
const MOST_OF_ONE = 30;
/** Beyond this many names the oldest is forgotten: memory must not grow with an attack. */
const MOST_NAMES = 10_000;

/** Counts what somebody does within a minute of real time: an address, a person, a key. In memory. */
export interface MinuteCounter {
  /** seconds until they may go on; 0 when they may now */
  waitSeconds(who: string): number;
  note(who: string): void;
}

/** @param most - that pass within a minute */
export function minuteCounter(real: Clock, most = MOST_OF_ONE): MinuteCounter {
  const windows = new Map<string, { since: number; count: number }>();
  const current = (who: string) => {
    const window = windows.get(who);
    return window !== undefined && real.now().getTime() - window.since < WINDOW_MS ? window : null;
  };
  return {
    waitSeconds(who) {
      const window = current(who);
      if (window === null || window.count < most) return 0;
      return Math.max(1, Math.ceil((window.since + WINDOW_MS - real.now().getTime()) / 1000));
    },
    note(who) {
      const window = current(who);
      if (window !== null) {
        window.count += 1;
        return;
      }
      windows.delete(who);
      windows.set(who, { since: real.now().getTime(), count: 1 });
      if (windows.size > MOST_NAMES) {
        const [oldest] = windows.keys();
        if (oldest !== undefined) windows.delete(oldest);
      }
    },
  };
}
