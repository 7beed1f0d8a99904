import type { Actor } from "./actor.ts";
import {
  actionsFrom,
  EVENT_STATUS_NAMES,
  type EventAction,
  type EventState,
  type EventStatus,
  eventTransition,
} from "./event.ts";
import { archive, close, missingFeedback, rate, reopen, verify } from "./event-actions/closing.ts";
import type { Decider, DecisionContext, EventDecision, Outcome } from "./event-actions/decision.ts";
import {
  complete,
  decideDelay,
  delay,
  giveBack,
  selfHandle,
  sign,
} from "./event-actions/handling.ts";
import { correct, join, requestWithdrawal, supplement, withdraw } from "./event-actions/intake.ts";
import {
  answersInPrivate,
  instruct,
  progress,
  supervise,
  urge,
} from "./event-actions/supervision.ts";
import {
  accept,
  assign,
  concludeConsultation,
  consult,
  escalate,
  merge,
  reject,
  setLevel,
  specialReport,
} from "./event-actions/triage.ts";
import type { EventCommand } from "./event-command.ts";
import { holdToHotline } from "./hotline/due.ts";
import { refuse } from "./refusal.ts";
import { hasEventRight } from "./rights.ts";

const DECIDERS: { [A in EventCommand["action"]]: Decider<A> } = {
  supplement,
  correct,
  join,
  urge,
  withdraw,
  requestWithdrawal,
  accept,
  reject,
  setLevel,
  assign,
  sign,
  progress,
  selfHandle,
  complete,
  return: giveBack,
  escalate,
  consult,
  concludeConsultation,
  specialReport,
  delay,
  decideDelay,
  supervise,
  instruct,
  verify,
  rate,
  reopen,
  merge,
  close,
  archive,
};

/**
 * Decides what a command does to an event: the right first, then the status, then the action's own
 * conditions. A refusal names what this actor may do now.
 */
export function decideEvent(
  event: EventState,
  command: EventCommand,
  context: DecisionContext,
): EventDecision {
  const { action } = command;
  const allowed = allowedEventActions(event, context.actor);
  if (!hasEventRight(context.actor, action, event)) return refuse(action, "noRight", allowed);
  const target = eventTransition(event.status, action);
  if (target === null) return refuse(action, "notAllowed", allowed, { status: event.status });

  const outcome = (DECIDERS[action] as Decider<typeof action>)(
    event,
    command as never,
    context,
  ) as Outcome;
  if (outcome.refusal !== undefined) {
    return refuse(action, outcome.refusal.code, allowed, outcome.refusal.detail);
  }
  const to = outcome.to ?? target;
  const answered = event.demands.length > 0 && isAnswer(event.status, to);
  return {
    ok: true,
    action,
    from: event.status,
    to,
    patch: holdToHotline(event, {
      ...outcome.patch,
      ...(answered ? { demands: [] } : {}),
    }),
    ...(outcome.rating === undefined ? {} : { rating: outcome.rating }),
    ...(outcome.leaves === undefined ? {} : { leaves: outcome.leaves }),
    note: outcome.note ?? null,
    notices: [
      ...(outcome.notices ?? []),
      ...(answered ? answersInPrivate(event, endOf(to, outcome.note)) : []),
    ],
  };
}

/** A result, or the end of the event, answers whatever was demanded of it as well as words do. */
const isAnswer = (from: EventStatus, to: EventStatus): boolean =>
  from !== to && (to === "completed" || eventTransition(to, "progress") === null);

const endOf = (status: EventStatus, note: string | null | undefined): string =>
  note ? `${EVENT_STATUS_NAMES[status]},${note}` : EVENT_STATUS_NAMES[status];

/** What the actor may do to the event now, by status and right. */
export const allowedEventActions = (event: EventState, actor: Actor): EventAction[] =>
  actionsFrom(event.status).filter(
    (action) => hasEventRight(actor, action, event) && !(action === "close" && isTooEarly(event)),
  );

/** Before the verification there is something to close only where somebody has to be told by hand. */
const isTooEarly = (event: EventState): boolean =>
  event.status === "completed" && missingFeedback(event) === null;
