import type { CallState } from "../call-ticket.ts";
import type { Limit } from "../deadline.ts";
import { MINUTE_MS } from "../time.ts";
import type { CallContext } from "./decision.ts";

/** How long a department has: what the item of the 属地管理清单 says, else the defaults of domain.md 1.12. */

const RESPOND_MINUTES = 120;
const EMERGENCY_RESPOND_MINUTES = 15;
const EMERGENCY_ARRIVE_MINUTES = 30;
const COMPLETE_WORKDAYS = 5;

/** By when a department has to answer: natural time in an emergency, working time otherwise. */
export function respondLimit(
  call: Pick<CallState, "callType">,
  { item }: Pick<CallContext, "item">,
): Limit {
  const minutes = item?.respondMinutes ?? null;
  return call.callType === "emergency"
    ? { naturalMinutes: minutes ?? EMERGENCY_RESPOND_MINUTES }
    : { workMinutes: minutes ?? RESPOND_MINUTES };
}

/** When a department sent at `dispatchedAt` has to be there: the planned time, or at once in an emergency. */
export function arriveBy(
  call: Pick<CallState, "callType" | "reportAt">,
  dispatchedAt: Date,
  { item }: Pick<CallContext, "item">,
): Date {
  if (call.callType !== "emergency") return call.reportAt ?? dispatchedAt;
  const minutes = item?.arriveMinutes ?? EMERGENCY_ARRIVE_MINUTES;
  return new Date(dispatchedAt.getTime() + minutes * MINUTE_MS);
}

export const completeLimit = ({ item }: Pick<CallContext, "item">): Limit => ({
  workdays: item?.completeWorkdays ?? COMPLETE_WORKDAYS,
});
