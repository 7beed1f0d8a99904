import type { EventState, Place } from "./event.ts";

/** Troubles that concern everybody around at once: the place need not be the same door. */
const WIDESPREAD: readonly string[] = [
  "service.utility",
  "env.air",
  "facility.waterlogging",
  "env.river",
];

/**
 * The event that a new report only repeats, among open events of the same grid, newest first: the same
 * category, and the same place or a trouble that spreads over the whole neighbourhood. Null when none.
 */
export function findDuplicate(
  report: { category: string; place: Place },
  nearby: readonly EventState[],
): string | null {
  const same = nearby.find(
    (event) =>
      event.category === report.category &&
      !["completed", "verified"].includes(event.status) &&
      (WIDESPREAD.includes(report.category) || samePlace(event.place, report.place)),
  );
  return same?.no ?? null;
}

function samePlace(a: Place, b: Place): boolean {
  if (a.raw === null || b.raw === null) return false;
  // Within one address the words tell buildings and units apart.
  return bare(a.raw) === bare(b.raw);
}

const bare = (words: string): string => words.replace(/[\s,,。.、的]/g, "");
