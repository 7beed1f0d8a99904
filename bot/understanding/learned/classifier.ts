import { bareText } from "./bare-text.ts";
import { toVector, type Vocabulary } from "./grams.ts";

/** What training made: one weight for each gram and label. */
export interface ClassifierModel {
  labels: readonly string[];
  vocabulary: Vocabulary;
  /** the weight of column c for label l stands at c × labels + l */
  weights: Float32Array;
  biases: Float32Array;
  /** margins are multiplied by this before they become shares; fitted on texts that were held out */
  sharpness: number;
}

export interface LabelScore {
  label: string;
  /** 0–1; those of all labels add up to 1 */
  share: number;
}

/** How well each label fits, best first. */
export function classify(model: ClassifierModel, text: string): LabelScore[] {
  const shares = sharesOf(marginsOf(model, text), model.sharpness);
  return model.labels
    .map((label, index) => ({ label, share: shares[index] ?? 0 }))
    .sort((a, b) => b.share - a.share || (a.label < b.label ? -1 : 1));
}

/** How far the text stands on each label's own side, in the order of `labels`. */
export function marginsOf(model: ClassifierModel, text: string): Float64Array {
  const { columns, weights } = toVector(bareText(text), model.vocabulary);
  const margins = Float64Array.from(model.biases);
  const wide = model.labels.length;
  for (let at = 0; at < columns.length; at++) {
    const row = (columns[at] as number) * wide;
    const own = weights[at] as number;
    for (let label = 0; label < wide; label++)
      margins[label] = (margins[label] as number) + own * (model.weights[row + label] as number);
  }
  return margins;
}

export function sharesOf(margins: Float64Array, sharpness: number): Float64Array {
  const shares = new Float64Array(margins.length);
  let best = Number.NEGATIVE_INFINITY;
  for (const margin of margins) if (margin > best) best = margin;
  let sum = 0;
  for (const [index, margin] of margins.entries()) {
    const raised = Math.exp(sharpness * (margin - best));
    shares[index] = raised;
    sum += raised;
  }
  for (let index = 0; index < shares.length; index++)
    shares[index] = (shares[index] as number) / sum;
  return shares;
}
