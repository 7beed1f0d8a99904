import type { AddressSigns } from "./address-signs.ts";
import { hashOf, mix } from "./hash.ts";

/** How many hashes `characterFeatures` writes. */
export const CHARACTER_FEATURES = 38;
/** How many hashes `elementFeatures` writes. */
export const ELEMENT_FEATURES = 24;

/**
 * What speaks for a character's place in an element: the characters around it, alone and in rows, what kinds they
 * are, and how far the signs are that end elements. Written into `into` as hashes; each kind of feature has a number
 * of its own, which a trained model depends on.
 */
export function characterFeatures(signs: AddressSigns, at: number, into: Int32Array): void {
  const code = (offset: number) => signs.code(at + offset);
  const kind = (offset: number) => signs.kind(at + offset);
  let n = 0;
  const put = (hash: number) => {
    into[n++] = hash;
  };
  put(hashOf(0));
  for (let o = -3; o <= 3; o++) put(mix(hashOf(10 + o), code(o)));
  for (let o = -3; o <= 2; o++) put(mix(mix(hashOf(20 + o), code(o)), code(o + 1)));
  for (let o = -3; o <= 1; o++) {
    put(mix(mix(mix(hashOf(30 + o), code(o)), code(o + 1)), code(o + 2)));
  }
  for (let o = -3; o <= 0; o++) {
    put(mix(mix(mix(mix(hashOf(40 + o), code(o)), code(o + 1)), code(o + 2)), code(o + 3)));
  }
  put(mix(mix(hashOf(50), code(-1)), code(1)));
  put(mix(mix(hashOf(51), code(-2)), code(0)));
  put(mix(mix(hashOf(52), code(0)), code(2)));
  put(mix(mix(mix(hashOf(60), kind(-1)), kind(0)), kind(1)));
  put(mix(mix(mix(mix(mix(hashOf(61), kind(-2)), kind(-1)), kind(0)), kind(1)), kind(2)));
  put(mix(mix(mix(hashOf(62), kind(0)), kind(1)), mix(kind(2), kind(3))));
  put(mix(mix(mix(hashOf(63), kind(0)), kind(-1)), mix(kind(-2), kind(-3))));
  const next = signs.endingFrom(at);
  const ahead = Math.min(8, next - at);
  const ending = next < signs.length ? signs.code(next) : 0;
  const last = signs.endingBefore(at);
  const behind = Math.min(8, at - last);
  const ended = last >= 0 ? signs.code(last) : 0;
  put(mix(mix(hashOf(70), ending), ahead));
  put(mix(mix(mix(hashOf(71), ending), ahead), code(0)));
  put(mix(mix(hashOf(72), ended), behind));
  put(mix(mix(mix(hashOf(73), ended), behind), code(0)));
  put(mix(mix(mix(mix(hashOf(74), ended), behind), ending), ahead));
  put(mix(hashOf(75), Math.min(6, at)));
  put(mix(hashOf(76), Math.min(4, signs.length - 1 - at)));
  put(mix(mix(hashOf(77), Math.min(3, at)), code(0)));
}

/**
 * What speaks for `[from, to)` being one element: its length, words, beginning, end and shape, what stands beside
 * it, and whether it is the name of an administrative division.
 */
export function elementFeatures(
  signs: AddressSigns,
  from: number,
  to: number,
  into: Int32Array,
): void {
  const length = to - from;
  const first = signs.code(from);
  const final = signs.code(to - 1);
  const before = signs.code(from - 1);
  const after = signs.code(to);
  const whole = signs.piece(from, to);
  const lastTwo = mix(final, length >= 2 ? signs.code(to - 2) : 7);
  const lastThree = mix(lastTwo, length >= 3 ? signs.code(to - 3) : 7);
  const firstTwo = mix(first, length >= 2 ? signs.code(from + 1) : 7);
  const shape = shapeOf(signs, from, to);
  const division = signs.division(from, to);
  let n = 0;
  const put = (hash: number) => {
    into[n++] = hash;
  };
  put(mix(hashOf(100), length));
  put(mix(hashOf(101), whole));
  put(mix(mix(hashOf(102), whole), after));
  put(mix(mix(hashOf(103), whole), before));
  put(mix(mix(hashOf(104), lastTwo), length));
  put(mix(mix(hashOf(105), final), length));
  put(mix(hashOf(106), lastThree));
  put(mix(mix(hashOf(107), lastTwo), after));
  put(mix(mix(hashOf(108), final), after));
  put(mix(mix(hashOf(109), final), before));
  put(mix(mix(hashOf(110), first), final));
  put(mix(mix(hashOf(111), firstTwo), lastTwo));
  put(mix(hashOf(112), shape));
  put(mix(mix(hashOf(113), shape), final));
  put(mix(mix(hashOf(114), shape), signs.kind(to)));
  put(mix(mix(hashOf(115), shape), signs.kind(from - 1)));
  put(mix(mix(mix(hashOf(116), before), lastTwo), after));
  put(mix(mix(hashOf(117), final), mix(after, signs.code(to + 1))));
  put(mix(mix(hashOf(118), division), length));
  put(mix(mix(hashOf(119), division), signs.kind(to)));
  put(mix(mix(hashOf(120), division), signs.divisionFrom(to, signs.length)));
  put(mix(mix(hashOf(121), division), signs.divisionBefore(from)));
  put(mix(mix(mix(hashOf(122), division), signs.divisionFrom(from, length)), length));
  put(mix(mix(mix(hashOf(123), division), signs.kind(to - 1)), length));
}

/** The kinds of the signs, each run of one kind once: 12-3号 and 5-11号 are the same. */
function shapeOf(signs: AddressSigns, from: number, to: number): number {
  let shape = 5;
  for (let at = from; at < to; at++) {
    if (at === from || signs.kind(at) !== signs.kind(at - 1)) shape = mix(shape, signs.kind(at));
  }
  return shape;
}
