import type { Database, Db } from "../../../db/client.ts";
import { readHotlineMapping } from "../../../db/queries/hotline.ts";
import { type FeedRow, readFeed } from "../../domain/hotline/feed.ts";
import type { HotlineLine, HotlineRoad } from "../../domain/hotline/line.ts";
import type { HotlineMapping } from "../../domain/hotline/mapping.ts";
import { readSheet } from "../../hotline/read-sheet.ts";
import type { Office } from "../office.ts";
import { type TakenOrders, takeOrders } from "./take-orders.ts";

/** Orders that are committed together: a feed that breaks off has lost none of those before. */
const AT_ONCE = 50;

/** @param committed - told after each commit how many rows are safe */
export async function takeFeed(
  database: Database,
  office: Office,
  line: HotlineLine,
  rows: readonly FeedRow[],
  road: HotlineRoad,
  mapping: HotlineMapping,
  committed: (rows: number) => void | Promise<void> = () => {},
): Promise<TakenOrders> {
  const { orders, problems } = readFeed(rows, mapping);
  const total: TakenOrders = { taken: 0, updated: 0, repeated: 0, problems };
  for (let start = 0; start < orders.length; start += AT_ONCE) {
    const batch = orders.slice(start, start + AT_ONCE);
    add(total, await database.transaction((tx) => takeOrders(tx, office, line, batch, road)));
    await committed(start + batch.length);
  }
  return inOrder(total);
}

/** The same in the caller's transaction, all of it or nothing. */
export async function takeFeedAtOnce(
  tx: Db,
  office: Office,
  line: HotlineLine,
  rows: readonly FeedRow[],
  road: HotlineRoad,
  mapping: HotlineMapping,
): Promise<TakenOrders> {
  const { orders, problems } = readFeed(rows, mapping);
  const taken = await takeOrders(tx, office, line, orders, road);
  return inOrder({ ...taken, problems: [...problems, ...taken.problems] });
}

/** A CSV or XLSX file. @param options.dryRun - says what would come of it and writes nothing */
export async function takeSheet(
  database: Database,
  office: Office,
  line: HotlineLine,
  file: { name: string; bytes: Uint8Array },
  options: {
    dryRun?: boolean;
    road?: HotlineRoad;
    committed?: (rows: number) => void | Promise<void>;
  } = {},
): Promise<TakenOrders> {
  const mapping = await readHotlineMapping(database, line);
  const sheet = await readSheet(file.name, file.bytes, mapping);
  if (!sheet.ok) return { taken: 0, updated: 0, repeated: 0, problems: [...sheet.problems] };
  const road = options.road ?? "file";
  if (!options.dryRun)
    return takeFeed(database, office, line, sheet.rows, road, mapping, options.committed);
  try {
    return await database.transaction(async (tx) => {
      throw new Tried(await takeFeedAtOnce(tx, office, line, sheet.rows, road, mapping));
    });
  } catch (error) {
    if (error instanceof Tried) return error.result;
    throw error;
  }
}

/** Ends the transaction of a trial without a commit. */
class Tried extends Error {
  readonly result: TakenOrders;
  constructor(result: TakenOrders) {
    super("only tried");
    this.result = result;
  }
}

function add(total: TakenOrders, more: TakenOrders): void {
  total.taken += more.taken;
  total.updated += more.updated;
  total.repeated += more.repeated;
  total.problems.push(...more.problems);
}

const inOrder = (result: TakenOrders): TakenOrders => ({
  ...result,
  problems: result.problems.toSorted((one, other) => one.at - other.at),
});
