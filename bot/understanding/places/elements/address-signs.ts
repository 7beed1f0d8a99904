import { mix } from "./hash.ts";
import { classOf, isEnding, plainCode } from "./plain-codes.ts";

/** The longest element that is considered, in characters. */
export const LONGEST_ELEMENT = 18;
/** The longest name of an administrative division that is looked up. */
const LONGEST_DIVISION = 10;
/** Signs of nothing before and behind the text, so that no feature has to ask where it ends. */
const MARGIN = 4;
const NOTHING = 1;

/** Which levels a name is the full or the short name of, one bit each; 0 for no division's name. */
export type DivisionLookup = (nameHash: number) => number;

/** What the features look at, made once for an address. */
export interface AddressSigns {
  length: number;
  /** the plain code `offset` characters from `at`, outside the text too */
  code(at: number): number;
  kind(at: number): number;
  /** where the next sign that ends an element stands, at `at` or behind; `length` for none */
  endingFrom(at: number): number;
  /** where the last such sign before `at` stands; -1 for none */
  endingBefore(at: number): number;
  /** the hash of the characters `[from, to)` */
  piece(from: number, to: number): number;
  /** the levels of which `[from, to)` is a name */
  division(from: number, to: number): number;
  /** the longest division's name that begins at `at`, shorter than `limit`: its levels and length as one figure */
  divisionFrom(at: number, limit: number): number;
  divisionBefore(at: number): number;
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
    let hash = 3;
    const most = Math.min(LONGEST_ELEMENT, length - from);
    for (let size = 1; size <= most; size++) {
      hash = mix(hash, codes[from + size - 1 + MARGIN] ?? 0);
      const slot = from * LONGEST_ELEMENT + size - 1;
      pieces[slot] = hash;
      if (size >= 2 && size <= LONGEST_DIVISION) divisions[slot] = levelsOf(hash);
    }
  }
  const next = new Int32Array(length + 1).fill(length);
  for (let at = length - 1; at >= 0; at--) {
    next[at] = isEnding(kinds[at + MARGIN] ?? 0) ? at : (next[at + 1] ?? length);
  }
  const last = new Int32Array(length + 1).fill(-1);
  for (let at = 1; at <= length; at++) {
    last[at] = isEnding(kinds[at - 1 + MARGIN] ?? 0) ? at - 1 : (last[at - 1] ?? -1);
  }
  const division = (from: number, to: number) =>
    divisions[from * LONGEST_ELEMENT + to - from - 1] ?? 0;
  return {
    length,
    code: (at) => codes[at + MARGIN] ?? NOTHING,
    kind: (at) => kinds[at + MARGIN] ?? 0,
    endingFrom: (at) => next[at] ?? length,
    endingBefore: (at) => last[at] ?? -1,
    piece: (from, to) => pieces[from * LONGEST_ELEMENT + to - from - 1] ?? 0,
    division,
    divisionFrom(at, limit) {
      for (let size = Math.min(LONGEST_DIVISION, limit - 1, length - at); size >= 2; size--) {
        const levels = division(at, at + size);
        if (levels !== 0) return mix(levels, size);
      }
      return 0;
    },
    divisionBefore(at) {
      for (let size = Math.min(LONGEST_DIVISION, at); size >= 2; size--) {
        const levels = division(at - size, at);
        if (levels !== 0) return mix(levels, size);
      }
      return 0;
    },
  };
}

/** The hash by which a division's name is looked up. */
export function nameHash(name: string): number {
  let hash = 3;
  for (let at = 0; at < name.length; at++) hash = mix(hash, plainCode(name.charCodeAt(at)));
  return hash;
}
