import { mix } from "./hash.ts";
import { classOf, isEnding, plainCode } from "./plain-codes.ts";

/** The longest element that is considered, in characters. */
export const LONGEST_ELEMENT = 18;
/** The longest name of an administrative division that is looked up. */
const LONGEST_DIVISION = 10;
/** Signs of nothing before and behind the text, so that no feature has to ask where it ends. */
const MARGIN = 4;
const NOTHING = 1;
const NAME_BEGINS = 3;

/** Which levels a name is the full or the short name of, one bit each; 0 for no division's name. */
export type DivisionLookup = (nameHash: number) => number;

/** What the features look at, made once for an address and read by the functions below. */
export interface AddressSigns {
  length: number;
  codes: Int32Array;
  kinds: Int32Array;
  /** where the next sign that ends an element stands, there or behind; `length` for none */
  endingFrom: Int32Array;
  /** where the last such sign before stands; -1 for none */
  endingBefore: Int32Array;
  /** hashes of pieces, and the levels of which a piece is a division's name, by start and size */
  pieces: Int32Array;
  divisions: Uint8Array;
}

export function readSigns(text: string, levelsOf: DivisionLookup): AddressSigns {
  const { length } = text;
  const codes = new Int32Array(length + 2 * MARGIN).fill(NOTHING);
  const kinds = new Int32Array(length + 2 * MARGIN);
  for (let at = 0; at < length; at++) {
    const code = plainCode(text.charCodeAt(at));
    codes[at + MARGIN] = code;
    kinds[at + MARGIN] = classOf(code);
  }
  const pieces = new Int32Array(length * LONGEST_ELEMENT);
  const divisions = new Uint8Array(length * LONGEST_ELEMENT);
  for (let from = 0; from < length; from++) {
    let hash = NAME_BEGINS;
    const most = Math.min(LONGEST_ELEMENT, length - from);
    for (let size = 1; size <= most; size++) {
      hash = mix(hash, codes[from + size - 1 + MARGIN] ?? 0);
      const slot = from * LONGEST_ELEMENT + size - 1;
      pieces[slot] = hash;
      if (size >= 2 && size <= LONGEST_DIVISION) divisions[slot] = levelsOf(hash);
    }
  }
  const endingFrom = new Int32Array(length + 1).fill(length);
  for (let at = length - 1; at >= 0; at--) {
    endingFrom[at] = isEnding(kinds[at + MARGIN] ?? 0) ? at : (endingFrom[at + 1] ?? length);
  }
  const endingBefore = new Int32Array(length + 1).fill(-1);
  for (let at = 1; at <= length; at++) {
    endingBefore[at] = isEnding(kinds[at - 1 + MARGIN] ?? 0)
      ? at - 1
      : (endingBefore[at - 1] ?? -1);
  }
  return { length, codes, kinds, endingFrom, endingBefore, pieces, divisions };
}

/** The plain code at `at`, up to `MARGIN` outside the text too. */
export const codeAt = (signs: AddressSigns, at: number): number =>
  signs.codes[at + MARGIN] ?? NOTHING;

export const kindAt = (signs: AddressSigns, at: number): number => signs.kinds[at + MARGIN] ?? 0;

/** The hash of the characters `[from, to)`. */
export const pieceAt = (signs: AddressSigns, from: number, to: number): number =>
  signs.pieces[from * LONGEST_ELEMENT + to - from - 1] ?? 0;

/** The levels of which `[from, to)` is a name. */
export const divisionAt = (signs: AddressSigns, from: number, to: number): number =>
  signs.divisions[from * LONGEST_ELEMENT + to - from - 1] ?? 0;

/** The longest division's name at `at`, shorter than `limit`: its levels and length as one figure, 0 for none. */
export function divisionFrom(signs: AddressSigns, at: number, limit: number): number {
  const most = Math.min(LONGEST_DIVISION, limit - 1, signs.length - at);
  for (let size = most; size >= 2; size--) {
    const levels = divisionAt(signs, at, at + size);
    if (levels !== 0) return mix(levels, size);
  }
  return 0;
}

/** The longest division's name that ends at `at`, likewise. */
export function divisionBefore(signs: AddressSigns, at: number): number {
  for (let size = Math.min(LONGEST_DIVISION, at); size >= 2; size--) {
    const levels = divisionAt(signs, at - size, at);
    if (levels !== 0) return mix(levels, size);
  }
  return 0;
}

/** The hash by which a division's name is looked up. */
export function nameHash(name: string): number {
  let hash = NAME_BEGINS;
  for (let at = 0; at < name.length; at++) hash = mix(hash, plainCode(name.charCodeAt(at)));
  return hash;
}
