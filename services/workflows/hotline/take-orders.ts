import { createHash } from "node:crypto";
import type { Db } from "../../../db/client.ts";
import {
  changeHotlineOrder,
  findHotlineOrder,
  type HotlineOrderRow,
  insertHotlineOrder,
  insertHotlineUpdate,
} from "../../../db/queries/hotline.ts";
import { insertMessages } from "../../../db/queries/inbox.ts";
import { ERASED } from "../../domain/erased.ts";
import type { FeedProblem } from "../../domain/hotline/feed.ts";
import type { HotlineLine, HotlineRoad } from "../../domain/hotline/line.ts";
import { type HotlineOrder, versionOf } from "../../domain/hotline/order.ts";
import { type HotlineUpdate, keptBecause, readUpdate } from "../../domain/hotline/update.ts";
import type { Office } from "../office.ts";
import { fitToStore } from "../store-message.ts";
import { applyUpdate } from "./apply-update.ts";
import { callerOf, messageOfOrder } from "./order-message.ts";

/** What became of the orders of a feed. */
export interface TakenOrders {
  /** new ones: each becomes an event */
  taken: number;
  /** newer versions of known ones */
  updated: number;
  /** versions that had come before: nothing was done */
  repeated: number;
  problems: FeedProblem[];
}

/**
 * Takes in orders, in their order: what is new goes into the inbox like every report, a newer version of a
 * known one is applied to its event, and a version that came before is none. Belongs to the caller's
 * transaction, so a feed that breaks off is sent again from anywhere.
 */
export async function takeOrders(
  tx: Db,
  office: Office,
  line: HotlineLine,
  orders: readonly { at: number; order: HotlineOrder }[],
  road: HotlineRoad,
): Promise<TakenOrders> {
  const result: TakenOrders = { taken: 0, updated: 0, repeated: 0, problems: [] };
  for (const { at, order } of orders) {
    const outcome = await takeOrder(tx, office, line, order, road);
    if (outcome === "wordless") result.problems.push({ at, ...WORDLESS });
    else result[outcome] += 1;
  }
  return result;
}

const WORDLESS = {
  column: "words",
  what: "这是新工单,但没有诉求内容。请补上内容后再传这一行。",
};

async function takeOrder(
  tx: Db,
  office: Office,
  line: HotlineLine,
  order: HotlineOrder,
  road: HotlineRoad,
): Promise<"taken" | "updated" | "repeated" | "wordless"> {
  const ref = { line, no: order.no };
  const known = await findHotlineOrder(tx, ref, "lock");
  if (known !== null) return takeVersion(tx, office, known, order, road);
  if (order.words === "") return "wordless";
  if (await takeNew(tx, office, line, order, road)) return "taken";
  // Another instance took it in between.
  const taken = await findHotlineOrder(tx, ref, "lock");
  if (taken === null) throw new Error(`Order ${order.no} was neither written nor there.`);
  return takeVersion(tx, office, taken, order, road);
}

async function takeNew(
  tx: Db,
  office: Office,
  line: HotlineLine,
  order: HotlineOrder,
  road: HotlineRoad,
): Promise<boolean> {
  const now = office.clock.now();
  const platformUserId = await callerOf(tx, line, order);
  const message = fitToStore(messageOfOrder(line, order, platformUserId, now));
  const isNew = await insertHotlineOrder(tx, {
    line,
    no: order.no,
    eventNo: null,
    dedupeKey: message.dedupeKey,
    road,
    state: order.state,
    toldState: null,
    dueAt: order.dueAt,
    changedAt: order.changedAt,
    urges: order.urges,
    words: order.words,
    supplement: order.supplement,
    contact:
      order.contact.name === null && order.contact.phone === null ? null : { ...order.contact },
    platformUserId,
    receivedAt: now,
    endedAt: null,
  });
  if (!isNew) return false;
  const { words, supplement, urges } = order;
  const blank = {
    changedAt: null,
    state: null,
    words,
    supplement,
    urges: urges ?? 0,
    dueAt: order.dueAt,
  };
  const update = readUpdate(blank, order);
  const waits = update.asks.length > 0 || update.closedThere;
  const outcome = waits ? "waiting" : "noted";
  await keepVersion(tx, line, order, digestOf(order), road, now, update, outcome, null);
  await insertMessages(tx, [{ message, receivedAt: now }]);
  return true;
}

async function takeVersion(
  tx: Db,
  office: Office,
  known: HotlineOrderRow,
  came: HotlineOrder,
  road: HotlineRoad,
): Promise<"updated" | "repeated"> {
  const now = office.clock.now();
  const { line, no } = known;
  // Whose data was deleted, of theirs nothing is kept anew.
  const order =
    known.platformUserId === ERASED ? { ...came, words: "", supplement: "", raw: {} } : came;
  const update = readUpdate(known, order);
  const outcome = known.eventNo === null ? "waiting" : "noted";
  const late = update.late ? keptBecause("late", known.changedAt, "") : null;
  const digest = digestOf(came);
  const id = await keepVersion(tx, line, order, digest, road, now, update, outcome, late);
  if (id === null) return "repeated";
  if (!update.late)
    await changeHotlineOrder(tx, known, {
      changedAt: order.changedAt ?? known.changedAt,
      state: order.state ?? known.state,
      words: order.words === "" ? known.words : order.words,
      supplement: order.supplement === "" ? known.supplement : order.supplement,
      urges: order.urges ?? known.urges,
      dueAt: update.dueAt ?? known.dueAt,
    });
  if (known.eventNo !== null)
    await applyUpdate(tx, office, { line, no }, known.eventNo, {
      id,
      ...update,
      late,
      words: reasonIn(order, known),
    });
  return "updated";
}

async function keepVersion(
  tx: Db,
  line: HotlineLine,
  order: HotlineOrder,
  digest: string,
  road: HotlineRoad,
  receivedAt: Date,
  update: HotlineUpdate,
  outcome: "waiting" | "noted",
  reason: string | null,
): Promise<string | null> {
  return insertHotlineUpdate(tx, {
    line,
    orderNo: order.no,
    digest,
    road,
    changedAt: order.changedAt,
    receivedAt,
    state: order.state,
    asks: [...update.asks],
    words: order.supplement === "" ? order.words : order.supplement,
    dueAt: update.dueAt,
    closedThere: update.closedThere,
    raw: order.raw,
    outcome,
    reason,
  });
}

const digestOf = (order: HotlineOrder): string =>
  createHash("sha256").update(versionOf(order)).digest("hex");

/** What was added beside what is known: the new reason, else the changed words, else nothing. */
function reasonIn(order: HotlineOrder, known: HotlineOrderRow): string {
  if (order.supplement !== "" && order.supplement !== known.supplement) return order.supplement;
  return order.words !== "" && order.words !== known.words ? order.words : "";
}
