import { wordLines } from "./prompt-files.ts";

/** Words that speak for a category when they stand close together; each term is a list of equal words. */
export interface Clue {
  category: string;
  weight: number;
  terms: readonly Term[];
  /** several terms, or a word marked with `!`: a trouble, not only a subject */
  tells: boolean;
}

export interface Term {
  /** the word, or the class as `@name` */
  name: string;
  words: readonly string[];
}

const CATEGORIES = "lexicon/categories.txt";
const CLASSES = "lexicon/classes.txt";

/** @throws Error naming the file and the line that cannot be read */
export function loadClues(): Clue[] {
  const termOf = termReader(loadClasses());
  return wordLines(CATEGORIES).flatMap((line) => {
    const match = /^(\S+) (\d+): (.*)$/.exec(line);
    if (match?.[1] === undefined || match[3] === undefined) {
      throw new Error(
        `prompts/${CATEGORIES}: "${line.slice(0, 30)}…" is not "slug weight: words".`,
      );
    }
    const [category, weight] = [match[1], Number(match[2])];
    return match[3].split(/\s+/).map((entry) => {
      const terms = entry.replace(/!$/, "").split("+").map(termOf);
      return { category, weight, terms, tells: terms.length > 1 || entry.endsWith("!") };
    });
  });
}

function loadClasses(): Map<string, string[]> {
  const classes = new Map<string, string[]>();
  for (const line of wordLines(CLASSES)) {
    const match = /^(@\w+): (.+)$/.exec(line);
    if (match?.[1] === undefined || match[2] === undefined) {
      throw new Error(`prompts/${CLASSES}: "${line.slice(0, 30)}…" is not "@name: words".`);
    }
    classes.set(match[1], match[2].split(/\s+/));
  }
  return classes;
}

/** The same term for the same name, so that it is looked for once. */
function termReader(classes: ReadonlyMap<string, string[]>): (name: string) => Term {
  const terms = new Map<string, Term>();
  return (name) => {
    const seen = terms.get(name);
    if (seen !== undefined) return seen;
    const words = name.startsWith("@") ? classes.get(name) : [name];
    if (words === undefined) {
      throw new Error(`prompts/${CATEGORIES}: ${name} is no class of prompts/${CLASSES}. Add it.`);
    }
    const term = { name, words };
    terms.set(name, term);
    return term;
  };
}
