import { namesOtherDoor } from "./doors.ts";
import type { Place } from "./event.ts";

/** `near`: one of the two says the same place less exactly. */
export type PlaceMatch = "same" | "near" | "other";

/** Compares two places by their words: within one address they tell buildings and units apart. */
export function comparePlaces(one: Place, other: Place): PlaceMatch {
  if (one.raw === null || other.raw === null) return "other";
  const [a, b] = [bare(one.raw), bare(other.raw)];
  if (a === "" || b === "") return "other";
  if (a === b) return "same";
  const contained = a.includes(b) || b.includes(a);
  return contained && !namesOtherDoor(a, b) ? "near" : "other";
}

/** Without signs, and without what only points at the place: 这边, 附近. */
const bare = (words: string): string =>
  words
    .replace(/[\s,,。.、的]/g, "")
    .replace(/(?:这边|那边|这里|那里|这儿|那儿|附近|旁边|一带)$/, "");
