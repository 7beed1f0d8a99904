import type { Actor, Role } from "./actor.ts";
import { READS_DISTRICT, READS_STREET } from "./reading-roles.ts";
import type { ReportKind } from "./report-file.ts";

/** How far a report of somebody's may reach. */
export type ReportReach =
  | { kind: "district" }
  | {
      kind: "street";
      streetCode: string /** complaints about people, which only the command room sees */;
      confidential: boolean;
    }
  | { kind: "department"; orgCode: string };

/**
 * Who may have which report: the district's people of all, a street's of their street, a department of
 * its own part in calls. Null: none of this kind.
 */
export function reportReach(actor: Actor, kind: ReportKind): ReportReach | null {
  const has = (roles: readonly Role[]) => actor.roles.some((role) => roles.includes(role));
  if (actor.power !== undefined || has(READS_DISTRICT)) return { kind: "district" };
  if (has(READS_STREET) && actor.streetCode !== null) {
    return {
      kind: "street",
      streetCode: actor.streetCode,
      confidential: has(["dispatcher"]),
    };
  }
  if (has(["responder"]) && actor.orgCode !== null && kind === "callLedger")
    return { kind: "department", orgCode: actor.orgCode };
  return null;
}

/** Whether somebody may have reports at all. */
export const mayHaveReports = (actor: Actor): boolean => reportReach(actor, "callLedger") !== null;
