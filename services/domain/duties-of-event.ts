import type { EventAction, EventState } from "./event.ts";
import type { Duty, OwedDuty, Owner } from "./obligation.ts";
import type { Policy } from "./policy.ts";
import { answerOwed } from "./supervision.ts";

/** The organisations that answer for an event by their place rather than by assignment. */
export interface EventOwners {
  /** the command room of the street, or of the district where no street is known */
  commandRoom: Owner;
  commandCenter: Owner;
  /** whoever verifies for the grid */
  grid: Owner;
}

/**
 * Everything that is owed on an event in its present state. The workflow compares this with the open
 * obligations: what is no longer owed is closed, what is newly owed is opened, the rest keeps its
 * clock, so that an update never restarts one.
 *
 * @param now - the moment the state was entered, from which new limits count
 */
export function dutiesOfEvent(
  event: EventState,
  owners: EventOwners,
  policy: Policy,
  now: Date,
): OwedDuty[] {
  const limits = policy.events[event.urgency];
  // No step before the work may take longer than the work itself.
  const atLatest = event.hotlineDueAt === null ? {} : { noLaterThan: event.hotlineDueAt };
  const duties = mainDuty();
  if (event.delayRequest !== null) {
    duties.push({ duty: "decideDelay", owner: holder(), limit: policy.decideDelay, since: now });
  }
  // Whoever takes the event over takes the demands over with their clocks.
  const [answers] = leads();
  if (answers !== undefined)
    duties.push(...event.demands.map((demand) => answerOwed(demand, answers, policy)));
  return duties;

  function holder(): Owner {
    return event.escalatedAt === null ? owners.commandRoom : owners.commandCenter;
  }

  function assign(owner: Owner): OwedDuty {
    return { duty: "assign", owner, limit: limits.assign, since: now, ...atLatest };
  }

  function mainDuty(): OwedDuty[] {
    switch (event.status) {
      case "draft":
      case "pendingAccept":
        return [
          {
            duty: "accept",
            owner: owners.commandRoom,
            limit: limits.accept,
            since: event.createdAt,
            ...atLatest,
          },
        ];
      case "accepted":
        return [assign(owners.commandRoom)];
      case "escalated":
        return [assign(owners.commandCenter)];
      case "consulting":
        return [{ duty: "assess", owner: holder(), limit: policy.consult, since: now }];
      case "assigned":
        return leads().map((owner) => ({
          duty: "sign",
          owner,
          limit: limits.sign,
          since: now,
          ...atLatest,
        }));
      case "handling":
        return leads().map((owner) => ({
          duty: "complete",
          owner,
          limit: limits.complete,
          since: event.acceptedAt ?? now,
          ...(event.dueAt === null ? {} : { dueAt: event.dueAt }),
        }));
      case "completed":
        return [
          {
            duty: "verify",
            owner: event.confidential ? owners.commandRoom : owners.grid,
            limit: policy.verify,
            since: now,
          },
          ...feedback(),
        ];
      case "verified":
        return [...feedback(), { duty: "close", owner: holder(), limit: policy.close, since: now }];
      default:
        return [];
    }
  }

  function leads(): Owner[] {
    const lead = event.assignees.find((assignee) => assignee.role === "lead");
    return lead === undefined ? [holder()] : [{ orgCode: lead.orgCode, personId: lead.personId }];
  }

  function feedback(): OwedDuty[] {
    if (event.reporterToldAt !== null && event.commandRoomToldAt !== null) return [];
    return [{ duty: "feedback", owner: owners.commandRoom, limit: policy.feedback, since: now }];
  }
}

/** The actions that do what a duty asks. Any other way out of it ends the duty unfulfilled. */
export const FULFILLED_BY: Partial<Record<Duty, readonly EventAction[]>> = {
  accept: ["accept", "reject", "selfHandle"],
  assign: ["assign", "escalate", "consult"],
  assess: ["concludeConsultation"],
  sign: ["sign"],
  complete: ["complete"],
  verify: ["verify", "reopen", "rate"],
  close: ["close"],
  decideDelay: ["decideDelay"],
  answerSupervision: ["progress", "complete"],
};
