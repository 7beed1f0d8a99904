import type { EventStatus } from "../event.ts";
import type { EventCommand } from "../event-command.ts";
import { spokenTime } from "../time.ts";
import { HOTLINE_NAMES, type HotlineLine } from "./line.ts";
import type { HotlineOrder } from "./order.ts";
import { ASKED_BY_STATE, HOTLINE_ASK_NAMES, type HotlineAsk, type HotlineState } from "./state.ts";

/** What is known of an order before a newer version is looked at. */
export interface KnownOrder {
  /** when its newest version was made; null where the hotline never said */
  changedAt: Date | null;
  state: HotlineState | null;
  words: string;
  supplement: string;
  urges: number | null;
  dueAt: Date | null;
}

/** What a version changes. Of a late one nothing is applied: somebody reads it. */
export interface HotlineUpdate {
  /** it was made before what is known already */
  late: boolean;
  asks: readonly HotlineAsk[];
  /** a deadline of theirs that differs from the known one */
  dueAt: Date | null;
  /** they closed it; whoever still owes the work has to know */
  closedThere: boolean;
}

/** Compares a version of an order with what is known of it. */
export function readUpdate(known: KnownOrder, order: HotlineOrder): HotlineUpdate {
  const late =
    order.changedAt !== null && known.changedAt !== null && order.changedAt < known.changedAt;
  const stateIsNew = order.state !== null && order.state !== known.state;
  const asks = new Set<HotlineAsk>();
  if (order.action !== null && order.action !== "new" && order.action !== "due")
    asks.add(order.action);
  const byState = stateIsNew && order.state !== null ? ASKED_BY_STATE[order.state] : null;
  if (byState !== null) asks.add(byState);
  if ((order.urges ?? 0) > (known.urges ?? 0)) asks.add("urge");
  // Reasons for redoing, urging or supervising stand in the same column and travel with those.
  const adds =
    (order.supplement !== "" && order.supplement !== known.supplement) ||
    (order.words !== "" && order.words !== known.words);
  if (adds && asks.size === 0) asks.add("supplement");
  const dueIsNew =
    order.dueAt !== null && order.dueAt.getTime() !== (known.dueAt?.getTime() ?? null);
  return {
    late,
    asks: asks.has("withdraw") ? ["withdraw"] : [...asks],
    dueAt: dueIsNew ? order.dueAt : null,
    closedThere: stateIsNew && (order.state === "closed" || order.state === "archived"),
  };
}

/** Statuses in which somebody still works on the event. */
const AT_WORK: readonly EventStatus[] = [
  "draft",
  "pendingAccept",
  "accepted",
  "assigned",
  "handling",
  "escalated",
  "consulting",
];
const DONE: readonly EventStatus[] = ["completed", "verified", "closed"];

/** What the hotline asks, as a command to an event in this status; null: a person has to look. */
export function commandFor(
  ask: HotlineAsk,
  status: EventStatus,
  line: HotlineLine,
  words: string,
): EventCommand | null {
  const said = words.slice(0, 1900);
  const note = `${HOTLINE_NAMES[line]} ${HOTLINE_ASK_NAMES[ask]}${said === "" ? "" : `:${said}`}`;
  switch (ask) {
    case "urge":
      return AT_WORK.includes(status) || status === "completed" ? { action: "urge", note } : null;
    case "supplement":
      return AT_WORK.includes(status) ? { action: "supplement", note, giveUp: false } : null;
    case "redo":
      if (DONE.includes(status)) return { action: "reopen", reason: note };
      // It is still worked on: there is nothing to do again, and the dissatisfaction is to be answered.
      return AT_WORK.includes(status) ? { action: "urge", note } : null;
    case "supervise":
      return AT_WORK.includes(status) || status === "completed"
        ? { action: "supervise", grade: "normal", note }
        : null;
    case "withdraw":
      return AT_WORK.includes(status) && status !== "consulting"
        ? { action: "withdraw", note }
        : null;
  }
}

/** Why a version was kept without being applied; what it asked stands beside it. */
export const KEPT_REASONS = ["late", "notAllowed", "refused"] as const;
export type KeptReason = (typeof KEPT_REASONS)[number];

/** The reason for people. */
export function keptBecause(reason: KeptReason, known: Date | null, statusName: string): string {
  if (reason === "late")
    return `晚到:已有${known === null ? "更新" : ` ${spokenTime(known)} `}的版本,没有倒着执行`;
  return `事件「${statusName}」,不能自动执行`;
}
