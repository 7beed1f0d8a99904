import type { HotlineMapping } from "./mapping.ts";
import { type HotlineOrder, type OrderProblem, readOrder, type TheirRow } from "./order.ts";

/** A row of a feed, by what it can be found: a line of a file, a place in a list, a part of a mail. */
export interface FeedRow {
  /** from 1; of a file its line */
  at: number;
  row: TheirRow;
}

export interface FeedProblem extends OrderProblem {
  at: number;
}

/**
 * Reads a feed row by row. A bad row harms no other: an order must not wait for its neighbour's typing
 * error, and a repeat of the corrected feed takes in what is missing and nothing twice.
 */
export function readFeed(
  rows: readonly FeedRow[],
  mapping: HotlineMapping,
): { orders: { at: number; order: HotlineOrder }[]; problems: FeedProblem[] } {
  const orders: { at: number; order: HotlineOrder }[] = [];
  const problems: FeedProblem[] = [];
  for (const { at, row } of rows) {
    const read = readOrder(row, mapping);
    if (read.ok) orders.push({ at, order: read.order });
    else problems.push(...read.problems.map((problem) => ({ at, ...problem })));
  }
  return { orders, problems };
}
