import type { Db } from "../../db/client.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import { findEvent } from "../../db/queries/events.ts";
import type { OutboxRow } from "../../db/queries/outbox.ts";
import { SYSTEM } from "../domain/actor.ts";
import type { Office } from "./office.ts";
import { reporterNotReached, tellPeople } from "./tell.ts";

/**
 * A message will never arrive. Nobody is left to guess: it is in the audit, and where a reporter was
 * owed the result, the command room is asked to tell them some other way.
 */
export async function undelivered(
  tx: Db,
  office: Office,
  row: OutboxRow,
  reason: string,
): Promise<void> {
  const no = row.body.feedback?.eventNo ?? null;
  await writeAudit(tx, {
    at: office.clock.now(),
    actor: SYSTEM,
    action: `send:${row.body.kind}`,
    subject: { type: "message", no },
    outcome: "refused",
    reason,
  });
  if (row.body.feedback?.side !== "reporter" || no === null) return;
  const event = await findEvent(tx, no);
  if (event === null) return;
  await tellPeople(tx, office, row.id, [reporterNotReached(event)], null, event);
}
