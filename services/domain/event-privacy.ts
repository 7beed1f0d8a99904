import type { Actor, Role } from "./actor.ts";
import type { EventState, EventStep } from "./event.ts";
import { isSamePerson, type Standing, standingsOf } from "./rights.ts";

/** Whose task needs to know who reported: to ask back, to call, to look into a complaint. */
const KNOWS_REPORTERS: readonly Standing[] = [
  "gridStaff",
  "commandRoom",
  "commandCenter",
  "supervisor",
];
const KNOWS_REPORTERS_BY_ROLE: readonly Role[] = ["admin", "districtDispatcher", "followUpAgent"];

/**
 * Whether the actor may read who reported, and in which words. Whoever only handles the event, leads
 * the street or reported it too may not: reporters are hidden from the reported and from departments.
 */
export function mayKnowReporters(actor: Actor, event: EventState): boolean {
  if (actor.power !== undefined) return true;
  if (actor.roles.some((role) => KNOWS_REPORTERS_BY_ROLE.includes(role))) return true;
  const standings = standingsOf(actor, event);
  return KNOWS_REPORTERS.some((standing) => standings.has(standing));
}

/** What people do as reporters. Work on the event is signed with a name, whoever did it. */
const REPORTER_ACTIONS: readonly EventStep[] = [
  "report",
  "join",
  "separate",
  "supplement",
  "correct",
  "urge",
  "withdraw",
  "requestWithdrawal",
  "rate",
  "verify",
  "reopen",
];
/** Steps whose note is the reporter's own account; the others' notes are told to the workers anyway. */
const OWN_ACCOUNTS: readonly EventStep[] = ["report", "join"];

type StepActor = Pick<Actor, "personId" | "channel" | "platformUserId">;

/** What of a step stays hidden from somebody who may not know the reporters. */
export function hiddenOfStep(
  step: { action: EventStep; actor: StepActor },
  event: EventState,
  viewer: Actor,
): { actor: boolean; note: boolean } {
  const byReporter =
    REPORTER_ACTIONS.includes(step.action) &&
    (step.action === "report" ||
      step.action === "join" ||
      step.action === "separate" ||
      event.reporters.some((reporter) => isSamePerson(step.actor, reporter)));
  const own = isSamePerson(viewer, step.actor);
  return {
    actor: byReporter && !own,
    note: byReporter && !own && OWN_ACCOUNTS.includes(step.action),
  };
}
