import { owingAnswer } from "./call-actions/call-holders.ts";
import { completeLimit, respondLimit } from "./call-actions/limits.ts";
import { activeResponses, type CallAction, type CallState, unsettled } from "./call-ticket.ts";
import type { Duty, OwedDuty } from "./obligation.ts";
import type { Policy } from "./policy.ts";
import type { ResponsibilityItem } from "./responsibility.ts";
import { answerOwed } from "./supervision.ts";
import { MINUTE_MS } from "./time.ts";

/** What a returned call owes an answer to: the return itself. */
export const RETURNED = "returned";

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
    call.dispatchedAt !== null &&
    !["archived", "canceled"].includes(call.status)
  ) {
    // Once the principal would not sign, it is for the street to bring about a signature or an end.
    const refusal = call.approvalRefusal;
    duties.push({
      duty: "supplementApproval",
      owner: refusal === null ? owners.principal : owners.street,
      limit: limits.supplementApproval,
      since: refusal?.at ?? call.dispatchedAt,
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
    case "approvalRejected":
    case "assessReturned":
      duties.push({
        duty: "answerSupervision",
        owner: owners.street,
        limit: policy.answerSupervision,
        since: now,
        about: RETURNED,
      });
      break;
    case "dispatched":
    case "onSite":
      duties.push(...ofDepartments());
      // Where all are silent nobody moves it on but the street.
      if (activeResponses(call).length > 0 && unsettled(call).length === 0) duties.push(toClose());
      break;
    case "pendingClosing":
      duties.push(toClose());
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

  function toClose(): OwedDuty {
    return { duty: "closeCall", owner: owners.street, limit: limits.close, since: now };
  }

  function answersOwed(): OwedDuty[] {
    return call.demands.flatMap((demand) =>
      owingAnswer(call, demand).map((holder) => {
        const owner =
          "deptCode" in holder
            ? { orgCode: holder.deptCode, personId: null }
            : owners[holder.office];
        return answerOwed(demand, owner, policy);
      }),
    );
  }

  function ofDepartments(): OwedDuty[] {
    return activeResponses(call).flatMap((response): OwedDuty[] => {
      const owner = { orgCode: response.deptCode, personId: null };
      if (response.status === "declined") {
        // The objection waits for the district's judgement, from when it was made.
        return [{ duty: "assess", owner: owners.district, limit: limits.assess, since: now }];
      }
      const owed: OwedDuty[] = [];
      if (response.delayRequest !== null)
        owed.push({
          duty: "decideDelay",
          owner: owners.district,
          limit: policy.decideDelay,
          since: now,
          about: response.deptCode,
        });
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
  decideDelay: ["decideDelay"],
  // Doing what is owed answers a demand, or a return, as well as words do.
  answerSupervision: [
    "answer",
    "amend",
    "submit",
    "approve",
    "rejectApproval",
    "assess",
    "dispatch",
    "release",
    "complete",
    "close",
  ],
};
