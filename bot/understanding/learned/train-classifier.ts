import { seededChance } from "../../../services/chance.ts";
import { bareText } from "./bare-text.ts";
import type { ClassifierModel } from "./classifier.ts";
import { learnVocabulary, toVector } from "./grams.ts";
import { separate } from "./separate.ts";

/** A text, and the label that people settled on. */
export interface Example {
  text: string;
  label: string;
}

export interface TrainOptions {
  seed: number;
  /** how far training is, for people to read */
  say?: (line: string) => void;
}

const LONGEST_GRAM = 3;
const FEWEST_TEXTS = 2;
const COST = 0.5;
const ROUNDS = 12;
/**
 * As long as a title. Every longer text is learnt a second time by its opening alone, so that short
 * messages are no strangers: +0.025 macro-F1 on openings, nothing lost on whole texts.
 */
const OPENING = 14;
/** Until it is fitted: see `calibrate.ts`. */
const PLAIN_SHARPNESS = 3;

/**
 * The same examples and seed make the same model.
 *
 * @throws Error when there are fewer than two labels
 */
export function trainClassifier(
  examples: readonly Example[],
  { seed, say = () => {} }: TrainOptions,
): ClassifierModel {
  const labels = [...new Set(examples.map(({ label }) => label))].sort();
  if (labels.length < 2) {
    throw new Error("There is nothing to tell apart. Give examples of at least two labels.");
  }
  const texts = examples.map(({ text }) => bareText(text));
  const vocabulary = learnVocabulary(texts, { longest: LONGEST_GRAM, fewest: FEWEST_TEXTS });
  say(`${examples.length} texts, ${labels.length} labels, ${vocabulary.columns.size} grams`);

  const long = examples.flatMap((_, index) =>
    (texts[index] ?? "").length > OPENING ? [index] : [],
  );
  const learnt = [...examples.keys(), ...long];
  const vectors = [...texts, ...long.map((index) => (texts[index] ?? "").slice(0, OPENING))].map(
    (text) => toVector(text, vocabulary),
  );
  const width = vocabulary.columns.size;
  const weights = new Float32Array(width * labels.length);
  const biases = new Float32Array(labels.length);
  for (const [at, label] of labels.entries()) {
    const plane = separate(
      vectors,
      (index) => examples[learnt[index] ?? 0]?.label === label,
      width,
      {
        cost: COST,
        rounds: ROUNDS,
        chance: seededChance(seed + at).next,
      },
    );
    biases[at] = plane.bias;
    for (let column = 0; column < width; column++)
      weights[column * labels.length + at] = plane.weights[column] ?? 0;
    say(`learnt ${at + 1} of ${labels.length}`);
  }
  return { labels, vocabulary, weights, biases, sharpness: PLAIN_SHARPNESS };
}
