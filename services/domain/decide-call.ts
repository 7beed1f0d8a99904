import type { Actor } from "./actor.ts";
import { amend, approve, cancel, rejectApproval, submit } from "./call-actions/approval.ts";
import { isAnswerOwed } from "./call-actions/call-holders.ts";
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
import { decideDelay, delay, mayBePutOff } from "./call-actions/delay.ts";
import { assess, dispatch, release } from "./call-actions/dispatch.ts";
import {
  checkIn,
  complete,
  confirmArrival,
  decline,
  eta,
  respond,
} from "./call-actions/response.ts";
import { answer, demandsAfter, instruct, supervise, urge } from "./call-actions/supervision.ts";
import type { CallCommand } from "./call-command.ts";
import { hasCallRight } from "./call-rights.ts";
import { activeResponses, type CallAction, type CallState } from "./call-ticket.ts";
import { callActionsFrom, callTransition } from "./call-transitions.ts";
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
  delay,
  decideDelay,
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
  const to = outcome.to ?? target;
  const responses = outcome.responses ?? call.responses;
  const note = outcome.note ?? null;
  const next = { ...call, ...outcome.patch, status: to, responses };
  const { demands, notices } = demandsAfter(call, next, action, context.actor, note);
  return {
    ok: true,
    action,
    from: call.status,
    to,
    patch: { ...outcome.patch, ...(next.demands.length === 0 ? {} : { demands }) },
    responses,
    note,
    notices: [...(outcome.notices ?? []), ...notices],
  };
}

/** Before its arrival, and once it has asked, a department has nothing to put off. */
const mayAsk = (call: CallState, { power, orgCode }: Actor): boolean =>
  activeResponses(call).some(
    (response) => (power !== undefined || response.deptCode === orgCode) && mayBePutOff(response),
  );

const isDelayAsked = (call: CallState): boolean =>
  activeResponses(call).some(({ delayRequest }) => delayRequest !== null);

/** What the actor may do to the call now; what a signature has settled or nobody asked is not among it. */
export const allowedCallActions = (call: CallState, actor: Actor): CallAction[] =>
  callActionsFrom(call.status).filter(
    (action) =>
      hasCallRight(actor, action, call) &&
      settledBySignature(call, action, actor) === null &&
      (action !== "answer" || isAnswerOwed(call)) &&
      (action !== "decideDelay" || isDelayAsked(call)) &&
      (action !== "delay" || mayAsk(call, actor)),
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
