import {
  type DivisionLookup,
  LONGEST_ELEMENT,
  readSigns,
} from "../../bot/understanding/places/elements/address-signs.ts";
import type { LabelledPiece } from "../../bot/understanding/places/elements/best-elements.ts";
import { ELEMENT_TYPES } from "../../bot/understanding/places/elements/element-types.ts";
import {
  CHARACTER_FEATURES,
  characterFeatures,
  ELEMENT_FEATURES,
  elementFeatures,
} from "../../bot/understanding/places/elements/features.ts";
import { NO_ELEMENT } from "../../bot/understanding/places/elements/labels.ts";
import type { LabelledAddress } from "./labelled-addresses.ts";

/** An address made ready: the rows of its features (-1: too rare to learn), and how it is cut rightly. */
export interface Example {
  length: number;
  /** `CHARACTER_FEATURES` for each character */
  characters: Int32Array;
  /** `ELEMENT_FEATURES` for each piece, by start and size */
  elements: Int32Array;
  pieces: LabelledPiece[];
}

export interface Examples {
  examples: Example[];
  /** the hash of each row */
  characterHashes: number[];
  elementHashes: number[];
}

/** Features seen less often say nothing that holds elsewhere. */
const LEAST_SEEN = 3;

export function prepareExamples(
  addresses: readonly LabelledAddress[],
  levelsOf: DivisionLookup,
): Examples {
  const usable = addresses
    .flatMap((address) => mendedLabels(address) ?? [])
    .map((address) => ({ text: address.text, pieces: piecesOf(address) }))
    .filter(({ pieces }) => pieces.every(([start, end]) => end - start <= LONGEST_ELEMENT));
  const [characterSeen, elementSeen] = [new Map<number, number>(), new Map<number, number>()];
  const hashes = new Int32Array(Math.max(CHARACTER_FEATURES, ELEMENT_FEATURES));
  const count = (seen: Map<number, number>, most: number) => {
    for (const hash of hashes.subarray(0, most)) seen.set(hash, (seen.get(hash) ?? 0) + 1);
  };
  for (const { text, pieces } of usable) {
    const signs = readSigns(text, levelsOf);
    for (let at = 0; at < text.length; at++) {
      characterFeatures(signs, at, hashes);
      count(characterSeen, CHARACTER_FEATURES);
    }
    for (const [start, end] of pieces) {
      elementFeatures(signs, start, end, hashes);
      count(elementSeen, ELEMENT_FEATURES);
    }
  }
  const characterRows = rowsOf(characterSeen);
  const elementRows = rowsOf(elementSeen);
  const examples = usable.map(({ text, pieces }) => {
    const { length } = text;
    const signs = readSigns(text, levelsOf);
    const characters = new Int32Array(length * CHARACTER_FEATURES);
    const elements = new Int32Array(length * LONGEST_ELEMENT * ELEMENT_FEATURES).fill(-1);
    for (let at = 0; at < length; at++) {
      characterFeatures(signs, at, hashes);
      note(characterRows, CHARACTER_FEATURES, characters, at * CHARACTER_FEATURES);
      for (let size = 1; size <= Math.min(LONGEST_ELEMENT, length - at); size++) {
        elementFeatures(signs, at, at + size, hashes);
        const slot = (at * LONGEST_ELEMENT + size - 1) * ELEMENT_FEATURES;
        note(elementRows, ELEMENT_FEATURES, elements, slot);
      }
    }
    return { length, characters, elements, pieces };
  });
  function note(rows: Map<number, number>, most: number, into: Int32Array, slot: number): void {
    for (let n = 0; n < most; n++) into[slot + n] = rows.get(hashes[n] ?? 0) ?? -1;
  }
  return {
    examples,
    characterHashes: [...characterRows.keys()],
    elementHashes: [...elementRows.keys()],
  };
}

function rowsOf(seen: ReadonlyMap<number, number>): Map<number, number> {
  const rows = new Map<number, number>();
  for (const [hash, times] of seen) if (times >= LEAST_SEEN) rows.set(hash, rows.size);
  return rows;
}

/** The whole address in pieces, with one piece for each character that belongs to no element. */
function piecesOf({ text, spans }: LabelledAddress): LabelledPiece[] {
  const pieces: LabelledPiece[] = [];
  let at = 0;
  const outside = (until: number) => {
    for (; at < until; at++) pieces.push([at, at + 1, NO_ELEMENT]);
  };
  for (const { type, start, end } of spans) {
    outside(start);
    pieces.push([start, end, ELEMENT_TYPES.indexOf(type)]);
    at = end;
  }
  outside(text.length);
  return pieces;
}

const FORGOTTEN = /^[\d一二三四五六七八九十百]+(?:楼|层|(单元))$/;

/**
 * Annotators forget floors and units now and then, and a learner would learn to forget them too: what is plainly one
 * is labelled, and an address with a doubtful one is left out (null).
 */
function mendedLabels({ text, spans }: LabelledAddress): LabelledAddress | null {
  const mended: LabelledAddress["spans"] = [];
  let at = 0;
  for (const span of [...spans, null]) {
    const start = span?.start ?? text.length;
    const gap = text.slice(at, start);
    const forgotten = FORGOTTEN.exec(gap);
    if (forgotten !== null) {
      const type = forgotten[1] === undefined ? "floorno" : "cellno";
      mended.push({ type, start: at, end: start });
    } else if (/[楼层室]|单元/.test(gap)) return null;
    if (span !== null) {
      mended.push(span);
      at = span.end;
    }
  }
  return { text, spans: mended };
}
