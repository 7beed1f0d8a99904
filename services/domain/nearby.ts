import { distanceM } from "./distance.ts";
import { findDuplicate } from "./duplicate.ts";
import type { EventState, Place } from "./event.ts";

export interface Nearby {
  event: EventState;
  /** both are most likely the same trouble */
  likely: boolean;
  /** metres; null where one of the places has no position */
  distanceM: number | null;
}

/** Beyond this, another kind of trouble has nothing to do with it. */
const AROUND_M = 300;

/**
 * What may be the same trouble reported again, the likeliest first: the same category, and whatever
 * else lies within 300 m. A person decides.
 */
export function nearbyEvents(
  event: EventState,
  others: readonly EventState[],
  most: number,
): Nearby[] {
  return others
    .filter((other) => other.no !== event.no)
    .map((other) => ({
      event: other,
      likely: findDuplicate(event, [other]) !== null,
      distanceM: between(event.place, other.place),
    }))
    .filter(
      ({ event: other, likely, distanceM }) =>
        likely || other.category === event.category || (distanceM ?? Infinity) <= AROUND_M,
    )
    .sort((a, b) => rank(a) - rank(b) || (a.distanceM ?? Infinity) - (b.distanceM ?? Infinity))
    .slice(0, most);

  function rank({ event: other, likely }: Nearby): number {
    return likely ? 0 : other.category === event.category ? 1 : 2;
  }
}

function between(a: Place, b: Place): number | null {
  if (a.lng === null || a.lat === null || b.lng === null || b.lat === null) return null;
  return distanceM({ lng: a.lng, lat: a.lat }, { lng: b.lng, lat: b.lat });
}
