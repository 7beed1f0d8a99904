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
/** The first sentence says what it is about, the next what happened; what follows is mostly story. */
const LONGEST_OPENING = 60;
const STORY_FROM = 120;
const SHORTEST_OPENING = 8;
/** Beyond this a letter repeats itself. */
const LONGEST_READ = 500;
/** A subject that only says where: 学校门口, 医院对面. */
const SAYS_WHERE =
  /^站?(?:正|大|后|侧|北|南|东|西)?(?:门口|附近|旁|对面|门前|后面|前面|周边|周围|边上|隔壁|斜对面|路口|后门|东侧|西侧|南侧|北侧|宿舍|家属)/;
/** What that can begin with; looked at before the pattern. */
const MAY_SAY_WHERE = codesOf("站正大后侧北南东西门附旁对前周边隔斜路宿家");
/** Says that the subject is another: 「不是垃圾的问题」. */
const DENIED = /(?:(?<!是)不是|并非|不关|不属于)$/;
/** What a denial can end with; looked at before the pattern. */
const MAY_DENY = codesOf("是非关于");
const MOST_PLACES = 6;
const READINGS_KEPT = 8;

/** Where a term stands in the text that is being read; used again for the next text. */
interface Places {
  /** which reading the rest is of */
  reading: number;
  /** the first `count` of them */
  starts: number[];
  count: number;
  /** somewhere it is more than a place */
  meant: boolean;
}

/** A clue with the places of its terms, and the clues that begin with each term. */
interface Lead {
  clue: Clue;
  rest: readonly Places[];
}
interface Listening extends Places {
  leads: Lead[];
}

export function buildCategoryReader(slugs: Iterable<string>): CategoryReader {
  const known = new Set(slugs);
  const listening = listenFor(loadClues().filter((clue) => known.has(clue.category)));
  const finder = buildWordFinder(wordsOf(listening));
  let reading = 0;
  return remembering((text) => {
    reading++;
    return weighed(
      findTerms(text.slice(0, LONGEST_READ), finder, reading),
      reading,
      openingOf(text),
    );
  });
}

/** One message is weighed, split and read: mostly the same words, so the last readings are kept. */
function remembering(read: CategoryReader["read"]): CategoryReader {
  let last: { text: string; reading: CategoryReading }[] = [];
  return {
    read(text) {
      const seen = last.find((one) => one.text === text);
      if (seen !== undefined) return seen.reading;
      const reading = read(text);
      last = [{ text, reading }, ...last.slice(0, READINGS_KEPT - 1)];
      return reading;
    },
  };
}

function listenFor(clues: readonly Clue[]): Map<Term, Listening> {
  const listening = new Map<Term, Listening>();
  const placesOf = (term: Term): Listening => {
    const known = listening.get(term) ?? {
      reading: 0,
      starts: [],
      count: 0,
      meant: false,
      leads: [],
    };
    listening.set(term, known);
    return known;
  };
  for (const clue of clues) {
    const [first, ...rest] = clue.terms.map(placesOf);
    first?.leads.push({ clue, rest });
  }
  return listening;
}

function wordsOf(listening: ReadonlyMap<Term, Listening>): Map<string, Listening[]> {
  const words = new Map<string, Listening[]>();
  for (const [term, places] of listening) {
    for (const word of new Set(term.words)) {
      const same = words.get(word);
      if (same === undefined) words.set(word, [places]);
      else same.push(places);
    }
  }
  return words;
}

/** Notes where every term stands; gives back those that occur. */
function findTerms(text: string, finder: WordFinder<Listening[]>, reading: number): Listening[] {
  const found: Listening[] = [];
  finder.find(text, (terms, start, end) => {
    if (isDenied(text, start)) return;
    for (const places of terms) {
      if (places.reading !== reading) {
        places.reading = reading;
        places.count = 0;
        places.meant = false;
        found.push(places);
      }
      if (places.count < MOST_PLACES) {
        places.starts[places.count++] = start;
        if (!places.meant) places.meant = !saysWhere(text, end);
      }
    }
  });
  return found;
}

const saysWhere = (text: string, end: number): boolean =>
  MAY_SAY_WHERE.has(text.charCodeAt(end)) && SAYS_WHERE.test(text.slice(end, end + 4));

const isDenied = (text: string, start: number): boolean =>
  MAY_DENY.has(text.charCodeAt(start - 1)) &&
  DENIED.test(text.slice(Math.max(0, start - 4), start));

function codesOf(signs: string): Set<number> {
  return new Set([...signs].map((sign) => sign.charCodeAt(0)));
}

/** Where the first sentence ends, if it is long enough to say anything. */
function openingOf(text: string): number {
  const end = /[。!?\n]/.exec(text.slice(SHORTEST_OPENING, LONGEST_OPENING))?.index;
  return end === undefined ? LONGEST_OPENING : end + SHORTEST_OPENING;
}

function weighed(found: readonly Listening[], reading: number, opening: number): CategoryReading {
  const evidence = new Map<string, number[]>();
  let tellsTrouble = false;
  for (const places of found) {
    for (const lead of places.leads) {
      const at = placeOf(lead, places, reading);
      if (at < 0) continue;
      const { category, tells } = lead.clue;
      if (tells) tellsTrouble = true;
      const told = at <= opening ? 1 : at <= STORY_FROM ? 0.5 : 0.25;
      const share = told * (places.meant ? 1 : 0.5);
      const weight = lead.clue.weight * share + (tells ? 1 : 0);
      const weights = evidence.get(category);
      if (weights === undefined) evidence.set(category, [weight]);
      else weights.push(weight);
    }
  }
  const scores = [...evidence].map(([category, weights]) => ({ category, points: total(weights) }));
  scores.sort((a, b) => b.points - a.points || (a.category < b.category ? -1 : 1));
  return { scores, tellsTrouble };
}

/** Where the words of a clue stand together; -1 when they do not, or when a lone subject only says where. */
function placeOf({ clue, rest }: Lead, first: Places, reading: number): number {
  if (rest.length === 0) return clue.tells || first.meant ? (first.starts[0] ?? -1) : -1;
  for (const other of rest) if (other.reading !== reading) return -1;
  for (let index = 0; index < first.count; index++) {
    const start = first.starts[index] ?? -1;
    if (rest.every((other) => standsNear(other, start))) return start;
  }
  return -1;
}

function standsNear({ starts, count }: Places, start: number): boolean {
  for (let index = 0; index < count; index++) {
    const at = starts[index] ?? start;
    if (at !== start && Math.abs(at - start) <= PAIR_REACH) return true;
  }
  return false;
}

function total(weights: number[]): number {
  weights.sort((a, b) => b - a);
  let share = 1;
  let points = 0;
  for (const weight of weights) {
    points += weight * share;
    share *= 0.65;
  }
  return points;
}
