import { readFileSync } from "node:fs";
import { LONGEST_ELEMENT, readSigns } from "./address-signs.ts";
import { addCharacters, bestPieces, pieceSlot } from "./best-elements.ts";
import { type AddressElement, ELEMENT_TYPES } from "./element-types.ts";
import {
  CHARACTER_FEATURES,
  characterFeatures,
  ELEMENT_FEATURES,
  elementFeatures,
} from "./features.ts";
import { CHARACTER_COLUMNS, LABELS } from "./labels.ts";
import { type ElementModel, readModel, type WeightTable } from "./model-file.ts";

export type ElementParser = (text: string) => AddressElement[];

export const SHIPPED_MODEL = new URL("./address-elements.model", import.meta.url);

/** Longer texts are read up to here; no address is. */
const LONGEST_READ = 400;

let shipped: ElementParser | null = null;

/**
 * An address in its elements: 江滨区滨河路12号3幢 → district, road, roadno, houseno. What belongs to none is left
 * out. The same text always gives the same elements. The first call reads the model that comes with the product.
 */
export function parseElements(text: string): AddressElement[] {
  shipped ??= elementParser(readModel(readFileSync(SHIPPED_MODEL)));
  return shipped(text);
}

/** A parser by a model of one's own. */
export function elementParser(model: ElementModel): ElementParser {
  const hashes = new Int32Array(Math.max(CHARACTER_FEATURES, ELEMENT_FEATURES));
  return (text) => {
    const signs = readSigns(text.slice(0, LONGEST_READ), (hash) =>
      Math.max(0, model.divisions.get(hash)),
    );
    const { length } = signs;
    const characters = new Float64Array(length * CHARACTER_COLUMNS);
    const pieces = new Float64Array(length * LONGEST_ELEMENT * LABELS);
    for (let at = 0; at < length; at++) {
      characterFeatures(signs, at, hashes);
      addRows(model.characters, hashes, CHARACTER_FEATURES, characters, at * CHARACTER_COLUMNS);
      const most = Math.min(LONGEST_ELEMENT, length - at);
      for (let size = 1; size <= most; size++) {
        elementFeatures(signs, at, at + size, hashes);
        addRows(model.elements, hashes, ELEMENT_FEATURES, pieces, pieceSlot(at, size));
      }
    }
    addCharacters(length, characters, pieces);
    for (let at = 0; at < pieces.length; at++) pieces[at] = (pieces[at] ?? 0) * model.step;
    return bestPieces(length, pieces, model.transitions).flatMap(([start, end, label]) => {
      const type = ELEMENT_TYPES[label];
      return type === undefined ? [] : [{ type, start, end, text: text.slice(start, end) }];
    });
  };
}

/** Adds the weights of the features to the scores from `slot` on. */
function addRows(
  table: WeightTable,
  hashes: Int32Array,
  count: number,
  scores: Float64Array,
  slot: number,
): void {
  const { rows, starts, columns, weights } = table;
  for (let n = 0; n < count; n++) {
    const row = rows.get(hashes[n] ?? 0);
    if (row < 0) continue;
    const end = starts[row + 1] ?? 0;
    for (let at = starts[row] ?? 0; at < end; at++) {
      const column = slot + (columns[at] ?? 0);
      scores[column] = (scores[column] ?? 0) + (weights[at] ?? 0);
    }
  }
}
