import type { Actor } from "./actor.ts";

/** Whether somebody keeps the district's registry, calendar, limits and lists. */
export const mayAdminister = (actor: Actor): boolean =>
  actor.power !== undefined || actor.roles.includes("admin");

/** Supervisors look into the trail too: it is what they judge by. */
export const mayReadAudit = (actor: Actor): boolean =>
  mayAdminister(actor) || actor.roles.includes("supervisor");
