import type { Database } from "../../db/client.ts";
import { forgetOldCards } from "../../db/queries/cards.ts";
import { emptyOldCallers, emptyOldMessages } from "../../db/queries/retention.ts";
import { noteRetention } from "../../db/queries/retention-runs.ts";
import { RETENTION_DAYS } from "../domain/retention.ts";
import { DAY_MS } from "../domain/time.ts";
import type { Office } from "./office.ts";

/** How long raw messages are kept (domain.md 2.7); the privacy notice promises it. */
export const MESSAGE_DAYS = RETENTION_DAYS.incoming;
const BATCH = 1_000;

/** Empties messages that are older than promised, batch by batch, and notes how many. @returns how many */
export async function retireMessages(database: Database, office: Office): Promise<number> {
  const at = office.clock.now();
  const before = new Date(at.getTime() - MESSAGE_DAYS * DAY_MS);
  await forgetOldCards(database, before);
  let retired = await retireCallers(database, at);
  for (;;) {
    const { incoming, outgoing } = await database.transaction(async (tx) => {
      const emptied = await emptyOldMessages(tx, before, BATCH);
      await noteRetention(tx, { at, rule: "incoming", before, count: emptied.incoming });
      await noteRetention(tx, { at, rule: "outgoing", before, count: emptied.outgoing });
      return emptied;
    });
    retired += incoming + outgoing;
    if (incoming < BATCH && outgoing < BATCH) return retired;
  }
}

async function retireCallers(database: Database, at: Date): Promise<number> {
  const before = new Date(at.getTime() - RETENTION_DAYS.callers * DAY_MS);
  let retired = 0;
  for (;;) {
    const count = await database.transaction(async (tx) => {
      const emptied = await emptyOldCallers(tx, before, BATCH);
      await noteRetention(tx, { at, rule: "callers", before, count: emptied });
      return emptied;
    });
    retired += count;
    if (count < BATCH) return retired;
  }
}
