/**
 * Which two characters may stand at the beginning of a word. It never denies a pair that was added, and now
 * and then takes another for one: the exact look comes afterwards, at the few places that are left.
 */
export interface PairSet {
  add(first: number, second: number): void;
  mayHave(first: number, second: number): boolean;
}

/** 16 kB: small enough to stay at hand for the processor, sparse enough for the names of a district. */
const BITS = 1 << 17;

export function makePairSet(): PairSet {
  const words = new Uint32Array(BITS / 32);
  return {
    add(first, second) {
      const bit = bitOf(first, second);
      words[bit >>> 5] = (words[bit >>> 5] ?? 0) | (1 << (bit & 31));
    },
    mayHave(first, second) {
      const bit = bitOf(first, second);
      return (((words[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1;
    },
  };
}

const bitOf = (first: number, second: number): number =>
  (Math.imul(first, 0x9e3b) ^ second) & (BITS - 1);
