import type { Chance } from "../../../services/chance.ts";
import type { Groups } from "./read-groups.ts";

export type Pair = readonly [string, string];

/** The same for both orders. */
export const pairKey = ([one, other]: Pair): string =>
  one < other ? `${one}|${other}` : `${other}|${one}`;

/** Pairs that nobody put into one group, each once. */
export function randomPairs(
  ids: readonly string[],
  groups: Groups,
  count: number,
  chance: Chance,
): Pair[] {
  const drawn = new Map<string, Pair>();
  // A small set may not have that many pairs: the draws are bounded.
  for (let draws = 0; drawn.size < count && draws < count * 20; draws++) {
    const pair: Pair = [chance.of(ids), chance.of(ids)];
    if (pair[0] !== pair[1] && !groups.related(...pair)) drawn.set(pairKey(pair), pair);
  }
  return [...drawn.values()];
}

/** Random pairs of texts that the product's reader files alike. */
export function sameCategoryPairs(
  texts: ReadonlyMap<string, string>,
  categoryOf: (text: string) => string,
  groups: Groups,
  count: number,
  chance: Chance,
): Pair[] {
  const filed = new Map([...texts].map(([id, text]) => [id, categoryOf(text)]));
  const byCategory = new Map<string, string[]>();
  for (const [id, category] of filed)
    byCategory.set(category, [...(byCategory.get(category) ?? []), id]);
  // Each category by its share of the grouped texts, so that the strangers speak of like troubles.
  const troubled = [...new Set(groups.pairs.flat())];
  const drawn = new Map<string, Pair>();
  for (let draws = 0; drawn.size < count && draws < count * 20; draws++) {
    const one = chance.of(troubled);
    const other = chance.of(byCategory.get(filed.get(one) ?? "") ?? [one]);
    if (one !== other && !groups.related(one, other))
      drawn.set(pairKey([one, other]), [one, other]);
  }
  return [...drawn.values()];
}

/** How many texts are compared with all others: each costs a pass over the whole file. */
const COMPARED = 120;

/** For some grouped texts the texts outside their groups most like them: the hardest to tell apart. */
export function nearestStrangers(
  ids: readonly string[],
  groups: Groups,
  count: number,
  of: (pair: Pair) => number,
  chance: Chance,
): Pair[] {
  const grouped = [...new Set(groups.pairs.flat())];
  const share = Math.min(1, COMPARED / grouped.length);
  const compared = grouped.filter(() => chance.in(share));
  const each = Math.max(1, Math.ceil(count / Math.max(1, compared.length)));
  return compared.flatMap((one) =>
    ids
      .filter((other) => other !== one && !groups.related(one, other))
      .map((other) => ({ pair: [one, other] as const, score: of([one, other]) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, each)
      .map(({ pair }) => pair),
  );
}
