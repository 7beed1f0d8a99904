import type { Actor } from "../actor.ts";

const has = (actor: Actor, ...roles: Actor["roles"]): boolean =>
  actor.power !== undefined || actor.roles.some((role) => roles.includes(role));

/** Whether somebody takes in a hotline's orders and looks at them: the command rooms, and administrators. */
export const mayUseHotlines = (actor: Actor): boolean =>
  has(actor, "dispatcher", "districtDispatcher", "admin");

/** Answers are all streets': the district brings them to the hotline. */
export const mayExportAnswers = (actor: Actor): boolean =>
  has(actor, "districtDispatcher", "admin");

/** Whose orders somebody may look at: a street's command room its own; null: all. */
export const streetOfOrders = (actor: Actor): string | null =>
  has(actor, "districtDispatcher", "admin") ? null : actor.streetCode;
