import { type Clue, loadClues, type Term } from "./lexicon.ts";
import { buildWordFinder, type WordFinder } from "./word-finder.ts";

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

/** Two words of a pair may stand this far apart. */
const PAIR_REACH = 24;
/** What comes after the first sentences is mostly story. */
const OPENING = 60;
/** Beyond this a letter repeats itself. */
const LONGEST_READ = 1500;
/** A subject that only says where: 学校门口, 医院对面. */
const SAYS_WHERE =
  /^(?:正|大|后|侧|北|南|东|西)?(?:门口|附近|旁|对面|门前|后面|前面|周边|周围|边上|隔壁|斜对面|路口|后门|东侧|西侧|南侧|北侧|宿舍|家属)/;
/** Says that the subject is another: 「不是垃圾的问题」. */
const DENIED = /(?:(?<!是)不是|并非|不关|不属于)$/;
const MOST_PLACES = 6;

/** Where each term occurs, and whether it is ever more than a place. */
type Found = Map<Term, { starts: number[]; meant: boolean }>;

export function buildCategoryReader(slugs: Iterable<string>): CategoryReader {
  const known = new Set(slugs);
  const clues = loadClues().filter((clue) => known.has(clue.category));
  const finder = buildWordFinder(termsByWord(clues));
  const byTerm = new Map<Term, Clue[]>();
  for (const clue of clues) {
    const term = clue.terms[0] as Term;
    byTerm.set(term, [...(byTerm.get(term) ?? []), clue]);
  }
  return { read: (text) => readCategories(findTerms(text.slice(0, LONGEST_READ), finder), byTerm) };
}

function termsByWord(clues: readonly Clue[]): Map<string, Term[]> {
  const words = new Map<string, Term[]>();
  for (const term of new Set(clues.flatMap((clue) => clue.terms))) {
    for (const word of term.words) {
      const terms = words.get(word);
      if (terms === undefined) words.set(word, [term]);
      else if (!terms.includes(term)) terms.push(term);
    }
  }
  return words;
}

function findTerms(text: string, finder: WordFinder<Term[]>): Found {
  const found: Found = new Map();
  finder.find(text, (terms, start, end) => {
    if (DENIED.test(text.slice(Math.max(0, start - 4), start))) return;
    for (const term of terms) {
      const seen = found.get(term);
      if (seen === undefined) {
        found.set(term, { starts: [start], meant: !SAYS_WHERE.test(text.slice(end, end + 3)) });
        continue;
      }
      if (!seen.meant) seen.meant = !SAYS_WHERE.test(text.slice(end, end + 3));
      if (seen.starts.length < MOST_PLACES) seen.starts.push(start);
    }
  });
  return found;
}

function readCategories(found: Found, byTerm: ReadonlyMap<Term, Clue[]>): CategoryReading {
  const evidence = new Map<string, number[]>();
  let tellsTrouble = false;
  for (const term of found.keys()) {
    for (const clue of byTerm.get(term) ?? []) {
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

/** Where the words of a clue stand together; null when they do not, or when a lone subject only says where. */
function placeOf(clue: Clue, found: Found): number | null {
  const first = found.get(clue.terms[0] as Term);
  if (first === undefined) return null;
  if (clue.terms.length === 1) return clue.tells || first.meant ? (first.starts[0] ?? null) : null;
  const others = clue.terms.slice(1).map((term) => found.get(term)?.starts);
  for (const start of first.starts) {
    const near = (at: number) => at !== start && Math.abs(at - start) <= PAIR_REACH;
    if (others.every((starts) => starts?.some(near) === true)) return start;
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
