import type { Vector } from "./grams.ts";

/** One label against all others: positive on its side of the plane. */
export interface Plane {
  weights: Float64Array;
  bias: number;
}

export interface SeparateOptions {
  /** how much an example on the wrong side costs against wide margins */
  cost: number;
  rounds: number;
  /** at least 0, less than 1 */
  chance: () => number;
}

/** Below this largest change of a round nothing is gained by another one. */
const SETTLED = 0.05;

/**
 * A linear support vector machine with squared hinge loss, by dual coordinate descent (Hsieh et al. 2008,
 * "A Dual Coordinate Descent Method for Large-scale Linear SVM", as in liblinear).
 */
export function separate(
  vectors: readonly Vector[],
  isPositive: (index: number) => boolean,
  width: number,
  { cost, rounds, chance }: SeparateOptions,
): Plane {
  const weights = new Float64Array(width);
  let bias = 0;
  const ease = 0.5 / cost;
  const shares = new Float64Array(vectors.length);
  const order = Int32Array.from(vectors, (_, index) => index);
  for (let round = 0; round < rounds; round++) {
    shuffle(order, chance);
    let largest = 0;
    for (const index of order) {
      const vector = vectors[index];
      if (vector === undefined) continue;
      const sign = isPositive(index) ? 1 : -1;
      const share = shares[index] ?? 0;
      const slope = sign * (dot(weights, vector) + bias) - 1 + share * ease;
      largest = Math.max(largest, Math.abs(share === 0 ? Math.min(slope, 0) : slope));
      // Vectors have length 1 and the bias counts as one more column of 1.
      const next = Math.max(share - slope / (2 + ease), 0);
      if (next === share) continue;
      shares[index] = next;
      const step = (next - share) * sign;
      bias += step;
      add(weights, vector, step);
    }
    if (largest < SETTLED) break;
  }
  return { weights, bias };
}

// Indexed loops: this is where training spends its time.
export function dot(weights: Float64Array | Float32Array, { columns, weights: own }: Vector) {
  let sum = 0;
  for (let at = 0; at < columns.length; at++)
    sum += (weights[columns[at] as number] as number) * (own[at] as number);
  return sum;
}

function add(weights: Float64Array, { columns, weights: own }: Vector, step: number): void {
  for (let at = 0; at < columns.length; at++) {
    const column = columns[at] as number;
    weights[column] = (weights[column] as number) + step * (own[at] as number);
  }
}

function shuffle(order: Int32Array, chance: () => number): void {
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(chance() * (last + 1));
    const moved = order[last] as number;
    order[last] = order[other] as number;
    order[other] = moved;
  }
}
