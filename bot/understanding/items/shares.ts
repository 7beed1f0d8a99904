import type { CategoryScore } from "../categories.ts";

/** Scores as shares of a whole that leaves room for doubt, in the same order. */
export function shares(scores: readonly CategoryScore[]): { category: string; score: number }[] {
  const all = scores.reduce((sum, score) => sum + score.points, 3);
  return scores.map(({ category, points }) => ({
    category,
    score: Math.round((points / all) * 100) / 100,
  }));
}
