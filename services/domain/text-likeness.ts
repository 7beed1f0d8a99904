import { plainDoors } from "./doors.ts";

/** What a text is recognised by: its shingles (runs of two and three characters) and their weights. */
export interface TextPrint {
  weights: ReadonlyMap<string, number>;
  /** length of the vector of weights; 0 where the text says nothing */
  norm: number;
}

/** How much it tells that two texts share a shingle: 0 for nothing. */
export type Rarity = (shingle: string) => number;

/** People come to the point early; what follows repeats it, and a print is to cost microseconds. */
const LONGEST_READ = 400;

/**
 * The print of a text. Without a corpus function words weigh little and numbers much.
 *
 * @param shortest - 1 counts single characters too: of a few words (没水, 停水) they may be all that is shared
 */
export function printOf(
  text: string,
  rarity: Rarity = plainRarity,
  shortest: 1 | 2 = 2,
): TextPrint {
  const weights = new Map<string, number>();
  let squares = 0;
  for (const [shingle, times] of countShingles(text, shortest)) {
    const weight = (1 + Math.log(times)) * rarity(shingle);
    if (weight === 0) continue;
    weights.set(shingle, weight);
    squares += weight * weight;
  }
  return { weights, norm: Math.sqrt(squares) };
}

/** How alike two texts are, 0 to 1, in whichever order: the cosine of their prints. */
export function likeness(one: TextPrint, other: TextPrint): number {
  if (one.norm === 0 || other.norm === 0) return 0;
  const [small, large] = one.weights.size <= other.weights.size ? [one, other] : [other, one];
  let shared = 0;
  for (const [shingle, weight] of small.weights)
    shared += weight * (large.weights.get(shingle) ?? 0);
  return Math.min(1, shared / (one.norm * other.norm));
}

/** Weighs a shingle by how few texts of a corpus contain it (inverse document frequency). */
export function rarityIn(texts: readonly string[]): Rarity {
  const containing = new Map<string, number>();
  for (const text of texts)
    for (const shingle of countShingles(text, 2).keys())
      containing.set(shingle, (containing.get(shingle) ?? 0) + 1);
  return (shingle) => Math.log((texts.length + 2) / ((containing.get(shingle) ?? 0) + 1));
}

/** Says how things stand or how one speaks, hardly what is spoken of. */
const FUNCTION_WORDS = new Set(
  "的了是我你他她它们在有和就都也不没这那很还被把给请吗呢吧啊呀个着到去来上下",
);

function plainRarity(shingle: string): number {
  if (shingle.startsWith("#")) return 2;
  return hasFunctionWord(shingle) ? 0.3 : 1;
}

/** Weighs only what a text speaks of, for texts of a few words. */
export function subjectRarity(shingle: string): number {
  if (shingle.startsWith("#")) return 1;
  if (hasFunctionWord(shingle)) return 0;
  return shingle.length === 1 ? 0.5 : 1;
}

const hasFunctionWord = (shingle: string): boolean =>
  [...shingle].some((sign) => FUNCTION_WORDS.has(sign));

const LONGEST_SHINGLE = 3;
const RUN = /\p{Script=Han}+|[A-Za-z]+|\d+(?:幢|单元|室|楼|路|号)?/gu;

function countShingles(text: string, shortest: 1 | 2): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (shingle: string) => counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  for (const [run] of plainDoors(text.slice(0, LONGEST_READ)).matchAll(RUN)) {
    if (run.charCodeAt(0) < 0x3000) {
      add(`#${run.toLowerCase()}`);
      continue;
    }
    for (let length = shortest; length <= LONGEST_SHINGLE; length++)
      for (let at = 0; at + length <= run.length; at++) add(run.slice(at, at + length));
  }
  return counts;
}
