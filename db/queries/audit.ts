import { type Actor, actorRef } from "../../services/domain/actor.ts";
import type { Db } from "../client.ts";
import { audit } from "../schema/index.ts";
import { newId } from "./ids.ts";

export interface AuditEntry {
  at: Date;
  actor: Actor;
  action: string;
  subject: { type: string; no: string | null };
  outcome: "done" | "refused";
  reason?: string | null;
}

export async function writeAudit(tx: Db, entry: AuditEntry): Promise<void> {
  await tx.orm.insert(audit).values({
    site: tx.site,
    id: newId(),
    at: entry.at,
    actor: actorRef(entry.actor),
    action: entry.action,
    subjectType: entry.subject.type,
    subjectNo: entry.subject.no,
    outcome: entry.outcome,
    reason: entry.reason ?? null,
  });
}
