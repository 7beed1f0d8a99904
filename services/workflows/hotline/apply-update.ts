import type { Db } from "../../../db/client.ts";
import { findEvent } from "../../../db/queries/events.ts";
import { settleHotlineUpdate, updatesOfOrder } from "../../../db/queries/hotline.ts";
import { type Actor, SYSTEM } from "../../domain/actor.ts";
import { EVENT_STATUS_NAMES, isOpenEvent } from "../../domain/event.ts";
import { tell } from "../../domain/event-actions/decision.ts";
import {
  HOTLINE_NAMES,
  type HotlineLine,
  type HotlineRef,
  orderName,
} from "../../domain/hotline/line.ts";
import { HOTLINE_ASK_NAMES, type HotlineAsk } from "../../domain/hotline/state.ts";
import { commandFor, keptBecause } from "../../domain/hotline/update.ts";
import { actOnEvent } from "../act-on-event.ts";
import type { Office } from "../office.ts";
import { tellPeople } from "../tell.ts";
import { keepHotlineDue } from "./move-due.ts";

/** A version of an order whose event is there. */
export interface PendingUpdate {
  id: string;
  /** why it comes too late to be applied; null: it does not */
  late: string | null;
  asks: readonly HotlineAsk[];
  dueAt: Date | null;
  closedThere: boolean;
  words: string;
}

/** A hotline acts by its orders: what it may, the status of the event says. */
export const hotlineActor = (line: HotlineLine): Actor => ({
  ...SYSTEM,
  name: `${HOTLINE_NAMES[line]}热线`,
});

/**
 * Does what a version of an order asks, by the actions that people use, as far as the event's state
 * allows; the rest is kept with its reason and told to the command room. Belongs to the caller's
 * transaction.
 */
export async function applyUpdate(
  tx: Db,
  office: Office,
  ref: HotlineRef,
  eventNo: string,
  update: PendingUpdate,
): Promise<void> {
  const kept: string[] = [];
  let applied = 0;
  if (update.late !== null) kept.push(update.late);
  else {
    for (const ask of update.asks) {
      const problem = await done(ask);
      if (problem === null) applied += 1;
      else kept.push(`${HOTLINE_ASK_NAMES[ask]}:${problem}`);
    }
    if (update.dueAt !== null) {
      const holds = await keepHotlineDue(tx, office, eventNo, `${orderName(ref)} 改期`);
      if (holds) applied += 1;
      else kept.push(`改期:${await obstacle()}`);
    }
  }
  const event = await findEvent(tx, eventNo);
  if (event === null) throw new Error(`Event ${eventNo} of order ${ref.no} is not there.`);
  const reason = kept.length === 0 ? null : kept.join(";");
  await settleHotlineUpdate(tx, update.id, {
    outcome: reason !== null ? "kept" : applied > 0 ? "applied" : "noted",
    reason,
  });
  if (reason !== null) {
    const notice = tell("commandRoom", "hotlineUpdateKept", event.state, {
      order: orderName(ref),
      reason,
      words: update.words,
    });
    await tellPeople(tx, office, update.id, [notice], null, event);
  }
  if (update.late === null && update.closedThere && isOpenEvent(event.state.status)) {
    const notice = tell("commandRoom", "hotlineClosedThere", event.state, {
      order: orderName(ref),
    });
    await tellPeople(tx, office, update.id, [notice], null, event);
  }

  async function done(ask: HotlineAsk): Promise<string | null> {
    const before = await findEvent(tx, eventNo, "lock");
    const command =
      before === null ? null : commandFor(ask, before.state.status, ref.line, update.words);
    if (command === null) return obstacle();
    const outcome = await actOnEvent(tx, office, eventNo, command, hotlineActor(ref.line), null);
    return outcome.ok ? null : obstacle();
  }

  async function obstacle(): Promise<string> {
    const status = (await findEvent(tx, eventNo))?.state.status ?? "archived";
    return keptBecause("notAllowed", null, EVENT_STATUS_NAMES[status]);
  }
}

/** What came while the event was being made is applied to it, in the order it came. */
export async function applyWaiting(
  tx: Db,
  office: Office,
  ref: HotlineRef,
  eventNo: string,
): Promise<void> {
  for (const row of await updatesOfOrder(tx, ref)) {
    if (row.outcome !== "waiting") continue;
    await applyUpdate(tx, office, ref, eventNo, { ...row, late: row.reason });
  }
}
