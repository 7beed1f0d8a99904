import type { Actor, Role } from "./actor.ts";
import { READS_DISTRICT, READS_STREET } from "./reading-roles.ts";
import { GRID_ROLES } from "./rights.ts";

/** Of whose events and calls figures are; every part that is not null narrows them further. */
export interface StatsScope {
  street: string | null;
  grids: readonly string[] | null;
  /** an organisation that holds or held the event, or is called */
  handler: string | null;
  /** complaints about conduct count too */
  confidential: boolean;
}

const CALLED_ROLES: readonly Role[] = ["responder", "stationOfficer"];

/**
 * The most that somebody may see figures of: the district all, a street its own, a department what it
 * took part in, the grid its grids; residents nothing (null). Where somebody may not see a confidential
 * event, it is in none of their numbers: a number that is one too high would tell of it.
 */
export function statsScopeOf(actor: Actor): StatsScope | null {
  const has = (roles: readonly Role[]) => actor.roles.some((role) => roles.includes(role));
  if (actor.power !== undefined || has(READS_DISTRICT)) return { ...ALL, confidential: true };
  if (has(READS_STREET) && actor.streetCode !== null) {
    return { ...ALL, street: actor.streetCode, confidential: has(["dispatcher"]) };
  }
  if (has(CALLED_ROLES) && actor.orgCode !== null) return { ...ALL, handler: actor.orgCode };
  if (has(GRID_ROLES) && actor.gridCodes.length > 0) return { ...ALL, grids: actor.gridCodes };
  return null;
}

/** The whole district, but for what only the command room and the district see. */
export const ALL: StatsScope = { street: null, grids: null, handler: null, confidential: false };

/** What is asked for, as far as the registry knows it. */
export type StatsPlace =
  | { kind: "district" }
  | { kind: "street"; code: string }
  | { kind: "grids"; codes: readonly string[]; streetCode: string | null }
  | { kind: "handler"; code: string };

/** The scope narrowed to a place; null where the place lies outside of it. */
export function narrowTo(scope: StatsScope, place: StatsPlace): StatsScope | null {
  switch (place.kind) {
    case "district":
      return scope.street === null && scope.grids === null && scope.handler === null ? scope : null;
    case "street":
      if (scope.grids !== null || scope.handler !== null) return null;
      if (scope.street !== null && scope.street !== place.code) return null;
      return { ...scope, street: place.code };
    case "grids": {
      if (scope.handler !== null) return null;
      if (scope.street !== null && scope.street !== place.streetCode) return null;
      const { grids } = scope;
      if (grids !== null && !place.codes.every((code) => grids.includes(code))) return null;
      return { ...scope, grids: place.codes };
    }
    case "handler":
      if (scope.grids !== null) return null;
      if (scope.handler !== null && scope.handler !== place.code) return null;
      return { ...scope, handler: place.code };
  }
}
