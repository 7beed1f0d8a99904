import {
  type AddressSigns,
  codeAt,
  divisionAt,
  divisionBefore,
  divisionFrom,
  kindAt,
  pieceAt,
} from "./address-signs.ts";
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
  let n = 0;
  into[n++] = hashOf(0);
  for (let o = -3; o <= 3; o++) into[n++] = mix(hashOf(10 + o), codeAt(signs, at + o));
  for (let o = -3; o <= 2; o++)
    into[n++] = mix(mix(hashOf(20 + o), codeAt(signs, at + o)), codeAt(signs, at + o + 1));
  for (let o = -3; o <= 1; o++) {
    into[n++] = mix(
      mix(mix(hashOf(30 + o), codeAt(signs, at + o)), codeAt(signs, at + o + 1)),
      codeAt(signs, at + o + 2),
    );
  }
  for (let o = -3; o <= 0; o++) {
    into[n++] = mix(
      mix(
        mix(mix(hashOf(40 + o), codeAt(signs, at + o)), codeAt(signs, at + o + 1)),
        codeAt(signs, at + o + 2),
      ),
      codeAt(signs, at + o + 3),
    );
  }
  into[n++] = mix(mix(hashOf(50), codeAt(signs, at - 1)), codeAt(signs, at + 1));
  into[n++] = mix(mix(hashOf(51), codeAt(signs, at - 2)), codeAt(signs, at));
  into[n++] = mix(mix(hashOf(52), codeAt(signs, at)), codeAt(signs, at + 2));
  into[n++] = mix(
    mix(mix(hashOf(60), kindAt(signs, at - 1)), kindAt(signs, at)),
    kindAt(signs, at + 1),
  );
  into[n++] = mix(
    mix(
      mix(mix(mix(hashOf(61), kindAt(signs, at - 2)), kindAt(signs, at - 1)), kindAt(signs, at)),
      kindAt(signs, at + 1),
    ),
    kindAt(signs, at + 2),
  );
  into[n++] = mix(
    mix(mix(hashOf(62), kindAt(signs, at)), kindAt(signs, at + 1)),
    mix(kindAt(signs, at + 2), kindAt(signs, at + 3)),
  );
  into[n++] = mix(
    mix(mix(hashOf(63), kindAt(signs, at)), kindAt(signs, at - 1)),
    mix(kindAt(signs, at - 2), kindAt(signs, at - 3)),
  );
  const next = signs.endingFrom[at] ?? signs.length;
  const ahead = Math.min(8, next - at);
  const ending = next < signs.length ? codeAt(signs, next) : 0;
  const last = signs.endingBefore[at] ?? -1;
  const behind = Math.min(8, at - last);
  const ended = last >= 0 ? codeAt(signs, last) : 0;
  into[n++] = mix(mix(hashOf(70), ending), ahead);
  into[n++] = mix(mix(mix(hashOf(71), ending), ahead), codeAt(signs, at));
  into[n++] = mix(mix(hashOf(72), ended), behind);
  into[n++] = mix(mix(mix(hashOf(73), ended), behind), codeAt(signs, at));
  into[n++] = mix(mix(mix(mix(hashOf(74), ended), behind), ending), ahead);
  into[n++] = mix(hashOf(75), Math.min(6, at));
  into[n++] = mix(hashOf(76), Math.min(4, signs.length - 1 - at));
  into[n++] = mix(mix(hashOf(77), Math.min(3, at)), codeAt(signs, at));
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
  const first = codeAt(signs, from);
  const final = codeAt(signs, to - 1);
  const before = codeAt(signs, from - 1);
  const after = codeAt(signs, to);
  const whole = pieceAt(signs, from, to);
  const lastTwo = mix(final, length >= 2 ? codeAt(signs, to - 2) : 7);
  const lastThree = mix(lastTwo, length >= 3 ? codeAt(signs, to - 3) : 7);
  const firstTwo = mix(first, length >= 2 ? codeAt(signs, from + 1) : 7);
  const shape = shapeOf(signs, from, to);
  const division = divisionAt(signs, from, to);
  let n = 0;
  into[n++] = mix(hashOf(100), length);
  into[n++] = mix(hashOf(101), whole);
  into[n++] = mix(mix(hashOf(102), whole), after);
  into[n++] = mix(mix(hashOf(103), whole), before);
  into[n++] = mix(mix(hashOf(104), lastTwo), length);
  into[n++] = mix(mix(hashOf(105), final), length);
  into[n++] = mix(hashOf(106), lastThree);
  into[n++] = mix(mix(hashOf(107), lastTwo), after);
  into[n++] = mix(mix(hashOf(108), final), after);
  into[n++] = mix(mix(hashOf(109), final), before);
  into[n++] = mix(mix(hashOf(110), first), final);
  into[n++] = mix(mix(hashOf(111), firstTwo), lastTwo);
  into[n++] = mix(hashOf(112), shape);
  into[n++] = mix(mix(hashOf(113), shape), final);
  into[n++] = mix(mix(hashOf(114), shape), kindAt(signs, to));
  into[n++] = mix(mix(hashOf(115), shape), kindAt(signs, from - 1));
  into[n++] = mix(mix(mix(hashOf(116), before), lastTwo), after);
  into[n++] = mix(mix(hashOf(117), final), mix(after, codeAt(signs, to + 1)));
  into[n++] = mix(mix(hashOf(118), division), length);
  into[n++] = mix(mix(hashOf(119), division), kindAt(signs, to));
  into[n++] = mix(mix(hashOf(120), division), divisionFrom(signs, to, signs.length));
  into[n++] = mix(mix(hashOf(121), division), divisionBefore(signs, from));
  into[n++] = mix(mix(mix(hashOf(122), division), divisionFrom(signs, from, length)), length);
  into[n++] = mix(mix(mix(hashOf(123), division), kindAt(signs, to - 1)), length);
}

/** The kinds of the signs, each run of one kind once: 12-3号 and 5-11号 are the same. */
function shapeOf(signs: AddressSigns, from: number, to: number): number {
  let shape = 5;
  for (let at = from; at < to; at++) {
    if (at === from || kindAt(signs, at) !== kindAt(signs, at - 1))
      shape = mix(shape, kindAt(signs, at));
  }
  return shape;
}
