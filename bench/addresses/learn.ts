import { LONGEST_ELEMENT } from "../../bot/understanding/places/elements/address-signs.ts";
import {
  addCharacters,
  pieceSlot,
  transitionSlot,
} from "../../bot/understanding/places/elements/best-elements.ts";
import {
  CHARACTER_FEATURES,
  ELEMENT_FEATURES,
} from "../../bot/understanding/places/elements/features.ts";
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
} from "../../bot/understanding/places/elements/labels.ts";
import { type Chance, seededChance } from "../../services/chance.ts";
import type { Example, Examples } from "./examples.ts";
import { marginalsOf } from "./marginals.ts";

/** Weights by row and column; of characters `CHARACTER_COLUMNS` wide, of elements `LABELS`. */
export interface DenseWeights {
  characters: Float32Array;
  elements: Float32Array;
  transitions: Float32Array;
}

/** Chosen by cross-validation inside the training file. */
const ROUNDS = 4;
const AVERAGED_ROUNDS = 3;
const RATE = 0.05;
/** How strongly weights are drawn to 0. */
const PULL = 0.004;
/** The share of features that are hidden each time, so that none is relied on alone. */
const HIDDEN = 0.6;

/**
 * A semi-Markov conditional random field, learnt by AdaGrad with L1; the weights are the mean of the last rounds'.
 *
 * @param told - hears of each round that is done
 */
export function learn(
  { examples, characterHashes, elementHashes }: Examples,
  seed: number,
  told: (round: string) => void,
): DenseWeights {
  const trained = [
    trainable(characterHashes.length * CHARACTER_COLUMNS),
    trainable(elementHashes.length * LABELS),
    trainable((LABELS + 1) ** 2),
  ] as const;
  const sums = trained.map(({ weights }) => new Float32Array(weights.length));
  const chance = seededChance(seed);
  const order = [...examples];
  for (let round = 1; round <= ROUNDS; round++) {
    shuffle(order, chance);
    for (const example of order) learnFrom(hidden(example, chance), trained);
    told(`round ${round} of ${ROUNDS}`);
    if (round <= ROUNDS - AVERAGED_ROUNDS) continue;
    trained.forEach(({ weights }, part) => {
      const sum = sums[part];
      weights.forEach((weight, at) => {
        if (sum !== undefined) sum[at] = (sum[at] ?? 0) + weight / AVERAGED_ROUNDS;
      });
    });
  }
  const [characters, elements, transitions] = sums;
  if (characters === undefined || elements === undefined || transitions === undefined) {
    throw new Error("There are three kinds of weights.");
  }
  return { characters, elements, transitions };
}

interface Trainable {
  weights: Float32Array;
  /** sums of squared gradients */
  squares: Float32Array;
}

const trainable = (size: number): Trainable => ({
  weights: new Float32Array(size),
  squares: new Float32Array(size).fill(0.1),
});

function shuffle<Item>(items: Item[], chance: Chance): void {
  for (let at = items.length - 1; at > 0; at--) {
    const other = Math.floor(chance.next() * (at + 1));
    const [a, b] = [items[at], items[other]];
    if (a !== undefined && b !== undefined) [items[at], items[other]] = [b, a];
  }
}

/** The example with a part of its features hidden. */
const hidden = (example: Example, chance: Chance): Example => ({
  ...example,
  characters: example.characters.map((row) => (row >= 0 && chance.in(HIDDEN) ? -1 : row)),
  elements: example.elements.map((row) => (row >= 0 && chance.in(HIDDEN) ? -1 : row)),
});

