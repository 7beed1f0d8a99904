/** Finds every word of a fixed list in a text; the cost grows with the text, not with the list. */
export interface WordFinder<Meaning> {
  /** calls back for every word that occurs, from left to right */
  find(text: string, found: (meaning: Meaning, start: number, end: number) => void): void;
}

interface Entry<Meaning> {
  word: string;
  meaning: Meaning;
}

/** What may begin at one character: the word of it alone, and longer words by their second character. */
interface Opening<Meaning> {
  alone: Meaning | null;
  longer: Map<number, Entry<Meaning>[]>;
}

/** Words are kept by their first two characters: almost every place of a text is dismissed by one look. */
export function buildWordFinder<Meaning>(words: ReadonlyMap<string, Meaning>): WordFinder<Meaning> {
  const openings: (Opening<Meaning> | undefined)[] = [];
  for (const [word, meaning] of words) {
    const first = word.charCodeAt(0);
    const opening = openings[first] ?? { alone: null, longer: new Map() };
    openings[first] = opening;
    if (word.length === 1) opening.alone = meaning;
    else {
      const second = word.charCodeAt(1);
      opening.longer.set(second, [...(opening.longer.get(second) ?? []), { word, meaning }]);
    }
  }
  return {
    find(text, found) {
      for (let at = 0; at < text.length; at++) {
        const opening = openings[text.charCodeAt(at)];
        if (opening === undefined) continue;
        if (opening.alone !== null) found(opening.alone, at, at + 1);
        const longer = opening.longer.get(text.charCodeAt(at + 1));
        if (longer === undefined) continue;
        for (const { word, meaning } of longer) {
          if (word.length === 2 || text.startsWith(word, at)) found(meaning, at, at + word.length);
        }
      }
    },
  };
}
