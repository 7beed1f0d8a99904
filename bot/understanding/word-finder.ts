/** Finds every word of a fixed list in a text; the cost grows with the text, not with the list. */
export interface WordFinder {
  /** where each word that occurs begins, at most eight places a word */
  find(text: string): Map<string, number[]>;
}

const MOST_PLACES = 8;

export function buildWordFinder(words: Iterable<string>): WordFinder {
  const byFirst = new Map<string, string[]>();
  for (const word of new Set(words)) {
    const first = word.charAt(0);
    if (first === "") continue;
    const bucket = byFirst.get(first);
    if (bucket === undefined) byFirst.set(first, [word]);
    else bucket.push(word);
  }
  return {
    find(text) {
      const found = new Map<string, number[]>();
      for (let at = 0; at < text.length; at++) {
        for (const word of byFirst.get(text.charAt(at)) ?? []) {
          if (!text.startsWith(word, at)) continue;
          const places = found.get(word);
          if (places === undefined) found.set(word, [at]);
          else if (places.length < MOST_PLACES) places.push(at);
        }
      }
      return found;
    },
  };
}
