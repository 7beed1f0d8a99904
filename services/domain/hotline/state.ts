import type { EventAction, EventStatus } from "../event.ts";

/** The states of a hotline's order (domain.md 2.3); the last five stand beside the way of every order. */
export const HOTLINE_STATES = [
  "awaitingAcceptance",
  "awaitingSupplement",
  "awaitingDispatch",
  "dispatched",
  "signed",
  "handling",
  "answered",
  "awaitingFollowUp",
  "closed",
  "archived",
  "returned",
  "delayed",
  "redo",
  "supervised",
  "withdrawn",
] as const;
export type HotlineState = (typeof HOTLINE_STATES)[number];

/** The hotlines' usual words, the first of each is what we write back. */
export const HOTLINE_STATE_WORDS: Record<HotlineState, readonly [string, ...string[]]> = {
  awaitingAcceptance: ["待受理", "新建", "未受理"],
  awaitingSupplement: ["待补充"],
  awaitingDispatch: ["待派遣", "待派单", "已受理"],
  dispatched: ["已派遣", "已派单", "待签收"],
  signed: ["已签收"],
  handling: ["办理中", "处理中", "在办"],
  answered: ["已反馈", "已办结", "办结"],
  awaitingFollowUp: ["待回访"],
  closed: ["已结案", "结案"],
  archived: ["归档", "已归档"],
  returned: ["退单", "已退单"],
  delayed: ["延期", "已延期"],
  redo: ["重办", "不满意", "退回重办", "不满意重办"],
  supervised: ["督办", "已督办"],
  withdrawn: ["撤单", "已撤单", "已撤销"],
};

/** What a newer version of an order asks of us. */
export const HOTLINE_ASKS = ["urge", "supplement", "redo", "supervise", "withdraw"] as const;
export type HotlineAsk = (typeof HOTLINE_ASKS)[number];

export const HOTLINE_ASK_NAMES: Record<HotlineAsk, string> = {
  urge: "催单",
  supplement: "补充",
  redo: "重办",
  supervise: "督办",
  withdraw: "撤单",
};

/** What they may write in a column for what was done; `due` alone changes the deadline. */
export const HOTLINE_ACTION_WORDS: Record<HotlineAsk | "new" | "due", readonly string[]> = {
  new: ["新增", "派单", "转办", "交办"],
  due: ["延期", "改期"],
  urge: ["催单", "催办"],
  supplement: ["补充", "追加", "补充说明"],
  redo: ["重办", "不满意", "退回重办"],
  supervise: ["督办"],
  withdraw: ["撤单", "撤回", "撤销", "退单"],
};

/**
 * What it asks of us when an order enters a state of theirs; null: it is noted. What they close we do not:
 * whoever still owes the work is told.
 */
export const ASKED_BY_STATE: Record<HotlineState, HotlineAsk | null> = {
  awaitingAcceptance: null,
  awaitingSupplement: null,
  awaitingDispatch: null,
  dispatched: null,
  signed: null,
  handling: null,
  answered: null,
  awaitingFollowUp: null,
  closed: null,
  archived: null,
  // They took back what we sent back, or sent elsewhere what was ours.
  returned: "withdraw",
  delayed: null,
  redo: "redo",
  supervised: "supervise",
  withdrawn: "withdraw",
};

/** The state that the hotline is told of an event; null: the event it was merged into speaks for it. */
export const STATE_OF_STATUS: Record<EventStatus, HotlineState | null> = {
  draft: "awaitingSupplement",
  pendingAccept: "awaitingAcceptance",
  accepted: "awaitingDispatch",
  assigned: "dispatched",
  handling: "handling",
  completed: "answered",
  verified: "awaitingFollowUp",
  closed: "closed",
  archived: "archived",
  rejected: "returned",
  merged: null,
  withdrawn: "withdrawn",
  escalated: "awaitingDispatch",
  consulting: "awaitingDispatch",
};

/** Where what was done says more than the status it led to. */
export const STATE_OF_ACTION: Partial<Record<EventAction, HotlineState>> = {
  sign: "signed",
  decideDelay: "delayed",
};

/** The state that a change of an event is to the hotline. */
export function stateOfChange(change: {
  action: EventAction | "report";
  from: EventStatus | null;
  to: EventStatus;
  /** of `decideDelay` */
  delayApproved: boolean;
}): HotlineState | null {
  const { action, from, to, delayApproved } = change;
  const byStatus = STATE_OF_STATUS[to];
  if (action === "report") return byStatus;
  if (action === "decideDelay") return delayApproved ? "delayed" : byStatus;
  // An organisation that only helps signs too, and that moves nothing on.
  if (action === "sign" && from === to) return byStatus;
  return STATE_OF_ACTION[action] ?? byStatus;
}
