/** A map from 32-bit hashes to figures of at least 0, several times as fast to fill and ask as a `Map`. */
export interface Figures {
  /** -1 where the hash is unknown */
  get(hash: number): number;
  set(hash: number, value: number): void;
  /** every hash with its figure, in no order that matters */
  entries(): [hash: number, value: number][];
}

/** @param size - how many hashes will be set at most */
export function createFigures(size: number): Figures {
  const slots = 2 ** Math.ceil(Math.log2(Math.max(8, size * 2)));
  const keys = new Int32Array(slots);
  const values = new Int32Array(slots).fill(-1);
  const slotOf = (hash: number) => {
    let slot = hash & (slots - 1);
    while (values[slot] !== -1 && keys[slot] !== hash) slot = (slot + 1) & (slots - 1);
    return slot;
  };
  return {
    get: (hash) => values[slotOf(hash)] ?? -1,
    set(hash, value) {
      const slot = slotOf(hash);
      keys[slot] = hash;
      values[slot] = value;
    },
    entries() {
      const found: [number, number][] = [];
      values.forEach((value, slot) => {
        if (value !== -1) found.push([keys[slot] ?? 0, value]);
      });
      return found;
    },
  };
}
