import type { Actor } from "./actor.ts";
import { amend, approve, cancel, rejectApproval, submit } from "./call-actions/approval.ts";
import { owingAnswer } from "./call-actions/call-holders.ts";
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
import { answer, instruct, supervise, urge } from "./call-actions/supervision.ts";
import type { CallCommand } from "./call-command.ts";
import { hasCallRight } from "./call-rights.ts";
import { type CallAction, type CallState, callActionsFrom, callTransition } from "./call-ticket.ts";
import { type RefusalCode, refuse } from "./refusal.ts";

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
  urge,
  supervise,
  instruct,
  answer,
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
  const settled = settledBySignature(call, action, context.actor);
  if (settled !== null) return refuse(action, settled.code, allowed, settled.detail);
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

/** What the actor may do to the call now; what a signature has settled or nobody asked is not among it. */
export const allowedCallActions = (call: CallState, actor: Actor): CallAction[] =>
  callActionsFrom(call.status).filter(
    (action) =>
      hasCallRight(actor, action, call) &&
      settledBySignature(call, action, actor) === null &&
      (action !== "answer" || owingAnswer(call).length > 0),
  );

/**
 * Why a signature stands in the way, or null. It is given once, in whatever status a second one comes;
 * and the officer may take a call back only until then, the principal also afterwards.
 */
function settledBySignature(
  call: CallState,
  action: CallAction,
  actor: Actor,
): { code: RefusalCode; detail: Record<string, unknown> } | null {
  if (call.approval === null) return null;
  const by = call.approval.by.name;
  if (action === "approve" || action === "rejectApproval")
    return { code: "alreadyApproved", detail: { by } };
  const maySign = actor.power !== undefined || actor.roles.includes("streetPrincipal");
  return action === "cancel" && !maySign ? { code: "notAllowed", detail: { signed: by } } : null;
}
