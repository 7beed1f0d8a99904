/** A token bucket: `burst` at once, then `perSecond`. */
export interface RateLimit {
  burst: number;
  perSecond: number;
}

/**
 * When the next one may go, and the bucket after it. The bucket is the time at which it would be full
 * again: one number instead of a level and a date.
 *
 * @param fullAt - milliseconds; undefined for a bucket that was never used
 * @param now - milliseconds, real time
 */
export function takeToken(
  fullAt: number | undefined,
  limit: RateLimit,
  now: number,
): { goAt: number; fullAt: number } {
  const interval = 1_000 / limit.perSecond;
  const from = Math.max(fullAt ?? now, now);
  return { goAt: Math.max(now, from - (limit.burst - 1) * interval), fullAt: from + interval };
}

export interface RateLimiter {
  /**
   * Asks for `holder` to go now under `key`.
   *
   * @returns null: go; or when to ask again. That moment is kept for the holder, so a queue of
   * waiting messages is spread out instead of coming back together.
   */
  ask(key: string, holder: string, now: Date): Date | null;
}

/** A kept moment that nobody came for is forgotten after this. */
const KEPT_MS = 10 * 60_000;
const SWEEP_ABOVE = 1_000;

export function createRateLimiter(limit: RateLimit): RateLimiter {
  const buckets = new Map<string, number>();
  const kept = new Map<string, number>();

  return {
    ask: (key, holder, now) => {
      const at = now.getTime();
      if (buckets.size + kept.size > SWEEP_ABOVE) sweep(at);
      const name = `${key} ${holder}`;
      const promised = kept.get(name);
      if (promised !== undefined && at < promised) return new Date(promised);
      kept.delete(name);
      if (promised !== undefined) return null;

      const { goAt, fullAt } = takeToken(buckets.get(key), limit, at);
      buckets.set(key, fullAt);
      if (goAt <= at) return null;
      kept.set(name, goAt);
      return new Date(goAt);
    },
  };

  function sweep(at: number): void {
    for (const [key, fullAt] of buckets) if (fullAt <= at) buckets.delete(key);
    for (const [name, goAt] of kept) if (goAt + KEPT_MS <= at) kept.delete(name);
  }
}
