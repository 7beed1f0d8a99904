/** Features are 32-bit hashes: a trained model then holds figures and no words. */

/** The hash that a kind of feature begins with. */
export const hashOf = (kind: number): number => Math.imul(kind + 1, 0x9e3779b1);

/** The hash of what came before and `value`. */
export function mix(hash: number, value: number): number {
  let mixed = Math.imul(hash ^ value, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
