/** Stops asking an endpoint that keeps failing, and tries again after a pause. */
export interface Breaker {
  isOpen(): boolean;
  succeeded(): void;
  failed(): void;
}

const FAILURES_IN_A_ROW = 5;
const PAUSE_MS = 60_000;

export function createBreaker(now: () => Date): Breaker {
  let failures = 0;
  let closedAgainAt = 0;
  return {
    isOpen: () => now().getTime() < closedAgainAt,
    succeeded() {
      failures = 0;
    },
    failed() {
      failures += 1;
      if (failures < FAILURES_IN_A_ROW) return;
      closedAgainAt = now().getTime() + PAUSE_MS;
      failures = 0;
    },
  };
}
