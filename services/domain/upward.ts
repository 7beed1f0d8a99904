import type { CallChange } from "./call-actions/decision.ts";

/**
 * Why something goes up to the district's 12345 platform (seed 001): the call itself, the signature that
 * an emergency gets afterwards, and the closing opinion with the scores.
 */
export const UPWARD_OCCASIONS = ["call", "supplement", "closing"] as const;
export type UpwardOccasion = (typeof UPWARD_OCCASIONS)[number];

export const UPWARD_OCCASION_NAMES: Record<UpwardOccasion, string> = {
  call: "呼叫",
  supplement: "补签",
  closing: "结案回复",
};

export const UPWARD_STATES = ["pending", "sent", "failed"] as const;

export const UPWARD_ROADS = ["mail", "export"] as const;
export type UpwardRoad = (typeof UPWARD_ROADS)[number];

/** What a change of a call sends up; null where the district's platform need not hear of it. */
export function upwardOccasion(
  change: Pick<CallChange, "action" | "from" | "to">,
): UpwardOccasion | null {
  const { action, from, to } = change;
  if (action === "approve") return from === "pendingApproval" ? "call" : "supplement";
  // 突发: the departments were called before anybody signed.
  if (action === "dispatch" && from === "draft" && to === "dispatched") return "call";
  return action === "close" ? "closing" : null;
}
