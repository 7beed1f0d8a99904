import type { CategoryScore } from "../categories.ts";
import { type ClassifierModel, marginsOf, sharesOf } from "./classifier.ts";

/** What a district's own events have taught, beside the lexicon. */
export interface LearnedCategories {
  /** its labels are slugs of the catalog */
  model: ClassifierModel;
  /** how many points of the lexicon the whole of what was learnt is worth; fitted on unseen events */
  trust: number;
}

/** What is less likely than this is not worth being sorted. */
const LEAST_SHARE = 0.01;

/** What comes after the first sentences is mostly story. */
const OPENING = 120;

/** How much of a text is learnt from and read. */
export const openingOf = (text: string): string => text.slice(0, OPENING);

/**
 * Categories that only words decide: an emergency is no matter of likeness, and a report about conduct
 * must not lose its secrecy because others like it were filed as something else.
 */
const DECIDED_BY_WORDS =
  /^(?:emergency\..*|complaint\.conduct|dispute\.family|people\.special|petition\.cluster)$/;
const NEVER_LEARNT = /^emergency\./;

export const isLearnable = (category: string): boolean => !NEVER_LEARNT.test(category);

/**
 * The lexicon's scores with those of the learnt model added, for the categories that the catalog has.
 * Without a model the scores stay as they are.
 */
export function withLearned(
  scores: readonly CategoryScore[],
  text: string,
  learned: LearnedCategories | null,
  catalog: { has(slug: string): boolean },
): readonly CategoryScore[] {
  if (learned === null || learned.trust === 0) return scores;
  const first = scores[0]?.category;
  if (first !== undefined && DECIDED_BY_WORDS.test(first)) return scores;
  const { model, trust } = learned;
  const shares = sharesOf(marginsOf(model, openingOf(text)), model.sharpness);
  const points = new Map(scores.map((score) => [score.category, score.points]));
  for (const [index, label] of model.labels.entries()) {
    const share = shares[index] ?? 0;
    if (share < LEAST_SHARE || !catalog.has(label) || !isLearnable(label)) continue;
    points.set(label, (points.get(label) ?? 0) + trust * share);
  }
  return [...points]
    .map(([category, sum]) => ({ category, points: sum }))
    .sort((a, b) => b.points - a.points || (a.category < b.category ? -1 : 1));
}
