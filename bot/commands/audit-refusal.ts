import { writeAudit } from "../../db/queries/audit.ts";
import type { Turn } from "../turn.ts";

/** Somebody tried to order what they have no right to: written down, nothing changed. */
export const auditRefusal = (turn: Turn, action: string, no: string | null): Promise<void> =>
  writeAudit(turn.tx, {
    at: turn.office.clock.now(),
    actor: turn.speaker,
    action,
    subject: { type: "callTicket", no },
    outcome: "refused",
    reason: "noRight",
  });
