import type { Actor, Role } from "./actor.ts";

/** Whose duties somebody may see, as conditions that a query can ask: any of them is enough. */
export type ObligationScope =
  | "everything"
  | {
      personId: string | null;
      orgCode: string | null;
      /** owed by the street, its communities and stations, or on the street's events */
      street: string | null;
    };

const SEES_EVERYTHING: readonly Role[] = [
  "admin",
  "supervisor",
  "districtDispatcher",
  "followUpAgent",
];
const SEES_STREET: readonly Role[] = ["dispatcher", "streetOfficer", "streetPrincipal"];

export function obligationScope(actor: Actor): ObligationScope {
  const has = (roles: readonly Role[]) => actor.roles.some((role) => roles.includes(role));
  if (actor.power !== undefined || has(SEES_EVERYTHING)) return "everything";
  return {
    personId: actor.personId,
    orgCode: actor.orgCode,
    street: has(SEES_STREET) ? actor.streetCode : null,
  };
}
