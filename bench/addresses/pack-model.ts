import { CHARACTER_COLUMNS, LABELS } from "../../bot/understanding/places/elements/labels.ts";
import { type WeightRows, writeModel } from "../../bot/understanding/places/elements/model-file.ts";
import type { Examples } from "./examples.ts";
import type { DenseWeights } from "./learn.ts";

/** Smaller weights are dropped: they cost more room than they are worth. */
const SMALLEST_KEPT = 0.03;

/** The weights in one byte each, without the small ones. */
export function packModel(
  { characters, elements, transitions }: DenseWeights,
  { characterHashes, elementHashes }: Examples,
  divisions: ReadonlyMap<number, number>,
): Uint8Array {
  const largest = [characters, elements].reduce(
    (most, weights) => weights.reduce((max, weight) => Math.max(max, Math.abs(weight)), most),
    SMALLEST_KEPT,
  );
  const step = largest / 127;
  return writeModel({
    step,
    transitions,
    divisions,
    characters: packRows(characters, characterHashes, CHARACTER_COLUMNS, step),
    elements: packRows(elements, elementHashes, LABELS, step),
  });
}

function packRows(
  weights: Float32Array,
  hashes: readonly number[],
  columns: number,
  step: number,
): WeightRows {
  const packed: WeightRows = new Map();
  hashes.forEach((hash, row) => {
    const kept: [column: number, weight: number][] = [];
    for (let column = 0; column < columns; column++) {
      const weight = weights[row * columns + column] ?? 0;
      const figure = Math.round(weight / step);
      if (Math.abs(weight) >= SMALLEST_KEPT && figure !== 0) kept.push([column, figure]);
    }
    if (kept.length > 0) packed.set(hash, kept);
  });
  return packed;
}
