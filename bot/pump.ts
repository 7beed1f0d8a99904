import type { Database } from "../db/client.ts";
import { claimMessages, type InboxRow, releaseMessage } from "../db/queries/inbox.ts";
import { loggableFault } from "../services/database-fault.ts";
import { failpoint } from "../services/failpoint.ts";
import type { Log } from "../services/log.ts";
import { giveUpMessage } from "../services/workflows/give-up-message.ts";
import type { Office } from "../services/workflows/office.ts";
import type { Bot } from "./bot.ts";
import { HandledElsewhere } from "./handled-elsewhere.ts";
import { addressOfSpeaker } from "./queue-answers.ts";
import { failedForNow } from "./replies/general.ts";

// Longer than the model's time limit of 8 s; a killed instance's messages wait that long for another.
const LEASE_MS = 20_000;
const AT_ONCE = 16;
/** After this many failures a message is put aside and people are told. */
const MOST_ATTEMPTS = 5;

export interface PumpDeps {
  database: Database;
  office: Office;
  bot: Bot;
  log: Log;
  /** counts messages by outcome */
  count(outcome: "handled" | "failed"): void;
}

/**
 * Takes stored messages and has the bot handle them, several speakers at once, each speaker in order.
 * A message that fails is given back and tried again; one that keeps failing is put aside.
 *
 * @returns how many messages were dealt with
 */
export async function pumpInbox(deps: PumpDeps): Promise<number> {
  const rows = await claimMessages(deps.database, new Date(), LEASE_MS, AT_ONCE);
  if (rows.length > 0) failpoint("claimed");
  await Promise.all(rows.map((row) => handleOne(deps, row)));
  return rows.length;
}

async function handleOne(
  { database, office, bot, log, count }: PumpDeps,
  row: InboxRow,
): Promise<void> {
  try {
    await bot.handle(row);
    count("handled");
  } catch (error) {
    if (error instanceof HandledElsewhere) return;
    log.error(
      { fault: loggableFault(error), messageId: row.id, attempts: row.attempts },
      "a message could not be handled",
    );
    const reason = error instanceof Error ? error.name : "unknown";
    if (row.attempts < MOST_ATTEMPTS) {
      const again = new Date(Date.now() + 200 * 4 ** row.attempts);
      await releaseMessage(database, row.id, again, reason);
      return;
    }
    count("failed");
    await database.transaction((tx) =>
      giveUpMessage(tx, office, row.id, reason, {
        to: addressOfSpeaker(office, row.message, "here"),
        reply: row.message.reply,
        text: failedForNow,
      }),
    );
  }
}
