import { completeLimit, respondLimit } from "./call-actions/limits.ts";
import { activeResponses, type CallAction, type CallState } from "./call-ticket.ts";
import type { Duty, OwedDuty } from "./obligation.ts";
import type { ResponsibilityItem } from "./responsibility.ts";
import { MINUTE_MS } from "./time.ts";

export interface CallOwners {
  /** the principal who signs; null where the street has none */
  principal: { orgCode: string | null; personId: string | null };
  street: { orgCode: string | null; personId: string | null };
  district: { orgCode: string | null; personId: string | null };
}

const APPROVE = { workMinutes: 120 } as const;
const SUPPLEMENT_APPROVAL = { naturalMinutes: 120 } as const;
const ASSESS = { workMinutes: 120 } as const;
const CLOSE = { workdays: 1 } as const;
const FOLLOW_UP = { workdays: 3 } as const;

/** Everything that is owed on a call in its present state (domain.md 1.12). Compare `dutiesOfEvent`. */
export function dutiesOfCall(
  call: CallState,
  owners: CallOwners,
  item: ResponsibilityItem | null,
  now: Date,
): OwedDuty[] {
  const duties: OwedDuty[] = [];
  const emergency = call.callType === "emergency";
  if (
    emergency &&
    call.approval === null &&
    call.dispatchedAt !== null &&
    !["archived", "canceled"].includes(call.status)
  ) {
    duties.push({
      duty: "supplementApproval",
      owner: owners.principal,
      limit: SUPPLEMENT_APPROVAL,
      since: call.dispatchedAt,
    });
  }
  switch (call.status) {
    case "pendingApproval":
      duties.push({ duty: "approve", owner: owners.principal, limit: APPROVE, since: now });
      break;
    case "approved":
    case "assessing":
      duties.push({
        duty: "assess",
        owner: owners.district,
        limit: ASSESS,
        since: call.approval?.at ?? now,
      });
      break;
    case "dispatched":
    case "onSite":
      duties.push(...ofDepartments());
      break;
    case "pendingClosing":
      duties.push({ duty: "closeCall", owner: owners.street, limit: CLOSE, since: now });
      break;
    case "closed":
      if (call.followUp === null)
        duties.push({
          duty: "followUp",
          owner: owners.district,
          limit: FOLLOW_UP,
          since: call.closedAt ?? now,
        });
      break;
  }
  return duties;

  function ofDepartments(): OwedDuty[] {
    return activeResponses(call).flatMap((response): OwedDuty[] => {
      const owner = { orgCode: response.deptCode, personId: null };
      if (response.status === "declined") {
        // The objection waits for the district's judgement, from when it was made.
        return [{ duty: "assess", owner: owners.district, limit: ASSESS, since: now }];
      }
      const owed: OwedDuty[] = [];
      if (response.respondedAt === null && response.checkIn === null) {
        owed.push({
          duty: "respond",
          owner,
          limit: respondLimit(call, { item }),
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
          limit: completeLimit({ item }),
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
};
