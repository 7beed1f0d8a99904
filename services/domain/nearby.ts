import { distanceM } from "./distance.ts";
import { findDuplicate, type KnownTrouble } from "./duplicate.ts";
import type { Place } from "./event.ts";

/** An open event as far as its likeness goes. */
export type NearbyEvent = Omit<KnownTrouble, "own">;

export interface Nearby {
  event: NearbyEvent;
  /** both are most likely the same trouble */
  likely: boolean;
  /** metres; null where one of the places has no position */
  distanceM: number | null;
}

/** Beyond this, another kind of trouble has nothing to do with it. */
const AROUND_M = 300;
/** In one estate everything is near: of other kinds of trouble these are enough. */
const MOST_OTHERS = 2;

/**
 * What may be the same trouble reported again, the likeliest first: the same category, and a little of
 * whatever else lies within 300 m. A person decides.
 */
export function nearbyEvents(
  event: NearbyEvent,
  others: readonly NearbyEvent[],
  most: number,
): Nearby[] {
  const nearest = others
    .filter((other) => other.no !== event.no)
    .map((other) => ({
      event: other,
      likely: isLikely(event, other),
      distanceM: between(event.place, other.place),
    }))
    .sort((a, b) => (a.distanceM ?? Infinity) - (b.distanceM ?? Infinity));
  const likely = nearest.filter((one) => one.likely);
  const sameKind = nearest.filter((one) => !one.likely && one.event.category === event.category);
  const around = nearest
    .filter((one) => !likely.includes(one) && !sameKind.includes(one))
    .filter(({ distanceM }) => (distanceM ?? Infinity) <= AROUND_M)
    .slice(0, MOST_OTHERS);
  return [...likely, ...sameKind, ...around].slice(0, most);
}

function isLikely(event: NearbyEvent, other: NearbyEvent): boolean {
  const { join, possible } = findDuplicate(event, [{ ...other, own: false }]);
  return join !== null || possible !== null;
}

function between(a: Place, b: Place): number | null {
  if (a.lng === null || a.lat === null || b.lng === null || b.lat === null) return null;
  return distanceM({ lng: a.lng, lat: a.lat }, { lng: b.lng, lat: b.lat });
}
