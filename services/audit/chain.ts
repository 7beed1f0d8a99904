import { createHash } from "node:crypto";
import type { AuditRow } from "../../db/queries/audit-seals.ts";

/** What the first seal of a district goes on from. */
export const FIRST_LINK = "0".repeat(64);

/** The hash of a seal over these entries, in their order, after the seal before. */
export function link(before: string, entries: readonly AuditRow[]): string {
  const hash = createHash("sha256").update(before);
  for (const entry of entries) hash.update("\n").update(inOneForm(entry));
  return hash.digest("hex");
}

/** The same characters for the same entry, whatever order a database gives its fields in. */
function inOneForm({ id, at, actor, action, subjectType, subjectNo, outcome, reason }: AuditRow) {
  const { personId, name, orgCode, channel, platformUserId } = actor;
  const who = [personId, name, orgCode, channel, platformUserId];
  return JSON.stringify([
    id,
    at.toISOString(),
    who,
    action,
    subjectType,
    subjectNo,
    outcome,
    reason,
  ]);
}
