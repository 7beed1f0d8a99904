import { namesOtherDoor } from "./doors.ts";
import type { EventStatus, Place } from "./event.ts";
import { comparePlaces } from "./same-place.ts";
import { compareSubjects } from "./same-subject.ts";

/** A trouble as told, by a new report or by the event it may repeat. */
export interface Trouble {
  category: string;
  place: Place;
  /** what it is, in the reporter's words */
  summary: string;
}

export interface KnownTrouble extends Trouble {
  no: string;
  status: EventStatus;
  /** the speaker reported it, or joined it */
  own: boolean;
}

/** The event a report only repeats, and one that it may repeat: a person looks at that. */
export interface Duplicate {
  join: string | null;
  possible: string | null;
}

/**
 * Looks for a new report among open events of the same grid, newest first. It joins one of the same
 * category and place, or of a trouble that spreads over the whole neighbourhood, unless the words speak
 * of something else; and one read as another category where words and place are almost the same.
 */
export function findDuplicate(report: Trouble, nearby: readonly KnownTrouble[]): Duplicate {
  const open = nearby.filter(
    (event) => !["completed", "verified"].includes(event.status) && mayShare(report, event),
  );
  const judged = open.map((event) => ({ no: event.no, verdict: compare(report, event) }));
  const first = (verdict: Verdict) => judged.find((one) => one.verdict === verdict)?.no ?? null;
  const join = first("same");
  return { join, possible: join === null ? first("possible") : null };
}

/** What people told of their homes or of officials, and one person's danger, is nobody else's to join. */
const PRIVATE =
  /^(?:dispute\.family|people\.special|complaint\.|security\.clue|emergency\.(?:medical|crime|traffic|drowning|suicide|elevatorTrap))/;

export const isPrivateMatter = (category: string): boolean => PRIVATE.test(category);

function mayShare(report: Trouble, event: KnownTrouble): boolean {
  if (event.own && event.category === report.category) return true;
  if (isPrivateMatter(report.category) || isPrivateMatter(event.category)) return false;
  // What was not read as a danger does not hide in one.
  return event.category === report.category || !event.category.startsWith("emergency.");
}

type Verdict = "same" | "possible" | "other";

function compare(report: Trouble, event: KnownTrouble): Verdict {
  const place = comparePlaces(report.place, event.place);
  const words = compareSubjects(report, event);
  const sameCategory = event.category === report.category;
  if (sameCategory && isWidespread(report.category)) return words.other ? "possible" : "same";
  if (place === "other") return "other";
  const strange = words.other || namesOtherDoor(report.summary, event.summary);
  if (sameCategory) {
    const agree = place === "same" || words.alike >= AGREES;
    return agree && !strange ? "same" : "possible";
  }
  if (strange) return "other";
  if (words.alike >= ALMOST_THE_SAME && place === "same") return "same";
  return words.alike >= AGREES ? "possible" : "other";
}

/** Troubles that concern everybody around at once: the place need not be the same door. */
const WIDESPREAD: readonly string[] = [
  "service.utility",
  "env.air",
  "facility.waterlogging",
  "env.river",
];

export const isWidespread = (category: string): boolean => WIDESPREAD.includes(category);

/** Likeness of what is said beside the place. */
const AGREES = 0.35;
const ALMOST_THE_SAME = 0.75;
