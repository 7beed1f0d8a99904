import type { PlaceReading, Understanding } from "../../services/domain/understanding.ts";

/**
 * An app or a hotline knows where, beside the words: that stands for a place the words do not name.
 *
 * @param place - the hint as read; its own words where nothing in it is known
 */
export function withPlaceHint(read: Understanding, place: PlaceReading): Understanding {
  return {
    ...read,
    items: read.items.map((item) =>
      item.place.raw !== ""
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
