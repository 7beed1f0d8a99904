import { LONGEST_ELEMENT } from "./address-signs.ts";
import {
  ALONE,
  CHARACTER_COLUMNS,
  columnOf,
  FIRST,
  INSIDE,
  LABELS,
  LAST,
  NO_ELEMENT,
  OUTSIDE_COLUMN,
} from "./labels.ts";

/** A piece `[start, end)` with its label. */
export type LabelledPiece = [start: number, end: number, label: number];

/** Where the score of the piece of `size` characters from `from` on stands, for the first label. */
export const pieceSlot = (from: number, size: number): number =>
  (from * LONGEST_ELEMENT + size - 1) * LABELS;

/** Where the transition between two labels stands; `LABELS` is the edge of the address. */
export const transitionSlot = (previous: number, next: number): number =>
  previous * (LABELS + 1) + next;

const IMPOSSIBLE = -1e9;

/**
 * Adds to each piece what its characters say: the first, the inner ones and the last for an element, the one
 * character for none.
 *
 * @param characters - `CHARACTER_COLUMNS` scores for each character
 * @param pieces - scores by `pieceSlot`, added to in place
 */
export function addCharacters(
  length: number,
  characters: Float64Array,
  pieces: Float64Array,
): void {
  for (let from = 0; from < length; from++) {
    const most = Math.min(LONGEST_ELEMENT, length - from);
    for (let label = 0; label < NO_ELEMENT; label++) {
      add(pieces, pieceSlot(from, 1) + label, standing(characters, from, label, ALONE));
      let sum = standing(characters, from, label, FIRST);
      for (let size = 2; size <= most; size++) {
        const end = from + size - 1;
        add(pieces, pieceSlot(from, size) + label, sum + standing(characters, end, label, LAST));
        sum += standing(characters, end, label, INSIDE);
      }
    }
    const outside = characters[from * CHARACTER_COLUMNS + OUTSIDE_COLUMN] ?? 0;
    add(pieces, pieceSlot(from, 1) + NO_ELEMENT, outside);
    for (let size = 2; size <= most; size++) {
      pieces[pieceSlot(from, size) + NO_ELEMENT] = IMPOSSIBLE;
    }
  }
}

const standing = (characters: Float64Array, at: number, label: number, stand: number): number =>
  characters[at * CHARACTER_COLUMNS + columnOf(label, stand)] ?? 0;

const add = (scores: Float64Array, slot: number, value: number): void => {
  scores[slot] = (scores[slot] ?? 0) + value;
};

/** The best way to cut the whole address into pieces, from left to right (Viterbi over pieces). */
export function bestPieces(
  length: number,
  pieces: Float64Array,
  transitions: Float32Array,
): LabelledPiece[] {
  const best = new Float64Array((length + 1) * LABELS).fill(IMPOSSIBLE * 10);
  const sizes = new Int32Array((length + 1) * LABELS);
  const previous = new Int32Array((length + 1) * LABELS);
  const reach = new Float64Array(LABELS);
  const through = new Int32Array(LABELS);
  for (let from = 0; from < length; from++) {
    for (let label = 0; label < LABELS; label++) {
      const by = bestBefore(from, label, best, transitions);
      reach[label] = arriving(from, by, label, best, transitions);
      through[label] = by;
    }
    const most = Math.min(LONGEST_ELEMENT, length - from);
    for (let size = 1; size <= most; size++) {
      const slot = pieceSlot(from, size);
      const target = (from + size) * LABELS;
      for (let label = 0; label < LABELS; label++) {
        const score = (reach[label] ?? 0) + (pieces[slot + label] ?? 0);
        if (score <= (best[target + label] ?? 0)) continue;
        best[target + label] = score;
        sizes[target + label] = size;
        previous[target + label] = through[label] ?? 0;
      }
    }
  }
  const found: LabelledPiece[] = [];
  let label = bestBefore(length, LABELS, best, transitions);
  for (let end = length; end > 0; ) {
    const size = sizes[end * LABELS + label] ?? 1;
    found.push([end - size, end, label]);
    label = previous[end * LABELS + label] ?? 0;
    end -= size;
  }
  return found.reverse();
}

/** The label before `at` from which a piece of `label` is best reached. */
function bestBefore(
  at: number,
  label: number,
  best: Float64Array,
  transitions: Float32Array,
): number {
  if (at === 0) return LABELS;
  let by = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let before = 0; before < LABELS; before++) {
    const sum = arriving(at, before, label, best, transitions);
    if (sum > most) {
      most = sum;
      by = before;
    }
  }
  return by;
}

const arriving = (
  at: number,
  before: number,
  label: number,
  best: Float64Array,
  transitions: Float32Array,
): number =>
  (at === 0 ? 0 : (best[at * LABELS + before] ?? 0)) +
  (transitions[transitionSlot(before, label)] ?? 0);
