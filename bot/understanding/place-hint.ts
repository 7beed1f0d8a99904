import type { PlaceReading, Understanding } from "../../services/domain/understanding.ts";

/**
 * An app or a hotline knows where, beside the words: that stands for a place the words do not name.
 *
 * @param place - the hint as read; its own words where nothing in it is known
 * @param counts - it was asked for by whoever took an order, whose words may name where the caller lives.
 *   Words that only say more of the same place stay.
 */
export function withPlaceHint(
  read: Understanding,
  place: PlaceReading,
  counts = false,
): Understanding {
  return {
    ...read,
    items: read.items.map((item) =>
      item.place.raw !== "" && !(counts && !item.place.raw.includes(place.raw))
        ? item
        : {
            ...item,
            place: { ...place, gridCode: place.gridCode ?? item.place.gridCode },
            missing: item.missing.filter((element) => element !== "place"),
          },
    ),
  };
}

/** The hint as a place: what the registry makes of it, and else what was written. */
export const placeOfHint = (hint: string, found: PlaceReading): PlaceReading =>
  found.raw === "" ? { ...found, raw: hint, standard: hint } : found;
