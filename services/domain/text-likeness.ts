import { readNumeral } from "./numeral.ts";

/** What a text is recognised by: its shingles (runs of two and three characters) and their weights. */
export interface TextPrint {
  weights: ReadonlyMap<string, number>;
  /** length of the vector of weights; 0 where the text says nothing */
  norm: number;
}

/** How much it tells that two texts share a shingle, above 0. */
export type Rarity = (shingle: string) => number;

/** People come to the point early; what follows repeats it, and a print is to cost microseconds. */
const LONGEST_READ = 400;

/** The print of a text. Without a corpus function words weigh little and numbers much. */
export function printOf(text: string, rarity: Rarity = plainRarity): TextPrint {
  const weights = new Map<string, number>();
  for (const [shingle, times] of countShingles(text))
    weights.set(shingle, (1 + Math.log(times)) * rarity(shingle));
  let squares = 0;
  for (const weight of weights.values()) squares += weight * weight;
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
    for (const shingle of countShingles(text).keys())
      containing.set(shingle, (containing.get(shingle) ?? 0) + 1);
  return (shingle) => Math.log((texts.length + 2) / ((containing.get(shingle) ?? 0) + 1));
}

/** Says how things stand or how one speaks, hardly what is spoken of. */
const FUNCTION_WORDS = new Set(
  "的了是我你他她它们在有和就都也不没这那很还被把给请吗呢吧啊呀个着到去来上下",
);

function plainRarity(shingle: string): number {
  if (shingle.startsWith("#")) return 2;
  for (const sign of shingle) if (FUNCTION_WORDS.has(sign)) return 0.3;
  return 1;
}

const RUN = /\p{Script=Han}+|[A-Za-z]+|\d+(?:幢|单元|室|楼|路|号)?/gu;

function countShingles(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (shingle: string) => counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  for (const [run] of plainDoors(text.slice(0, LONGEST_READ)).matchAll(RUN)) {
    if (run.charCodeAt(0) < 0x3000) {
      add(`#${run.toLowerCase()}`);
      continue;
    }
    for (let at = 0; at + 2 <= run.length; at++) {
      add(run.slice(at, at + 2));
      if (at + 3 <= run.length) add(run.slice(at, at + 3));
    }
  }
  return counts;
}

const DOOR =
  /(\d{1,5}|[零〇一二两三四五六七八九十百]{1,4}) ?(?:(号楼|幢|栋|座)|(单元|门洞)|(室|房(?!子|东|屋|间|价|管)))/g;

/** 三号楼, 3栋 → 3幢: doors are written in many ways. */
const plainDoors = (text: string): string =>
  text.replace(DOOR, (words, numeral: string, building?: string, unit?: string) => {
    const value = readNumeral(numeral);
    if (value === null) return words;
    return `${value}${building === undefined ? (unit === undefined ? "室" : "单元") : "幢"}`;
  });

/** The doors a text names: `3幢`, `2单元`, `501室`. */
export function doorsOf(text: string): ReadonlySet<string> {
  return new Set(plainDoors(text.slice(0, LONGEST_READ)).match(/\d+(?:幢|单元|室)/g) ?? []);
}
