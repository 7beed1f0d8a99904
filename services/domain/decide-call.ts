import type { Actor } from "./actor.ts";
import { amend, approve, cancel, rejectApproval, submit } from "./call-actions/approval.ts";
import {
  appeal,
  archive,
  circular,
  close,
  evaluate,
  findFault,
  followUp,
  siteLog,
} from "./call-actions/closing.ts";
import type {
  CallContext,
  CallDecider,
  CallDecision,
  CallOutcome,
} from "./call-actions/decision.ts";
import { assess, dispatch, release } from "./call-actions/dispatch.ts";
import {
  checkIn,
  complete,
  confirmArrival,
  decline,
  eta,
  respond,
} from "./call-actions/response.ts";
import type { CallCommand } from "./call-command.ts";
import { hasCallRight } from "./call-rights.ts";
import { type CallAction, type CallState, callActionsFrom, callTransition } from "./call-ticket.ts";
import { refuse } from "./refusal.ts";

const DECIDERS: { [A in CallCommand["action"]]: CallDecider<A> } = {
  submit,
  amend,
  cancel,
  approve,
  rejectApproval,
  assess,
  dispatch,
  release,
  respond,
  decline,
  eta,
  checkIn,
  confirmArrival,
  siteLog,
  complete,
  close,
  evaluate,
  followUp,
  findFault,
  circular,
  appeal,
  archive,
};

/** Decides what a command does to a call: the right first, then the status, then the action's own conditions. */
export function decideCall(
  call: CallState,
  command: CallCommand,
  context: CallContext,
): CallDecision {
  const { action } = command;
  const allowed = allowedCallActions(call, context.actor);
  if (!hasCallRight(context.actor, action, call)) return refuse(action, "noRight", allowed);
  const target = callTransition(call.status, action);
  if (target === null) return refuse(action, "notAllowed", allowed, { status: call.status });
  const outcome = (DECIDERS[action] as CallDecider<typeof action>)(
    call,
    command as never,
    context,
  ) as CallOutcome;
  if (outcome.refusal !== undefined)
    return refuse(action, outcome.refusal.code, allowed, outcome.refusal.detail);
  return {
    ok: true,
    action,
    from: call.status,
    to: outcome.to ?? target,
    patch: outcome.patch ?? {},
    responses: outcome.responses ?? call.responses,
    note: outcome.note ?? null,
    notices: outcome.notices ?? [],
  };
}

export const allowedCallActions = (call: CallState, actor: Actor): CallAction[] =>
  callActionsFrom(call.status).filter((action) => hasCallRight(actor, action, call));
