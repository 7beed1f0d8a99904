import type { Db } from "../../db/client.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import { markTold } from "../../db/queries/event-writes.ts";
import { findEvent } from "../../db/queries/events.ts";
import { endObligations, openObligationsOf } from "../../db/queries/obligations.ts";
import { SYSTEM } from "../domain/actor.ts";
import { missingFeedback } from "../domain/event-actions/closing.ts";
import { closeOnceTold } from "./act-on-event.ts";
import type { Office } from "./office.ts";

/** 双反馈: one side has been told of the result; a verified event that both know closes. */
export async function noteTold(
  tx: Db,
  office: Office,
  { eventNo, side }: { eventNo: string; side: "reporter" | "commandRoom" },
): Promise<void> {
  const at = office.clock.now();
  const before = await findEvent(tx, eventNo, "lock");
  // A result that was sent back meanwhile is told anew when it is completed again.
  if (before === null || !["completed", "verified"].includes(before.state.status)) return;
  await markTold(tx, eventNo, side, at);
  await writeAudit(tx, {
    at,
    actor: SYSTEM,
    action: `feedback:${side}`,
    subject: { type: "event", no: eventNo },
    outcome: "done",
  });
  const after = await findEvent(tx, eventNo);
  if (after === null || missingFeedback(after.state) !== null) return;
  const owed = (await openObligationsOf(tx, eventNo)).filter((duty) => duty.duty === "feedback");
  await endObligations(
    tx,
    owed.map((duty) => duty.id),
    "fulfilled",
    at,
  );
  await closeOnceTold(tx, office, after);
}
