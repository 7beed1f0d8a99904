import type { Database } from "../../db/client.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import { outdateCard } from "../../db/queries/cards.ts";
import { type InboxRow, markHandled } from "../../db/queries/inbox.ts";
import { insertOutbox } from "../../db/queries/outbox.ts";
import type { Office } from "../../services/workflows/office.ts";
import { HandledElsewhere } from "../handled-elsewhere.ts";
import { addressOfSpeaker } from "../queue-answers.ts";
import { speakerOf } from "../speaker.ts";
import type { ReadPress } from "./read-press.ts";

/** Tells whoever pressed, in private, why nothing was done, and brings the card up to date. */
export async function refusePress(
  { database, office }: { database: Database; office: Office },
  { id, message }: InboxRow,
  refusal: Extract<ReadPress, { ok: false }>,
): Promise<void> {
  const at = office.clock.now();
  const actor = await speakerOf(database, message);
  const to = addressOfSpeaker(office, message, "private");
  await database.transaction(async (tx) => {
    if (refusal.subjectNo !== null) {
      await outdateCard(tx, message.press?.card ?? "");
      await writeAudit(tx, {
        at,
        actor,
        action: "pressCard",
        subject: {
          type: refusal.subjectNo.startsWith("HJ") ? "callTicket" : "event",
          no: refusal.subjectNo,
        },
        outcome: "refused",
        reason: refusal.code,
      });
    }
    if (to !== null)
      await insertOutbox(tx, [
        {
          key: `answer:${id}:0`,
          to,
          priority: "direct",
          body: { kind: "text", params: { text: refusal.text } },
          createdAt: at,
        },
      ]);
    const handled = { kind: "press", reading: null, keepWords: false };
    if (!(await markHandled(tx, id, at, handled))) throw new HandledElsewhere(id);
  });
}
