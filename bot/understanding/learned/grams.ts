/** Calls `each` with every run of one to `longest` signs of a text, and where it ends. */
export function eachGram(
  text: string,
  longest: number,
  each: (gram: string, end: number) => void,
): void {
  for (let from = 0; from < text.length; from++) {
    const end = Math.min(text.length, from + longest);
    for (let to = from + 1; to <= end; to++) each(text.slice(from, to), to);
  }
}

/** The runs of signs that are weighed, and how rare each is. */
export interface Vocabulary {
  longest: number;
  /** from a gram to its column */
  columns: ReadonlyMap<string, number>;
  /** inverse document frequency by column, at least 1 */
  rarity: Float32Array;
}

/** More different grams than this are not held at once: what was seen once is forgotten first. */
const MOST_HELD = 2_000_000;
const MOST_COLUMNS = 600_000;

/** @param fewest - a gram that fewer texts contain is left out */
export function learnVocabulary(
  texts: readonly string[],
  { longest, fewest }: { longest: number; fewest: number },
): Vocabulary {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const own = new Set<string>();
    eachGram(text, longest, (gram) => own.add(gram));
    for (const gram of own) counts.set(gram, (counts.get(gram) ?? 0) + 1);
    if (counts.size > MOST_HELD) forgetSingles(counts);
  }
  const kept = [...counts].filter(([, count]) => count >= fewest);
  if (kept.length > MOST_COLUMNS) kept.sort((a, b) => b[1] - a[1]).splice(MOST_COLUMNS);
  return {
    longest,
    columns: new Map(kept.map(([gram], column) => [gram, column])),
    rarity: Float32Array.from(kept, ([, count]) => Math.log((1 + texts.length) / (1 + count)) + 1),
  };
}

function forgetSingles(counts: Map<string, number>): void {
  for (const [gram, count] of counts) if (count === 1) counts.delete(gram);
}

/** A text as the columns that occur in it and their weights, of length 1. */
export interface Vector {
  columns: Int32Array;
  weights: Float32Array;
}

/** The subject is told at once, the story later: the opening counts twice. */
const OPENING = 24;

/** @param text - a bare text */
export function toVector(text: string, vocabulary: Vocabulary): Vector {
  const times = new Map<number, number>();
  eachGram(text, vocabulary.longest, (gram, end) => {
    const column = vocabulary.columns.get(gram);
    if (column === undefined) return;
    times.set(column, (times.get(column) ?? 0) + (end <= OPENING ? 2 : 1));
  });
  const columns = new Int32Array(times.size);
  const weights = new Float32Array(times.size);
  let at = 0;
  let square = 0;
  for (const [column, count] of times) {
    const weight = (1 + Math.log(count)) * (vocabulary.rarity[column] ?? 0);
    columns[at] = column;
    weights[at] = weight;
    square += weight * weight;
    at += 1;
  }
  const length = Math.sqrt(square) || 1;
  for (let each = 0; each < at; each++) weights[each] = (weights[each] as number) / length;
  return { columns, weights };
}
