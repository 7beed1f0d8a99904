export interface Chance {
  /** at least 0, less than 1 */
  next(): number;
  between(least: number, most: number): number;
  of<T>(values: readonly T[]): T;
  /** true in `share` of all cases */
  in(share: number): boolean;
}

/** Chance that repeats itself for the same seed (mulberry32). */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    between: (least, most) => least + next() * (most - least),
    of(values) {
      const value = values[Math.floor(next() * values.length)];
      if (value === undefined) throw new Error("There is nothing to choose from.");
      return value;
    },
    in: (share) => next() < share,
  };
}
