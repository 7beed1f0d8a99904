import { bareText } from "./bare-text.ts";
import type { ClassifierModel } from "./classifier.ts";
import { eachGram, toVector } from "./grams.ts";

/** A piece of the text, and by how much it spoke for the label more than for the others on average. */
export interface Reason {
  words: string;
  weight: number;
}

/** The pieces of a text that spoke most for a label, strongest first, none inside another. */
export function explain(
  model: ClassifierModel,
  text: string,
  label: string,
  most: number,
): Reason[] {
  const index = model.labels.indexOf(label);
  if (index < 0) return [];
  const bare = bareText(text);
  const { columns, weights } = toVector(bare, model.vocabulary);
  const weightOf = new Map(Array.from(columns, (column, at) => [column, weights[at] ?? 0]));
  const spoke = new Map<string, number>();
  eachGram(bare, model.vocabulary.longest, (gram) => {
    const column = model.vocabulary.columns.get(gram);
    if (column === undefined || spoke.has(gram)) return;
    spoke.set(gram, (weightOf.get(column) ?? 0) * advantage(model, column, index));
  });
  const reasons: Reason[] = [];
  for (const [words, weight] of [...spoke].sort((a, b) => b[1] - a[1])) {
    if (weight <= 0 || reasons.length === most) break;
    if (reasons.some((other) => other.words.includes(words) || words.includes(other.words)))
      continue;
    reasons.push({ words, weight: Math.round(weight * 1000) / 1000 });
  }
  return reasons;
}

function advantage({ weights, labels }: ClassifierModel, column: number, index: number): number {
  const row = weights.subarray(column * labels.length, (column + 1) * labels.length);
  const mean = row.reduce((sum, weight) => sum + weight, 0) / labels.length;
  return (row[index] ?? 0) - mean;
}
