import type { Actor, Role } from "./actor.ts";

/** Roles that grant the leave (准假) of others in their street. */
export const GRANTS_LEAVE: readonly Role[] = [
  "gridLeader",
  "dispatcher",
  "streetOfficer",
  "streetPrincipal",
];

/** Whose leave takes effect only once somebody grants it; everybody else says when they are away. */
export const needsGrant = (roles: readonly Role[]): boolean => roles.includes("gridWorker");

/** Whether the actor may set down that the person is on leave: one's own, or somebody's of the own street. */
export function mayGrantLeave(
  actor: Actor,
  person: { id: string; streetCode: string | null; roles: readonly Role[] },
): boolean {
  if (actor.power !== undefined) return true;
  if (actor.personId === person.id) return !needsGrant(person.roles);
  return (
    actor.streetCode !== null &&
    actor.streetCode === person.streetCode &&
    actor.roles.some((role) => GRANTS_LEAVE.includes(role))
  );
}
