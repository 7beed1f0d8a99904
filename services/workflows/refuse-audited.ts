import type { Db } from "../../db/client.ts";
import { type AuditEntry, writeAudit } from "../../db/queries/audit.ts";
import type { Refusal } from "../domain/refusal.ts";

/** Hands a refusal on after writing down who was refused what, and why. */
export async function refuseAudited<R extends Refusal>(
  tx: Db,
  entry: Pick<AuditEntry, "at" | "actor" | "subject">,
  refusal: R,
): Promise<R> {
  const { action, code: reason } = refusal;
  await writeAudit(tx, { ...entry, action, outcome: "refused", reason });
  return refusal;
}
