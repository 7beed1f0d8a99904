import { wordLines } from "./prompt-files.ts";
import { buildWordFinder } from "./word-finder.ts";

/** How well a piece of text fits a category of the catalog. */
export interface CategoryScore {
  category: string;
  /** sum of the weights of the words found, repeated evidence counting less and less */
  points: number;
}

export interface CategoryReading {
  /** best first; empty when no word of the lexicon occurs */
  scores: CategoryScore[];
  /** 垃圾桶 + 满, 占道经营: a trouble is told, not only a subject named */
  tellsTrouble: boolean;
}

/** Scores text against the lexicon, for the categories that the district's catalog has. */
export interface CategoryReader {
  read(text: string): CategoryReading;
}

interface Clue {
  category: string;
  weight: number;
  words: readonly string[];
  /** a pair, or a word marked with `!`: a trouble, not only a subject */
  tells: boolean;
}

/** Two words of a pair may stand this far apart. */
const PAIR_REACH = 24;
/** What comes after the first sentences is mostly story. */
const OPENING = 60;

export function buildCategoryReader(slugs: Iterable<string>): CategoryReader {
  const known = new Set(slugs);
  const clues = loadClues().filter((clue) => known.has(clue.category));
  const finder = buildWordFinder(clues.flatMap((clue) => clue.words));
  const byWord = new Map<string, Clue[]>();
  for (const clue of clues) {
    const word = clue.words[0] ?? "";
    byWord.set(word, [...(byWord.get(word) ?? []), clue]);
  }
  return { read: (text) => readCategories(finder.find(text), byWord) };
}

function readCategories(
  found: Map<string, number[]>,
  byWord: Map<string, Clue[]>,
): CategoryReading {
  const evidence = new Map<string, number[]>();
  let tellsTrouble = false;
  for (const word of found.keys()) {
    for (const clue of byWord.get(word) ?? []) {
      const at = placeOf(clue, found);
      if (at === null) continue;
      if (clue.tells) tellsTrouble = true;
      const weight = clue.weight * (at > OPENING ? 0.5 : 1) + (clue.tells ? 1 : 0);
      const weights = evidence.get(clue.category);
      if (weights === undefined) evidence.set(clue.category, [weight]);
      else weights.push(weight);
    }
  }
  const scores = [...evidence].map(([category, weights]) => ({ category, points: total(weights) }));
  scores.sort((a, b) => b.points - a.points || (a.category < b.category ? -1 : 1));
  return { scores, tellsTrouble };
}

/** Where the words of a clue stand together; null when they do not. */
function placeOf(clue: Clue, found: Map<string, number[]>): number | null {
  const [first, second] = clue.words;
  const starts = found.get(first ?? "");
  if (starts === undefined) return null;
  if (second === undefined) return starts[0] ?? null;
  const others = found.get(second);
  if (others === undefined) return null;
  for (const start of starts) {
    if (others.some((other) => Math.abs(other - start) <= PAIR_REACH)) return start;
  }
  return null;
}

function total(weights: number[]): number {
  weights.sort((a, b) => b - a);
  let share = 1;
  let points = 0;
  for (const weight of weights) {
    points += weight * share;
    share *= 0.5;
  }
  return points;
}

function loadClues(): Clue[] {
  return wordLines("lexicon/categories.txt").flatMap((line) => {
    const match = /^(\S+) (\d+): (.*)$/.exec(line);
    if (match?.[1] === undefined || match[3] === undefined) {
      throw new Error(
        `prompts/lexicon/categories.txt: "${line.slice(0, 30)}…" is not "slug weight: words".`,
      );
    }
    const [category, weight] = [match[1], Number(match[2])];
    return match[3].split(/\s+/).map((entry) => {
      const words = entry.replace(/!$/, "").split("+");
      return { category, weight, words, tells: words.length > 1 || entry.endsWith("!") };
    });
  });
}
