/** What a piece of a Chinese address can be, from the province down to the room. */
export const ELEMENT_TYPES = [
  "prov",
  "city",
  "district",
  "town",
  "community",
  "village_group",
  "devzone",
  "road",
  "roadno",
  "intersection",
  "poi",
  "subpoi",
  "houseno",
  "cellno",
  "floorno",
  "assist",
  "distance",
] as const;
export type ElementType = (typeof ELEMENT_TYPES)[number];

/** A piece of an address: the characters `[start, end)` and what they are. */
export interface AddressElement {
  type: ElementType;
  start: number;
  end: number;
  text: string;
}
