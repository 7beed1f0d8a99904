import type { Clock } from "../clock.ts";

const WINDOW_MS = 60_000;
const MOST_FAILURES = 30;
/** Beyond this many addresses the oldest is forgotten: memory must not grow with an attack. */
const MOST_ADDRESSES = 10_000;

/** Counts failed authentications by address within a minute of real time. */
export interface FailedAttempts {
  /** seconds until the address may try again; 0 when it may now */
  waitSeconds(address: string): number;
  note(address: string): void;
}

export function failedAttempts(real: Clock): FailedAttempts {
  const windows = new Map<string, { since: number; failures: number }>();
  const current = (address: string) => {
    const window = windows.get(address);
    return window !== undefined && real.now().getTime() - window.since < WINDOW_MS ? window : null;
  };
  return {
    waitSeconds(address) {
      const window = current(address);
      if (window === null || window.failures < MOST_FAILURES) return 0;
      return Math.max(1, Math.ceil((window.since + WINDOW_MS - real.now().getTime()) / 1000));
    },
    note(address) {
      const window = current(address);
      if (window !== null) {
        window.failures += 1;
        return;
      }
      windows.delete(address);
      windows.set(address, { since: real.now().getTime(), failures: 1 });
      if (windows.size > MOST_ADDRESSES) {
        const [oldest] = windows.keys();
        if (oldest !== undefined) windows.delete(oldest);
      }
    },
  };
}
