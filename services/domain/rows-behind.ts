import { CALL_RATE_PARTS, CALL_RATES, type ResponseSet } from "./call-rates.ts";
import { type EventSet, RATE_PARTS, RATES, type RatingSet } from "./rates.ts";

/** Every number that can be asked what stands behind it. */
export const MEASURES = [
  "created",
  "open",
  "completed",
  "closed",
  ...RATES,
  ...CALL_RATES,
] as const;
export type Measure = (typeof MEASURES)[number];

/** Of what a number is made, one row each; a row of a sum carries its part of it. */
export type RowsBehind =
  | { of: "event"; set: EventSet }
  | { of: "rating"; set: RatingSet }
  | { of: "call" }
  | { of: "response"; set: ResponseSet; value: "minutes" | "score" | null };

const PLAIN = { created: "created", open: "open", completed: "done", closed: "closed" } as const;

/** @param part - of a rate; a plain count is its own numerator, and has every created event below it */
export function rowsBehind(measure: Measure, part: "numerator" | "denominator"): RowsBehind {
  if (measure in PLAIN) {
    const set = PLAIN[measure as keyof typeof PLAIN];
    return { of: "event", set: part === "numerator" ? set : "created" };
  }
  if (measure in RATE_PARTS) {
    const set = RATE_PARTS[measure as keyof typeof RATE_PARTS][part];
    return set === "ratings" || set === "satisfied" ? { of: "rating", set } : { of: "event", set };
  }
  const parts = CALL_RATE_PARTS[measure as keyof typeof CALL_RATE_PARTS];
  const set = parts.summedOver ?? parts[part];
  if (set === "calls") return { of: "call" };
  if (set === "levelThreeUp") return { of: "event", set };
  const sums = { avgResponseMinutes: "minutes", satisfaction: "score" } as const;
  return {
    of: "response",
    set: set as ResponseSet,
    value: sums[measure as keyof typeof sums] ?? null,
  };
}
