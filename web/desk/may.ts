import type { Actor, Role } from "../../services/domain/actor.ts";
import { mayAdminister, mayReadAudit } from "../../services/domain/admin-rights.ts";
import { mayHaveReports } from "../../services/domain/report-reach.ts";
import { me } from "./desk.ts";

/** Parts of the desk that not everybody has. The API decides; this only leaves out links that lead nowhere. */
export type Part = "reports" | "admin" | "audit" | "everyAdminPage";

export function may(part: Part): boolean {
  const actor = visitor();
  switch (part) {
    case "reports":
      return mayHaveReports(actor);
    case "admin":
    case "audit":
      return mayReadAudit(actor);
    case "everyAdminPage":
      return mayAdminister(actor);
  }
}

/** Whoever is signed in, as the rules of the product know them. */
export const visitor = (): Actor => ({
  personId: me.value?.personId ?? null,
  name: me.value?.name ?? null,
  orgCode: me.value?.orgCode ?? null,
  streetCode: me.value?.streetCode ?? null,
  roles: (me.value?.roles ?? []) as Role[],
  gridCodes: [],
  channel: "api",
  platformUserId: null,
});
