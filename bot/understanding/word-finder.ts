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
  const single = new Map<number, Meaning>();
  const byOpening = new Map<number, Entry<Meaning>[]>();
  for (const [word, meaning] of words) {
    if (word.length === 1) single.set(word.charCodeAt(0), meaning);
    if (word.length < 2) continue;
    const opening = openingOf(word.charCodeAt(0), word.charCodeAt(1));
    const bucket = byOpening.get(opening);
    if (bucket === undefined) byOpening.set(opening, [{ word, meaning }]);
    else bucket.push({ word, meaning });
  }
  return {
    find(text, found) {
      for (let at = 0; at < text.length; at++) {
        const sign = text.charCodeAt(at);
        const alone = single.get(sign);
        if (alone !== undefined) found(alone, at, at + 1);
        const bucket = byOpening.get(openingOf(sign, text.charCodeAt(at + 1)));
        if (bucket === undefined) continue;
        for (const { word, meaning } of bucket) {
          if (word.length === 2 || text.startsWith(word, at)) found(meaning, at, at + word.length);
        }
      }
    },
  };
}

/** `NaN` behind the last character counts as 0, which opens no word. */
const openingOf = (first: number, second: number): number => first * 0x10000 + (second | 0);
