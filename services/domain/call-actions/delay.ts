import { activeResponses, type CallResponse } from "../call-ticket.ts";
import { deadline } from "../deadline.ts";
import { spokenTime } from "../time.ts";
import { actsForOthers, type CallDecider, isBlank, refused, responseOf, tell } from "./decision.ts";

/** More time for a department to complete: asked for once, decided by the district. Compare events. */

export const delay: CallDecider<"delay"> = (call, command, { actor, policy }) => {
  if (actsForOthers(actor, command.deptCode))
    return refused("noRight", { deptCode: command.deptCode });
  if (isBlank(command.reason)) return refused("reasonRequired");
  const response = responseOf(call, actor, command.deptCode);
  if (response === null)
    return refused("notFound", { deptCode: command.deptCode ?? actor.orgCode });
  if (response.completedAt !== null)
    return refused("notAllowed", { completed: spokenTime(response.completedAt) });
  // How long the work may take counts from the arrival; before it there is nothing to put off.
  if (response.completeBy === null) return refused("notAllowed", { notCheckedIn: true });
  if (hasAsked(response)) return refused("alreadyDelayed");
  if (command.workdays > policy.longestDelayWorkdays)
    return refused("delayTooLong", { most: policy.longestDelayWorkdays });
  const { workdays, reason } = command;
  const asked = { dept: response.deptCode, workdays, reason };
  return {
    responses: withResponse(call.responses, response, {
      delayRequest: { workdays, reason, by: actor.personId },
    }),
    note: `${workdays}个工作日:${reason}`,
    notices: [
      tell("district", "callDelayRequested", call, asked),
      tell("callingStreet", "callDelayAsked", call, asked),
    ],
  };
};

/** Whether there is a limit to put off, and nobody has asked for it yet: it is had once. */
export const mayBePutOff = (response: CallResponse): boolean =>
  response.completeBy !== null && response.completedAt === null && !hasAsked(response);

const hasAsked = ({ delayApproved, delayRequest }: CallResponse): boolean =>
  delayApproved || delayRequest !== null;

export const decideDelay: CallDecider<"decideDelay"> = (call, command, { calendar }) => {
  const asking = activeResponses(call).filter(({ delayRequest }) => delayRequest !== null);
  const response =
    command.deptCode === undefined
      ? asking[0]
      : asking.find(({ deptCode }) => deptCode === command.deptCode);
  if (response === undefined || response.delayRequest === null)
    return refused("notAllowed", { missing: "delayRequest" });
  if (command.deptCode === undefined && asking.length > 1)
    return refused("fieldRequired", { field: "deptCode", missing: ["deptCode"] });
  if (!command.approved && isBlank(command.reason)) return refused("reasonRequired");
  const { workdays } = response.delayRequest;
  const completeBy =
    command.approved && response.completeBy !== null
      ? deadline(response.completeBy, { workdays }, calendar)
      : response.completeBy;
  const decided = {
    dept: response.deptCode,
    approved: command.approved,
    reason: command.reason ?? null,
    completeBy: completeBy?.toISOString() ?? null,
  };
  return {
    responses: withResponse(call.responses, response, {
      delayRequest: null,
      delayApproved: command.approved,
      completeBy,
    }),
    note: `${response.deptCode} ${command.approved ? "同意" : "不同意"}${isBlank(command.reason) ? "" : `:${command.reason}`}`,
    notices: [
      tell("department", "callDelayDecided", call, decided, response.deptCode),
      tell("callingStreet", "callDelayDecided", call, decided),
    ],
  };
};

const withResponse = (
  responses: readonly CallResponse[],
  changed: CallResponse,
  patch: Partial<CallResponse>,
): CallResponse[] =>
  responses.map((response) => (response === changed ? { ...response, ...patch } : response));
