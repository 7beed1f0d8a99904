import type { Actor, Role } from "./actor.ts";
import type { CallAction, CallState } from "./call-ticket.ts";
import { READS_DISTRICT } from "./reading-roles.ts";

/** Which roles may do what to a call (seed 001). Where they belong is looked at besides. */
export const CALL_RIGHTS: Record<CallAction | "callDraft", readonly Role[]> = {
  callDraft: ["streetOfficer", "streetPrincipal"],
  submit: ["streetOfficer", "streetPrincipal"],
  amend: ["streetOfficer", "streetPrincipal"],
  cancel: ["streetOfficer", "streetPrincipal"],
  approve: ["streetPrincipal"],
  rejectApproval: ["streetPrincipal"],
  assess: ["districtDispatcher"],
  dispatch: ["districtDispatcher"],
  release: ["districtDispatcher"],
  respond: ["responder"],
  decline: ["responder"],
  eta: ["responder"],
  checkIn: ["responder"],
  confirmArrival: ["streetOfficer", "streetPrincipal"],
  siteLog: ["streetOfficer", "streetPrincipal", "responder", "districtDispatcher"],
  complete: ["responder"],
  delay: ["responder"],
  decideDelay: ["districtDispatcher"],
  close: ["streetOfficer", "streetPrincipal"],
  evaluate: ["streetOfficer", "streetPrincipal"],
  followUp: ["followUpAgent"],
  findFault: ["supervisor"],
  circular: ["supervisor"],
  appeal: ["responder"],
  urge: ["streetOfficer", "streetPrincipal", "districtDispatcher", "followUpAgent"],
  supervise: ["districtDispatcher", "supervisor"],
  instruct: ["streetPrincipal", "supervisor"],
  answer: ["responder", "streetOfficer", "streetPrincipal", "districtDispatcher"],
  archive: ["streetOfficer", "districtDispatcher"],
};

/** Roles that act for the calling street; the district's act for every street. */
const STREET_ROLES: readonly Role[] = ["streetOfficer", "streetPrincipal"];

/** Whether the actor may do it to this call: the role, and the own street or department. */
export function hasCallRight(actor: Actor, action: CallAction, call: CallState): boolean {
  if (actor.power !== undefined) return true;
  return actor.roles.some(
    (role) => CALL_RIGHTS[action].includes(role) && isConcerned(actor, role, call),
  );
}

function isConcerned(actor: Actor, role: Role, call: CallState): boolean {
  if (STREET_ROLES.includes(role)) return actor.streetCode === call.streetCode;
  if (role === "responder")
    return call.responses.some((response) => response.deptCode === actor.orgCode);
  return true;
}

/** Whether the actor may see the call at all. Compare `callScope`, which is the same for lists. */
export function maySeeCall(actor: Actor, call: CallState): boolean {
  if (actor.power !== undefined) return true;
  if (actor.roles.some((role) => READS_DISTRICT.includes(role))) return true;
  if (actor.roles.length > 0 && actor.streetCode === call.streetCode) return true;
  return (
    call.responses.some((response) => response.deptCode === actor.orgCode) &&
    actor.roles.includes("responder")
  );
}

/** Whether the actor may note that the district's platform has the call: the street that sent it, or the district. */
export function mayAcknowledgeUpward(actor: Actor, call: CallState): boolean {
  if (actor.power !== undefined) return true;
  if (actor.roles.some((role) => role === "districtDispatcher" || role === "admin")) return true;
  return (
    actor.roles.some((role) => STREET_ROLES.includes(role)) && actor.streetCode === call.streetCode
  );
}
