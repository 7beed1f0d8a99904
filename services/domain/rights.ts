import type { Actor, Role } from "./actor.ts";
import type { EventAction, EventState } from "./event.ts";

/** How somebody stands to an event. Rights follow from standing, never from what a message claims. */
export const STANDINGS = [
  "firstReporter",
  "reporter",
  "gridStaff",
  "commandRoom",
  "commandCenter",
  "handler",
  "supervisor",
  "streetLeader",
] as const;
export type Standing = (typeof STANDINGS)[number];

/** Which standings may do what. Order within a row has no meaning. */
export const EVENT_RIGHTS: Record<EventAction, readonly Standing[]> = {
  supplement: ["reporter", "gridStaff", "commandRoom", "commandCenter"],
  correct: ["reporter", "gridStaff", "commandRoom", "commandCenter"],
  // Anybody may say 「我家也是」: joining gives no right to see what was not public.
  join: STANDINGS,
  urge: ["reporter", "gridStaff"],
  // Whoever joined may leave; the event itself ends only with its last reporter.
  withdraw: ["reporter", "commandRoom", "commandCenter"],
  requestWithdrawal: ["firstReporter"],
  accept: ["commandRoom"],
  reject: ["commandRoom"],
  setLevel: ["commandRoom", "commandCenter"],
  assign: ["commandRoom", "commandCenter"],
  sign: ["handler"],
  progress: ["handler", "commandRoom", "commandCenter"],
  selfHandle: ["gridStaff"],
  complete: ["handler"],
  return: ["handler", "commandCenter"],
  escalate: ["commandRoom"],
  consult: ["commandRoom", "commandCenter"],
  concludeConsultation: ["commandRoom", "commandCenter"],
  specialReport: ["commandRoom", "commandCenter"],
  delay: ["handler"],
  decideDelay: ["commandRoom", "commandCenter"],
  supervise: ["commandRoom", "commandCenter", "supervisor", "streetLeader"],
  instruct: ["streetLeader", "supervisor"],
  verify: ["gridStaff", "reporter"],
  rate: ["reporter"],
  reopen: ["reporter", "gridStaff", "commandRoom", "commandCenter"],
  merge: ["commandRoom", "commandCenter"],
  close: ["commandRoom", "commandCenter"],
  archive: ["commandRoom", "commandCenter"],
};

export const GRID_ROLES: readonly Role[] = ["gridWorker", "gridLeader", "gridMentor"];
/** Roles that may take work in the name of their organisation; a conduct complaint is the supervisors'. */
export const HANDLING_ROLES: readonly Role[] = [
  "stationOfficer",
  "supervisor",
  "responder",
  "gridLeader",
  "gridWorker",
  "streetOfficer",
];

const has = (actor: Actor, roles: readonly Role[]): boolean =>
  actor.roles.some((role) => roles.includes(role));

/** Whose doing differs where the event is kept from the grid: its results are checked from outside. */
const CONFIDENTIAL_RIGHTS: Partial<Record<EventAction, readonly Standing[]>> = {
  verify: ["commandRoom", "commandCenter", "supervisor"],
  reopen: ["reporter", "commandRoom", "commandCenter", "supervisor"],
};

/** Everything the actor is to the event; nobody of the grid is anything to a confidential one. */
export function standingsOf(actor: Actor, event: EventState): Set<Standing> {
  const standings = new Set<Standing>();
  const report = event.reporters.find((reporter) => isSamePerson(actor, reporter));
  if (report !== undefined) standings.add("reporter");
  if (report?.first) standings.add("firstReporter");

  const grid = event.confidential ? null : event.place.gridCode;
  if (has(actor, GRID_ROLES) && grid !== null && actor.gridCodes.includes(grid)) {
    standings.add("gridStaff");
  }
  const ownStreet = actor.streetCode !== null && actor.streetCode === event.streetCode;
  // What nobody could place yet may be taken by any street's dispatcher and by the district.
  if (has(actor, ["dispatcher"]) && (ownStreet || event.streetCode === null)) {
    standings.add("commandRoom");
  }
  if (has(actor, ["districtDispatcher"]) && event.streetCode === null) standings.add("commandRoom");
  if (has(actor, ["streetPrincipal", "streetOfficer"]) && ownStreet) standings.add("streetLeader");
  if (has(actor, ["districtDispatcher"]) && (event.escalatedAt !== null || event.level === 4)) {
    standings.add("commandCenter");
  }
  if (has(actor, ["supervisor"])) standings.add("supervisor");
  if (has(actor, HANDLING_ROLES) && isAssignee(actor, event)) standings.add("handler");
  return standings;
}

const isAssignee = (actor: Actor, event: EventState): boolean =>
  event.assignees.some(
    (assignee) =>
      assignee.orgCode === actor.orgCode &&
      (assignee.personId === null || assignee.signed || assignee.personId === actor.personId),
  );

/** The same account, or the same person of the registry on two channels. */
export function isSamePerson(
  actor: Pick<Actor, "personId" | "channel" | "platformUserId">,
  other: Pick<Actor, "personId" | "channel" | "platformUserId">,
): boolean {
  if (actor.personId !== null && actor.personId === other.personId) return true;
  return (
    actor.platformUserId !== null &&
    actor.platformUserId === other.platformUserId &&
    actor.channel === other.channel
  );
}

/** Whether the actor's standing gives the right; the state of the event is not looked at. */
export function hasEventRight(actor: Actor, action: EventAction, event: EventState): boolean {
  if (actor.power !== undefined) return true;
  const standings = standingsOf(actor, event);
  if (action === "join") return true;
  const confidential = event.confidential ? CONFIDENTIAL_RIGHTS[action] : undefined;
  return (confidential ?? EVENT_RIGHTS[action]).some((standing) => standings.has(standing));
}

/**
 * Whether the actor may see place and subject of the event: its reporters, and officials within
 * their rights. A confidential event is hidden from the grid it concerns and from whoever handles it
 * only learns what the assignment says.
 */
export function maySeeEvent(actor: Actor, event: EventState): boolean {
  if (actor.power !== undefined || has(actor, ["admin"])) return true;
  const standings = standingsOf(actor, event);
  standings.delete("streetLeader");
  if (standings.size > 0) return true;
  const ownStreet = actor.streetCode !== null && actor.streetCode === event.streetCode;
  if (has(actor, ["districtDispatcher", "followUpAgent"])) return true;
  return (
    ownStreet &&
    !event.confidential &&
    has(actor, ["dispatcher", "streetOfficer", "streetPrincipal"])
  );
}
