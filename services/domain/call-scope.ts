import type { Actor } from "./actor.ts";
import { READS_DISTRICT } from "./reading-roles.ts";

/**
 * Which calls somebody may see, as conditions that a query can ask: any of them is enough. The same as
 * `maySeeCall`, which looks at one call; a test holds the two together.
 */
export type CallScope =
  | "everything"
  | {
      /** of this street */
      street: string | null;
      /** in which this department takes or took part */
      dept: string | null;
    };

export function callScope(actor: Actor): CallScope {
  if (actor.power !== undefined) return "everything";
  if (actor.roles.some((role) => READS_DISTRICT.includes(role))) return "everything";
  return {
    street: actor.roles.length > 0 ? actor.streetCode : null,
    dept: actor.roles.includes("responder") ? actor.orgCode : null,
  };
}
