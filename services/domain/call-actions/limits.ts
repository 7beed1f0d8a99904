import type { CallState } from "../call-ticket.ts";
import { deadline, type Limit } from "../deadline.ts";
import type { CallContext } from "./decision.ts";

/** How long a department has: what the item of the 属地管理清单 says, else the district's policy. */
type Rules = Pick<CallContext, "item" | "policy">;

/** By when a department has to answer: natural time in an emergency, working time otherwise. */
export function respondLimit(call: Pick<CallState, "callType">, { item, policy }: Rules): Limit {
  const minutes = item?.respondMinutes ?? null;
  if (call.callType === "emergency")
    return minutes === null ? policy.calls.emergencyRespond : { naturalMinutes: minutes };
  return minutes === null ? policy.calls.respond : { workMinutes: minutes };
}

/** When a department sent at `dispatchedAt` has to be there: the planned time, or at once in an emergency. */
export function arriveBy(
  call: Pick<CallState, "callType" | "reportAt">,
  dispatchedAt: Date,
  { item, policy, calendar }: Rules & Pick<CallContext, "calendar">,
): Date {
  if (call.callType !== "emergency") return call.reportAt ?? dispatchedAt;
  const minutes = item?.arriveMinutes ?? null;
  const limit = minutes === null ? policy.calls.emergencyArrive : { naturalMinutes: minutes };
  return deadline(dispatchedAt, limit, calendar);
}

export const completeLimit = ({ item, policy }: Rules): Limit => {
  const workdays = item?.completeWorkdays ?? null;
  return workdays === null ? policy.calls.complete : { workdays };
};
