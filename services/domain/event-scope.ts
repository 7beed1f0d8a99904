import type { Actor, Role } from "./actor.ts";
import { READS_DISTRICT } from "./reading-roles.ts";
import { GRID_ROLES, HANDLING_ROLES } from "./rights.ts";

/**
 * Which events somebody may see, as conditions that a query can ask: any of them is enough. The same as
 * `maySeeEvent`, which looks at one event; a test holds the two together.
 */
export type EventScope =
  | "everything"
  | {
      /** reported or joined by this person */
      reporterId: string | null;
      /** in one of these grids and not confidential */
      gridCodes: readonly string[];
      /** held by this organisation, as a whole or by `reporterId` */
      handlingOrg: string | null;
      /** of this street, confidential or not, and those no street is known for */
      commandRoomOf: string | null;
      unplaced: boolean;
      /** of this street and not confidential */
      street: string | null;
    };

export function eventScope(actor: Actor): EventScope {
  const has = (roles: readonly Role[]) => actor.roles.some((role) => roles.includes(role));
  if (actor.power !== undefined || has(READS_DISTRICT)) return "everything";
  return {
    reporterId: actor.personId,
    gridCodes: has(GRID_ROLES) ? actor.gridCodes : [],
    handlingOrg: has(HANDLING_ROLES) ? actor.orgCode : null,
    commandRoomOf: has(["dispatcher"]) ? actor.streetCode : null,
    unplaced: has(["dispatcher"]),
    street: has(["streetOfficer", "streetPrincipal"]) ? actor.streetCode : null,
  };
}
