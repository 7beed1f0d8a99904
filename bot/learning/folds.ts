import { seededChance } from "../../services/chance.ts";

/** A fold below `folds` for each of `count` examples, by lot, as equal in size as can be. */
export function foldsOf(count: number, folds: number, seed: number): number[] {
  const { next } = seededChance(seed);
  const lots = Array.from({ length: count }, (_, index) => index % folds);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(next() * (last + 1));
    [lots[last], lots[other]] = [lots[other] ?? 0, lots[last] ?? 0];
  }
  return lots;
}
