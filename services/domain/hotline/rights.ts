import type { Actor } from "../actor.ts";
import type { EventState } from "../event.ts";

const has = (actor: Actor, ...roles: Actor["roles"]): boolean =>
  actor.power !== undefined || actor.roles.some((role) => roles.includes(role));

/** Whether somebody takes in a hotline's orders and looks at them: the command rooms, and administrators. */
export const mayUseHotlines = (actor: Actor): boolean =>
  has(actor, "dispatcher", "districtDispatcher", "admin");

/** Answers are all streets': the district brings them to the hotline. */
export const mayExportAnswers = (actor: Actor): boolean =>
  has(actor, "districtDispatcher", "admin");

/** Whose orders a command room may look at: the district's of all, a street's of its own events. */
export type OrderScope = "everything" | { street: string | null };

export const orderScope = (actor: Actor): OrderScope =>
  has(actor, "districtDispatcher", "admin") ? "everything" : { street: actor.streetCode };

/**
 * Whether a command room may read an order: the same as `orderScope`, of one. What nobody could place
 * yet any street may read; what is no event yet only the district, as it says who rang.
 */
export function mayReadOrder(actor: Actor, event: Pick<EventState, "streetCode"> | null): boolean {
  const scope = orderScope(actor);
  if (scope === "everything") return true;
  if (event === null) return false;
  return event.streetCode === null || event.streetCode === scope.street;
}
