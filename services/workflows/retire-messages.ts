import type { Database } from "../../db/client.ts";
import { forgetOldCards } from "../../db/queries/cards.ts";
import { emptyOldMessages } from "../../db/queries/retention.ts";
import { DAY_MS } from "../domain/time.ts";
import type { Office } from "./office.ts";

/** How long raw messages are kept (domain.md 2.7); the privacy notice promises it. */
export const MESSAGE_DAYS = 30;
const BATCH = 1_000;

/** Empties messages that are older than promised, batch by batch. @returns how many */
export async function retireMessages(database: Database, office: Office): Promise<number> {
  const before = new Date(office.clock.now().getTime() - MESSAGE_DAYS * DAY_MS);
  await forgetOldCards(database, before);
  let retired = 0;
  for (;;) {
    const { incoming, outgoing } = await database.transaction((tx) =>
      emptyOldMessages(tx, before, BATCH),
    );
    retired += incoming + outgoing;
    if (incoming < BATCH && outgoing < BATCH) return retired;
  }
}
