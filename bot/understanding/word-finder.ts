import { makePairSet } from "./pair-set.ts";

/** Finds every word of a fixed list in a text; the cost grows with the text, not with the list. */
export interface WordFinder<Meaning> {
  /** calls back for every word that occurs, from left to right */
  find(text: string, found: (meaning: Meaning, start: number, end: number) => void): void;
}

interface Entry<Meaning> {
  word: string;
  meaning: Meaning;
}

/** Words are kept by their first two characters: almost every place of a text is dismissed by one look. */
export function buildWordFinder<Meaning>(words: ReadonlyMap<string, Meaning>): WordFinder<Meaning> {
  const alone = new Map<number, Meaning>();
  const longer = new Map<number, Entry<Meaning>[]>();
  const pairs = makePairSet();
  for (const [word, meaning] of words) {
    const first = word.charCodeAt(0);
    if (word.length === 1) {
      alone.set(first, meaning);
      continue;
    }
    const second = word.charCodeAt(1);
    pairs.add(first, second);
    const pair = pairOf(first, second);
    const same = longer.get(pair);
    if (same === undefined) longer.set(pair, [{ word, meaning }]);
    else same.push({ word, meaning });
  }
  const standAlone = new Uint8Array(0x10000);
  for (const sign of alone.keys()) standAlone[sign] = 1;
  return {
    find(text, found) {
      let second = text.length === 0 ? 0 : text.charCodeAt(0);
      for (let at = 0; at < text.length; at++) {
        const first = second;
        second = at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
        if (standAlone[first] === 1) {
          const meaning = alone.get(first);
          if (meaning !== undefined) found(meaning, at, at + 1);
        }
        if (!pairs.mayHave(first, second)) continue;
        const entries = longer.get(pairOf(first, second));
        if (entries === undefined) continue;
        for (const { word, meaning } of entries) {
          if (standsAt(text, word, at)) found(meaning, at, at + word.length);
        }
      }
    },
  };
}

const pairOf = (first: number, second: number): number => first * 0x10000 + second;

/** Whether the rest of a word whose first two characters stand there follows them. */
function standsAt(text: string, word: string, at: number): boolean {
  if (at + word.length > text.length) return false;
  for (let index = 2; index < word.length; index++) {
    if (text.charCodeAt(at + index) !== word.charCodeAt(index)) return false;
  }
  return true;
}
