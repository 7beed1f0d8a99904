import { createHash } from "node:crypto";

/** Clocks may differ by so much; what is older was caught somewhere and is played back. */
const MOST_AGE_MS = 5 * 60_000;
const MOST_KEPT = 20_000;

export interface Freshness {
  /** What is wrong with a callback that is signed well; null when nothing is. */
  problemOf(call: { timestamp: string; nonce: string; body: string }): "stale" | "replayed" | null;
}

/**
 * Tells a callback from one that is played back. The same call once more is the platform's own repeat,
 * which the inbox knows; the same timestamp and nonce over another body are somebody else's.
 *
 * @param now - real time
 */
export function watchFreshness(now: () => Date): Freshness {
  const bodies = new Map<string, string>();
  return {
    problemOf: ({ timestamp, nonce, body }) => {
      const at = Number(timestamp) * 1_000;
      if (!(Math.abs(now().getTime() - at) <= MOST_AGE_MS)) return "stale";
      const call = `${timestamp} ${nonce}`;
      const digest = createHash("sha256").update(body).digest("base64");
      const known = bodies.get(call);
      if (known !== undefined) return known === digest ? null : "replayed";
      bodies.set(call, digest);
      const [oldest] = bodies.keys();
      if (bodies.size > MOST_KEPT && oldest !== undefined) bodies.delete(oldest);
      return null;
    },
  };
}
