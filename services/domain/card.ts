import { activeResponses, type CallState } from "./call-ticket.ts";
import type { EventState } from "./event.ts";

/** What a card was sent for: which step its receiver is asked to take. */
export const CARD_PURPOSES = ["accept", "handle", "approve", "respond"] as const;
export type CardPurpose = (typeof CARD_PURPOSES)[number];

/** What can be pressed. Each is the same as something typed. */
export const CARD_ACTIONS = [
  "accept",
  "sign",
  "complete",
  "approve",
  "respond",
  "decline",
  "checkIn",
  "completeCall",
] as const;
export type CardAction = (typeof CARD_ACTIONS)[number];

/** Days after which a card is no longer pressed; what is still owed by then was reminded of meanwhile. */
export const CARD_LIFE_DAYS = 7;

/** What the receiver of a card about an event can press now; empty where nothing is left. */
export function eventCardActions(
  purpose: CardPurpose,
  event: Pick<EventState, "status" | "assignees">,
  orgCode: string | null,
): CardAction[] {
  if (purpose === "accept") return event.status === "pendingAccept" ? ["accept"] : [];
  if (purpose !== "handle" || !["assigned", "handling"].includes(event.status)) return [];
  const own = event.assignees.find((assignee) => assignee.orgCode === orgCode);
  if (own === undefined) return [];
  if (!own.signed) return ["sign"];
  return own.role === "lead" && event.status === "handling" ? ["complete"] : [];
}

/** The same about a call. */
export function callCardActions(
  purpose: CardPurpose,
  call: Pick<
    CallState,
    "status" | "callType" | "approval" | "approvalRefusal" | "dispatchedAt" | "responses"
  >,
  orgCode: string | null,
): CardAction[] {
  if (purpose === "approve") return isToSign(call) ? ["approve"] : [];
  if (purpose !== "respond" || !["dispatched", "onSite"].includes(call.status)) return [];
  const own = activeResponses(call).find((response) => response.deptCode === orgCode);
  switch (own?.status) {
    case "notified":
      return ["respond", "decline", "checkIn"];
    case "declined":
      return ["respond"];
    case "accepted":
      return ["checkIn"];
    case "checkedIn":
      return ["completeCall"];
    default:
      return [];
  }
}

const isToSign = (call: Parameters<typeof callCardActions>[1]): boolean =>
  call.status === "pendingApproval" ||
  (call.callType === "emergency" &&
    call.approval === null &&
    call.approvalRefusal === null &&
    call.dispatchedAt !== null &&
    !["archived", "canceled"].includes(call.status));

/** A button's word as the platform brings it back: the action and the card's revision. */
export const pressWord = (action: CardAction, revision: number): string => `${action}.${revision}`;

export function actionOfPress(word: string): CardAction | null {
  const [action] = word.split(".");
  return CARD_ACTIONS.find((known) => known === action) ?? null;
}
