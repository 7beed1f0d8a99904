import { field } from "./post-json.ts";

/**
 * What an answer of a platform comes to.
 * - `unauthorized`: the token is no good any more
 * - `limited`: it did nothing and says to come back later
 * - `unavailable`: there is no telling whether it did anything
 * - `rejected`: it did nothing and never will
 */
export type Verdict =
  | { outcome: "ok"; body: unknown }
  | { outcome: "unauthorized"; reason: string }
  | { outcome: "limited"; reason: string; retryAt: Date }
  | { outcome: "unavailable"; reason: string }
  | { outcome: "rejected"; code: string; reason: string };

/** There is no answer at all. */
export function noAnswer(error: unknown): Verdict {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why = cause instanceof Error ? (field(cause, "code") ?? cause.name) : "unknown";
  return { outcome: "unavailable", reason: `no answer: ${why}` };
}

/** @param wait - milliseconds, lengthened by up to the same again by chance */
export function limited(reason: string, wait: number, now: Date, random: number): Verdict {
  return { outcome: "limited", reason, retryAt: new Date(now.getTime() + wait * (1 + random)) };
}
