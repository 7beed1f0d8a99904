import { activeResponses, type CallState, isSettled } from "../call-ticket.ts";

/** Who has to act on a call: an office of it, or a department by its code. */
export type CallHolder = { office: CallOffice } | { deptCode: string };
export type CallOffice = "principal" | "street" | "district";

/** Everybody who has to act on a call as it stands; several departments at once in the field. */
export function holdersOf(call: Pick<CallState, "status" | "responses">): CallHolder[] {
  switch (call.status) {
    case "pendingApproval":
      return [{ office: "principal" }];
    case "approved":
    case "assessing":
      return [{ office: "district" }];
    case "pendingClosing":
      return [{ office: "street" }];
    case "dispatched":
    case "onSite":
      return inTheField(call);
    default:
      return [];
  }
}

/** Departments that are not done; what one of them declines waits for the district. */
function inTheField(call: Pick<CallState, "responses">): CallHolder[] {
  const open = activeResponses(call).filter((response) => !isSettled(response));
  const objected = open.some(({ status }) => status === "declined");
  return [
    ...(objected ? [{ office: "district" as const }] : []),
    ...open.flatMap(({ status, deptCode }) => (status === "declined" ? [] : [{ deptCode }])),
  ];
}

/** How a holder is noted among those that have answered: principal and street speak for one office. */
export const holderKey = (holder: CallHolder): string =>
  "deptCode" in holder ? holder.deptCode : holder.office === "district" ? "district" : "street";

/** Those whose answer to the open demand is still wanted; whoever has done their part owes none. */
export function owingAnswer(
  call: Pick<CallState, "status" | "responses" | "supervision">,
): CallHolder[] {
  const { supervision } = call;
  if (supervision === null) return [];
  return holdersOf(call).filter((holder) => {
    const key = holderKey(holder);
    return supervision.owedBy.includes(key) && !supervision.answered.includes(key);
  });
}