function learnFrom(
  example: Example,
  [characters, elements, transitions]: readonly [Trainable, Trainable, Trainable],
): void {
  const { length } = example;
  const characterScores = new Float64Array(length * CHARACTER_COLUMNS);
  const pieceScores = new Float64Array(length * LONGEST_ELEMENT * LABELS);
  addRows(example.characters, CHARACTER_FEATURES, characters, CHARACTER_COLUMNS, characterScores);
  addRows(example.elements, ELEMENT_FEATURES, elements, LABELS, pieceScores);
  addCharacters(length, characterScores, pieceScores);
  const expected = marginalsOf(length, pieceScores, transitions.weights);

  // From here on the arrays hold what was right less what was expected.
  const pieces = expected.pieces.map((share) => -share);
  const pairs = expected.transitions.map((share) => -share);
  const bump = (values: Float64Array, slot: number) => {
    values[slot] = (values[slot] ?? 0) + 1;
  };
  let previous = LABELS;
  for (const [start, end, label] of example.pieces) {
    bump(pieces, pieceSlot(start, end - start) + label);
    bump(pairs, transitionSlot(previous, label));
    previous = label;
  }
  bump(pairs, transitionSlot(previous, LABELS));

  const gradient = characterGradient(length, pieces);
  improveRows(example.characters, CHARACTER_FEATURES, characters, CHARACTER_COLUMNS, gradient);
  improveRows(example.elements, ELEMENT_FEATURES, elements, LABELS, pieces);
  pairs.forEach((value, slot) => {
    if (Math.abs(value) > 1e-4) improve(transitions, slot, value);
  });
}

/** Hidden features are made up for by the others. */
const SCALE = 1 / (1 - HIDDEN);

function addRows(
  rows: Int32Array,
  features: number,
  { weights }: Trainable,
  columns: number,
  scores: Float64Array,
): void {
  rows.forEach((row, n) => {
    if (row < 0) return;
    const slot = Math.floor(n / features) * columns;
    const base = row * columns;
    for (let column = 0; column < columns; column++) {
      scores[slot + column] = (scores[slot + column] ?? 0) + SCALE * (weights[base + column] ?? 0);
    }
  });
}

/** What the pieces ask of their characters. */
function characterGradient(length: number, pieces: Float64Array): Float64Array {
  const gradient = new Float64Array(length * CHARACTER_COLUMNS);
  const add = (at: number, column: number, value: number) => {
    const slot = at * CHARACTER_COLUMNS + column;
    gradient[slot] = (gradient[slot] ?? 0) + value;
  };
  for (let from = 0; from < length; from++) {
    for (let size = 1; size <= Math.min(LONGEST_ELEMENT, length - from); size++) {
      for (let label = 0; label < LABELS; label++) {
        const value = pieces[pieceSlot(from, size) + label] ?? 0;
        if (value === 0) continue;
        if (label === NO_ELEMENT) add(from, OUTSIDE_COLUMN, value);
        else if (size === 1) add(from, columnOf(label, ALONE), value);
        else {
          add(from, columnOf(label, FIRST), value);
          for (let at = from + 1; at < from + size - 1; at++) {
            add(at, columnOf(label, INSIDE), value);
          }
          add(from + size - 1, columnOf(label, LAST), value);
        }
      }
    }
  }
  return gradient;
}

const WORTH_LEARNING = 1e-3;

function improveRows(
  rows: Int32Array,
  features: number,
  trained: Trainable,
  columns: number,
  gradient: Float64Array,
): void {
  const wanted = new Int32Array(columns);
  for (let place = 0; place * features < rows.length; place++) {
    let count = 0;
    for (let column = 0; column < columns; column++) {
      if (Math.abs(gradient[place * columns + column] ?? 0) > WORTH_LEARNING) {
        wanted[count++] = column;
      }
    }
    if (count === 0) continue;
    for (let n = 0; n < features; n++) {
      const row = rows[place * features + n] ?? -1;
      if (row < 0) continue;
      for (let at = 0; at < count; at++) {
        const column = wanted[at] ?? 0;
        improve(trained, row * columns + column, gradient[place * columns + column] ?? 0);
      }
    }
  }
}

function improve({ weights, squares }: Trainable, slot: number, gradient: number): void {
  const square = (squares[slot] ?? 0) + gradient * gradient;
  squares[slot] = square;
  const step = RATE / Math.sqrt(square);
  const weight = (weights[slot] ?? 0) + step * gradient;
  const pull = step * PULL;
  weights[slot] = weight > pull ? weight - pull : weight < -pull ? weight + pull : 0;
}
