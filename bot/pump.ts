import type { Database } from "../db/client.ts";
import { claimMessages, type InboxRow, releaseMessage } from "../db/queries/inbox.ts";
import { isDatabaseAway, loggableFault } from "../services/database-fault.ts";
import { failpoint } from "../services/failpoint.ts";
import type { Log } from "../services/log.ts";
import { onceReachable } from "../services/once-reachable.ts";
import { traced } from "../services/tracing.ts";
import { giveUpMessage } from "../services/workflows/give-up-message.ts";
import type { Office } from "../services/workflows/office.ts";
import type { Bot } from "./bot.ts";
import { emergenciesBehind, type FloodGuard, mustWait } from "./flood.ts";
import { HandledElsewhere } from "./handled-elsewhere.ts";
import { addressOfSpeaker } from "./queue-answers.ts";
import { failedForNow } from "./replies/general.ts";

// Longer than the model's time limit of 8 s; a killed instance's messages wait that long for another.
const LEASE_MS = 20_000;
const RESERVE_MS = 2_000;
const AT_ONCE = 16;
/** After this many failures a message is put aside and people are told. */
const MOST_ATTEMPTS = 5;

export interface PumpDeps {
  database: Database;
  office: Office;
  bot: Bot;
  log: Log;
  /** null: everybody is heard as fast as they speak */
  flood: FloodGuard | null;
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

async function handleOne(deps: PumpDeps, row: InboxRow): Promise<void> {
  const { database, office, bot, log, count, flood } = deps;
  const claimedAt = performance.now();
  try {
    if (flood !== null && (await mustWait({ database, office, flood }, row))) {
      const urgent = await emergenciesBehind(database, row, LEASE_MS);
      for (const one of urgent) await handleOne(deps, one);
      return;
    }
    const facts = { "yihu.channel": row.message.channel, "yihu.message": row.id };
    await traced("message", facts, () => bot.handle(row));
    count("handled");
  } catch (error) {
    if (error instanceof HandledElsewhere) return;
    if (isDatabaseAway(error)) {
      log.warn(
        { fault: loggableFault(error), messageId: row.id },
        "a message waits for the database",
      );
      // It is no fault of the message. Once the lease is over somebody else may have it.
      const patienceMs = claimedAt + LEASE_MS - RESERVE_MS - performance.now();
      const giveBack = () => releaseMessage(database, row.id, new Date(), null, false);
      if (patienceMs > 0) await onceReachable(patienceMs, giveBack);
      return;
    }
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
