import { LONGEST_ELEMENT } from "../../bot/understanding/places/elements/address-signs.ts";
import {
  pieceSlot,
  transitionSlot,
} from "../../bot/understanding/places/elements/best-elements.ts";
import { LABELS } from "../../bot/understanding/places/elements/labels.ts";

/** How likely each piece and each pair of labels is under the present weights. */
export interface Marginals {
  /** by `pieceSlot` */
  pieces: Float64Array;
  /** by `transitionSlot`: how often the pair is expected in the address */
  transitions: Float64Array;
}

/** Logarithms below this are taken for 0. */
const NEGLIGIBLE = -9;

/** Forward and backward sums over every way to cut the address into pieces. */
export function marginalsOf(
  length: number,
  pieces: Float64Array,
  transitions: Float32Array,
): Marginals {
  const step = (previous: number, next: number) => transitions[transitionSlot(previous, next)] ?? 0;
  const most = (from: number) => Math.min(LONGEST_ELEMENT, length - from);
  const terms = new Float64Array(Math.max(LABELS, LONGEST_ELEMENT));
  const table = () => new Float64Array((length + 1) * LABELS);
  // Everything before a boundary: `ended` by the label that ends there, `begun` by the one that begins.
  const [ended, begun] = [table(), table()];
  // Everything behind it: `open` by the label that ended there, `opened` by the one that begins.
  const [open, opened] = [table(), table()];

  for (let at = 0; at <= length; at++) {
    for (let label = 0; label < LABELS && at > 0; label++) {
      let n = 0;
      for (let size = 1; size <= Math.min(LONGEST_ELEMENT, at); size++) {
        const from = at - size;
        terms[n++] = valueAt(begun, from, label) + (pieces[pieceSlot(from, size) + label] ?? 0);
      }
      ended[at * LABELS + label] = logSum(terms, n);
    }
    for (let label = 0; label < LABELS && at < length; label++) {
      if (at === 0) {
        begun[label] = step(LABELS, label);
        continue;
      }
      for (let before = 0; before < LABELS; before++) {
        terms[before] = valueAt(ended, at, before) + step(before, label);
      }
      begun[at * LABELS + label] = logSum(terms, LABELS);
    }
  }
  for (let label = 0; label < LABELS; label++) open[length * LABELS + label] = step(label, LABELS);
  for (let at = length - 1; at >= 0; at--) {
    for (let label = 0; label < LABELS; label++) {
      for (let size = 1; size <= most(at); size++) {
        terms[size - 1] =
          (pieces[pieceSlot(at, size) + label] ?? 0) + valueAt(open, at + size, label);
      }
      opened[at * LABELS + label] = logSum(terms, most(at));
    }
    for (let before = 0; before < LABELS; before++) {
      for (let label = 0; label < LABELS; label++) {
        terms[label] = step(before, label) + valueAt(opened, at, label);
      }
      open[at * LABELS + before] = logSum(terms, LABELS);
    }
  }
  for (let label = 0; label < LABELS; label++) {
    terms[label] = valueAt(ended, length, label) + step(label, LABELS);
  }
  const all = logSum(terms, LABELS);
  const share = (logarithm: number) =>
    logarithm - all < NEGLIGIBLE ? 0 : Math.exp(logarithm - all);

  const likely = new Float64Array(length * LONGEST_ELEMENT * LABELS);
  const pairs = new Float64Array((LABELS + 1) ** 2);
  for (let from = 0; from < length; from++) {
    for (let size = 1; size <= most(from); size++) {
      for (let label = 0; label < LABELS; label++) {
        const slot = pieceSlot(from, size) + label;
        likely[slot] = share(
          valueAt(begun, from, label) + (pieces[slot] ?? 0) + valueAt(open, from + size, label),
        );
      }
    }
    for (let label = 0; label < LABELS; label++) {
      for (
        let before = from === 0 ? LABELS : 0;
        before < (from === 0 ? LABELS + 1 : LABELS);
        before++
      ) {
        const reached = from === 0 ? 0 : valueAt(ended, from, before);
        const slot = transitionSlot(before, label);
        pairs[slot] =
          (pairs[slot] ?? 0) + share(reached + step(before, label) + valueAt(opened, from, label));
      }
    }
  }
  for (let label = 0; label < LABELS; label++) {
    pairs[transitionSlot(label, LABELS)] = share(
      valueAt(ended, length, label) + step(label, LABELS),
    );
  }
  return { pieces: likely, transitions: pairs };
}

const valueAt = (table: Float64Array, at: number, label: number): number =>
  table[at * LABELS + label] ?? 0;

/** The logarithm of the sum of the first `n` terms, which are logarithms themselves. */
function logSum(terms: Float64Array, n: number): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < n; at++) highest = Math.max(highest, terms[at] ?? 0);
  if (highest < -1e8) return highest;
  let sum = 0;
  for (let at = 0; at < n; at++) sum += Math.exp((terms[at] ?? 0) - highest);
  return highest + Math.log(sum);
}
