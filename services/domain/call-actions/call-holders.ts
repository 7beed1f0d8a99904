import { activeResponses, type CallState, type CallSupervision } from "../call-ticket.ts";

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
      return [{ office: "street" }, ...inTheField(call)];
    case "dispatched":
    case "onSite":
      return inTheField(call);
    default:
      return [];
  }
}

/** Departments that are not done, silent ones too; what one of them declines waits for the district. */
function inTheField(call: Pick<CallState, "responses">): CallHolder[] {
  const open = activeResponses(call).filter(({ completedAt }) => completedAt === null);
  const objected = open.some(({ status }) => status === "declined");
  return [
    ...(objected ? [{ office: "district" as const }] : []),
    ...open.flatMap(({ status, deptCode }) => (status === "declined" ? [] : [{ deptCode }])),
  ];
}

/** How a holder is noted among those that have answered: principal and street speak for one office. */
export const holderKey = (holder: CallHolder): string =>
  "deptCode" in holder ? holder.deptCode : holder.office === "district" ? "district" : "street";

/** Those whose answer to a demand is still wanted; whoever has done their part owes none. */
export function owingAnswer(
  call: Pick<CallState, "status" | "responses">,
  demand: CallSupervision,
): CallHolder[] {
  const owing = (holder: CallHolder) => {
    const key = holderKey(holder);
    return demand.owedBy.includes(key) && !demand.answered.includes(key);
  };
  // What was wrong is to be put right though the call is over.
  if (demand.kind === "rectify")
    return demand.owedBy.map((deptCode) => ({ deptCode })).filter(owing);
  return holdersOf(call).filter(owing);
}

/** Whether anybody still owes an answer to anything. */
export const isAnswerOwed = (call: Pick<CallState, "status" | "responses" | "demands">): boolean =>
  call.demands.some((demand) => owingAnswer(call, demand).length > 0);
