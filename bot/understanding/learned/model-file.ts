import { z } from "zod";
import { READING_VERSION } from "./bare-text.ts";
import type { ClassifierModel } from "./classifier.ts";

const FORMAT = `yihu-classifier@${READING_VERSION}`;

const Stored = z.object({
  format: z.literal(FORMAT),
  labels: z.array(z.string()).min(2),
  longest: z.number().int().min(1),
  /** no gram contains a blank */
  grams: z.string().transform((list) => (list === "" ? [] : list.split(" "))),
  rarity: z.string(),
  /** whole numbers of `step` */
  weights: z.string(),
  step: z.number(),
  biases: z.array(z.number()),
  sharpness: z.number().positive(),
});

/** A model as JSON: about 20 bytes a gram and 3 a weight. */
export function writeModel({ vocabulary, ...model }: ClassifierModel): string {
  const step = (largest(model.weights) || 1) / 32_767;
  return JSON.stringify({
    format: FORMAT,
    labels: model.labels,
    longest: vocabulary.longest,
    grams: [...vocabulary.columns.keys()].join(" "),
    rarity: toBase64(vocabulary.rarity),
    weights: toBase64(Int16Array.from(model.weights, (weight) => Math.round(weight / step))),
    step,
    biases: [...model.biases],
    sharpness: model.sharpness,
  });
}

/** @throws Error when this is no model, or one of another version of the product */
export function readModel(content: string): ClassifierModel {
  const stored = Stored.safeParse(parsed(content));
  if (!stored.success) {
    throw new Error(`This is no model of ${FORMAT}. Train it again with \`npm run train\`.`);
  }
  const { labels, longest, grams, rarity, weights, step, biases, sharpness } = stored.data;
  const numbers = new Int16Array(fromBase64(weights, 2));
  const model = {
    labels,
    vocabulary: {
      longest,
      columns: new Map(grams.map((gram, column) => [gram, column])),
      rarity: new Float32Array(fromBase64(rarity, 4)),
    },
    weights: Float32Array.from(numbers, (number) => number * step),
    biases: Float32Array.from(biases),
    sharpness,
  };
  const whole =
    model.vocabulary.rarity.length === grams.length &&
    model.weights.length === grams.length * labels.length &&
    biases.length === labels.length;
  if (!whole) throw new Error("The model is cut off. Train it again with `npm run train`.");
  return model;
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}

const largest = (weights: Float32Array): number =>
  weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);

const toBase64 = (numbers: Float32Array | Int16Array): string =>
  Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString("base64");

/** A copy of whole elements: a view can neither begin nor end in the middle of one. */
const fromBase64 = (text: string, bytesEach: number): ArrayBuffer => {
  const bytes = Uint8Array.from(Buffer.from(text, "base64"));
  return bytes.buffer.slice(0, bytes.length - (bytes.length % bytesEach));
};
