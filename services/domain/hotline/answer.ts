import type { EventAction } from "../event.ts";
import type { EventChange } from "../event-actions/decision.ts";
import { maskPersonalData } from "../masking.ts";
import { type HotlineState, stateOfChange } from "./state.ts";

/** What goes back to the hotline: a state on the way, or the result. */
export const ANSWER_KINDS = ["state", "result"] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];

export const ANSWER_STATES = ["pending", "sent", "failed"] as const;

/** By which road an answer left. */
export const ANSWER_ROADS = ["rest", "mail", "file"] as const;
export type AnswerRoad = (typeof ANSWER_ROADS)[number];

export interface HotlineAnswer {
  kind: AnswerKind;
  state: HotlineState;
  /** the result, or the reason; empty where the state says it all */
  text: string;
}

/** What is done when somebody says so in words. */
const RESULT_ACTIONS: readonly EventAction[] = ["complete", "selfHandle"];
/** Its reason belongs to what the hotline is told. */
const REASONED: readonly EventAction[] = ["reject", "decideDelay", "withdraw", "close"];

/**
 * What a change of its event tells the hotline; null where it knows already.
 *
 * @param told - the state it was told last
 */
export function answerOf(
  change: Pick<EventChange, "action" | "from" | "to" | "note"> & { delayApproved: boolean },
  told: HotlineState | null,
): HotlineAnswer | null {
  const state = stateOfChange(change);
  if (state === null) return null;
  const { action } = change;
  const kind = RESULT_ACTIONS.includes(action) ? "result" : "state";
  if (kind === "state" && state === told) return null;
  const says = kind === "result" || REASONED.includes(action);
  return { kind, state, text: says ? maskPersonalData(change.note ?? "") : "" };
}
