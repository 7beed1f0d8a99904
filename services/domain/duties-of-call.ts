import { owingAnswer } from "./call-actions/call-holders.ts";
import { completeLimit, respondLimit } from "./call-actions/limits.ts";
import { activeResponses, type CallAction, type CallState } from "./call-ticket.ts";
import type { Duty, OwedDuty } from "./obligation.ts";
import type { Policy } from "./policy.ts";
import type { ResponsibilityItem } from "./responsibility.ts";
import { MINUTE_MS } from "./time.ts";

export interface CallOwners {
  /** the principal who signs; null where the street has none */
  principal: { orgCode: string | null; personId: string | null };
  street: { orgCode: string | null; personId: string | null };
  district: { orgCode: string | null; personId: string | null };
}

/** Everything that is owed on a call in its present state (domain.md 1.12). Compare `dutiesOfEvent`. */
export function dutiesOfCall(
  call: CallState,
  owners: CallOwners,
  { item, policy }: { item: ResponsibilityItem | null; policy: Policy },
  now: Date,
): OwedDuty[] {
  const limits = policy.calls;
  const duties: OwedDuty[] = [];
  const emergency = call.callType === "emergency";
  if (
    emergency &&
    call.approval === null &&
    call.approvalRefusal === null &&
    call.dispatchedAt !== null &&
    !["archived", "canceled"].includes(call.status)
  ) {
    duties.push({
      duty: "supplementApproval",
      owner: owners.principal,
      limit: limits.supplementApproval,
      since: call.dispatchedAt,
    });
  }
  switch (call.status) {
    case "pendingApproval":
      duties.push({ duty: "approve", owner: owners.principal, limit: limits.approve, since: now });
      break;
    case "approved":
    case "assessing":
      duties.push({
        duty: "assess",
        owner: owners.district,
        limit: limits.assess,
        since: call.approval?.at ?? now,
      });
      break;
    case "dispatched":
    case "onSite":
      duties.push(...ofDepartments());
      break;
    case "pendingClosing":
      duties.push({ duty: "closeCall", owner: owners.street, limit: limits.close, since: now });
      break;
    case "closed":
      if (call.followUp === null)
        duties.push({
          duty: "followUp",
          owner: owners.district,
          limit: limits.followUp,
          since: call.closedAt ?? now,
        });
      break;
  }
  duties.push(...answersOwed());
  return duties;

  function answersOwed(): OwedDuty[] {
    const { supervision } = call;
    if (supervision === null) return [];
    return owingAnswer(call).map((holder) => ({
      duty: "answerSupervision",
      owner:
        "deptCode" in holder ? { orgCode: holder.deptCode, personId: null } : owners[holder.office],
      limit: supervision.kind === "urge" ? policy.answerUrge : policy.answerSupervision,
      since: new Date(supervision.at),
      ...(supervision.answerBy === null ? {} : { dueAt: new Date(supervision.answerBy) }),
    }));
  }

  function ofDepartments(): OwedDuty[] {
    return activeResponses(call).flatMap((response): OwedDuty[] => {
      const owner = { orgCode: response.deptCode, personId: null };
      if (response.status === "declined") {
        // The objection waits for the district's judgement, from when it was made.
        return [{ duty: "assess", owner: owners.district, limit: limits.assess, since: now }];
      }
      const owed: OwedDuty[] = [];
      if (response.respondedAt === null && response.checkIn === null) {
        owed.push({
          duty: "respond",
          owner,
          limit: respondLimit(call, { item, policy }),
          since: response.dispatchedAt,
          dueAt: response.respondBy,
        });
      }
      if (response.checkIn === null) {
        const minutes = (response.arriveBy.getTime() - response.dispatchedAt.getTime()) / MINUTE_MS;
        owed.push({
          duty: "arrive",
          owner,
          limit: { naturalMinutes: Math.max(0, Math.round(minutes)) },
          since: response.dispatchedAt,
          dueAt: response.arriveBy,
        });
      } else if (response.completedAt === null) {
        owed.push({
          duty: "completeCall",
          owner,
          limit: completeLimit({ item, policy }),
          since: response.checkIn.at,
          ...(response.completeBy === null ? {} : { dueAt: response.completeBy }),
        });
      }
      return owed;
    });
  }
}

/** The actions that do what a duty of a call asks. */
export const CALL_FULFILLED_BY: Partial<Record<Duty, readonly CallAction[]>> = {
  approve: ["approve", "rejectApproval"],
  supplementApproval: ["approve", "rejectApproval"],
  assess: ["assess", "dispatch", "release"],
  respond: ["respond", "decline", "eta", "checkIn", "confirmArrival"],
  arrive: ["checkIn", "confirmArrival"],
  completeCall: ["complete"],
  closeCall: ["close"],
  followUp: ["followUp"],
  // Doing what is owed answers a demand as well as words do.
  answerSupervision: [
    "answer",
    "approve",
    "rejectApproval",
    "assess",
    "dispatch",
    "release",
    "complete",
    "close",
  ],
};
