import type { Scored } from "./score-readings.ts";

/** What was taken for what, and in which cases. */
export interface Confusion {
  expected: string;
  got: string;
  n: number;
  /** ids of the first cases, to look them up */
  cases: string[];
}

const MOST_PAIRS = 30;
const MOST_CASES = 5;

/**
 * The most frequent wrong pairs, most frequent first.
 *
 * @param isRight - whether what was understood counts as right
 */
export function confusions(
  cases: readonly Scored[],
  expected: (one: Scored) => string,
  got: (one: Scored) => string,
  isRight: (one: Scored) => boolean,
): Confusion[] {
  const pairs = new Map<string, Confusion>();
  for (const one of cases) {
    if (isRight(one)) continue;
    const key = `${expected(one)}→${got(one)}`;
    const pair = pairs.get(key) ?? { expected: expected(one), got: got(one), n: 0, cases: [] };
    pair.n++;
    if (pair.cases.length < MOST_CASES) pair.cases.push(String(one.message.id ?? "?"));
    pairs.set(key, pair);
  }
  return [...pairs.values()]
    .sort((a, b) => b.n - a.n || (a.expected < b.expected ? -1 : 1))
    .slice(0, MOST_PAIRS);
}
