import { CALL_ACTIONS, type CallAction, type CallStatus } from "./call-ticket.ts";

/** Demands and their answers, as long as somebody owes something. */
const whileOwed = <S extends CallStatus>(status: S) => ({
  urge: status,
  supervise: status,
  instruct: status,
  answer: status,
});

/** What departments and the street do on the way, without moving the ticket as a whole. */
const inTheField = <S extends CallStatus>(status: S) => ({
  dispatch: status,
  release: status,
  respond: status,
  decline: status,
  eta: status,
  checkIn: "onSite" as const,
  confirmArrival: "onSite" as const,
  siteLog: status,
  complete: status,
  delay: status,
  decideDelay: status,
  close: "closed" as const,
  findFault: status,
  circular: status,
  appeal: status,
  // An emergency is signed for while it is under way.
  approve: status,
  rejectApproval: status,
  cancel: "canceled" as const,
  ...whileOwed(status),
});

/**
 * From status, by action, to status; a pair that is absent is not allowed. `complete` leads on to
 * `pendingClosing` once every department is settled, and `close` asks for that first.
 */
export const CALL_TRANSITIONS = {
  draft: { submit: "pendingApproval", amend: "draft", cancel: "canceled", dispatch: "dispatched" },
  pendingApproval: {
    ...whileOwed("pendingApproval"),
    amend: "pendingApproval",
    cancel: "canceled",
    approve: "approved",
    rejectApproval: "approvalRejected",
  },
  approvalRejected: { amend: "pendingApproval", submit: "pendingApproval", cancel: "canceled" },
  approved: {
    ...whileOwed("approved"),
    assess: "assessing",
    dispatch: "dispatched",
    cancel: "canceled",
  },
  assessing: {
    ...whileOwed("assessing"),
    assess: "assessing",
    dispatch: "dispatched",
    cancel: "canceled",
  },
  assessReturned: { amend: "pendingApproval", submit: "pendingApproval", cancel: "canceled" },
  dispatched: inTheField("dispatched"),
  onSite: { ...inTheField("onSite"), checkIn: "onSite", confirmArrival: "onSite" },
  // Whoever was silent may still speak up, which takes the ticket back to the field (`statusAfter`).
  pendingClosing: {
    ...whileOwed("pendingClosing"),
    dispatch: "onSite",
    release: "pendingClosing",
    respond: "pendingClosing",
    decline: "pendingClosing",
    eta: "pendingClosing",
    checkIn: "onSite",
    confirmArrival: "onSite",
    siteLog: "pendingClosing",
    complete: "pendingClosing",
    delay: "pendingClosing",
    decideDelay: "pendingClosing",
    close: "closed",
    findFault: "pendingClosing",
    circular: "pendingClosing",
    appeal: "pendingClosing",
    approve: "pendingClosing",
    rejectApproval: "pendingClosing",
  },
  closed: {
    evaluate: "closed",
    followUp: "closed",
    findFault: "closed",
    circular: "closed",
    appeal: "closed",
    approve: "closed",
    rejectApproval: "closed",
    // What a circular asks to be put right may take longer than the call.
    answer: "closed",
    archive: "archived",
  },
  archived: { findFault: "archived", circular: "archived", appeal: "archived", answer: "archived" },
  canceled: {},
} as const satisfies Record<CallStatus, Partial<Record<CallAction, CallStatus>>>;

/** Where `action` leads from `status`, or null where it is not allowed. */
export function callTransition(status: CallStatus, action: CallAction): CallStatus | null {
  const row: Partial<Record<CallAction, CallStatus>> = CALL_TRANSITIONS[status];
  return row[action] ?? null;
}

export const callActionsFrom = (status: CallStatus): readonly CallAction[] =>
  CALL_ACTIONS.filter((action) => callTransition(status, action) !== null);
