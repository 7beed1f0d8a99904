import type { Database } from "../../db/client.ts";
import {
  claimOutbox,
  markRetry,
  markSent,
  markUndeliverable,
  type OutboxRow,
  renewLease,
} from "../../db/queries/outbox.ts";
import { REMINDERS_NOTICE } from "../domain/reminder-item.ts";
import { failpoint } from "../failpoint.ts";
import { onceReachable } from "../once-reachable.ts";
import { traced } from "../tracing.ts";
import { noteTold } from "./note-told.ts";
import type { Office } from "./office.ts";
import { stillToRemind } from "./still-to-remind.ts";
import { undelivered } from "./undelivered.ts";

/** How a channel answered; the bot's channels answer in this shape. */
export type Delivery =
  | { outcome: "sent"; platformMessageId: string | null }
  | { outcome: "retry"; reason: string; retryAt?: Date }
  | { outcome: "refused"; reason: string };

const LEASE_MS = 60_000;
/** What is left of a lease after this is longer than any channel takes to send. */
const FRESH_MS = LEASE_MS / 2;
/** Said and not noted is said again: as long as this the database is waited for. */
const OUTAGE_MS = 30 * 60_000;
const BATCH = 50;
// After some 20 failed tries over most of a day a message is given up and people are told.
const MOST_ATTEMPTS = 20;

/**
 * Sends what is due: claims a batch, hands each message to `send` outside of any transaction, and
 * writes down how it went. Messages to one address go one after the other.
 *
 * @param channels - those this process can send on
 * @returns how many were sent
 */
export async function deliverOutbox(
  database: Database,
  office: Office,
  channels: readonly string[],
  send: (row: OutboxRow) => Promise<Delivery>,
): Promise<number> {
  const rows = await claimOutbox(
    database,
    channels,
    new Date(),
    office.clock.now(),
    LEASE_MS,
    BATCH,
  );
  const claimedAt = performance.now();
  if (rows.length > 0) failpoint("outboxClaimed");
  const byAddress = groupByAddress(rows);
  const counts = await Promise.all(
    [...byAddress.values()].map(async (messages) => {
      let sent = 0;
      for (const row of messages)
        if (await isStillOurs(database, row, claimedAt))
          sent += await deliverOne(database, office, row, send);
      return sent;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Where the platform is slow, a message's turn comes when its batch's lease is nearly or long over. */
async function isStillOurs(
  database: Database,
  row: OutboxRow,
  claimedAt: number,
): Promise<boolean> {
  if (performance.now() - claimedAt < FRESH_MS) return true;
  return onceReachable(OUTAGE_MS, () => renewLease(database, row, new Date(Date.now() + LEASE_MS)));
}

async function deliverOne(
  database: Database,
  office: Office,
  claimed: OutboxRow,
  send: (row: OutboxRow) => Promise<Delivery>,
): Promise<number> {
  const row =
    claimed.body.kind === REMINDERS_NOTICE
      ? await database.transaction((tx) => stillToRemind(tx, office, claimed))
      : claimed;
  if (row === null) return 0;
  const facts = { "yihu.channel": row.to.channel, "yihu.notice": row.body.kind };
  const delivery = await traced("send", facts, () => send(row)).catch(
    (error: unknown): Delivery => ({
      outcome: "retry",
      reason: error instanceof Error ? error.message : String(error),
    }),
  );
  if (delivery.outcome === "sent") {
    failpoint("sent");
    await onceReachable(OUTAGE_MS, () =>
      recordSent(database, office, row, delivery.platformMessageId),
    );
    failpoint("noted");
    return 1;
  }
  // A wait that our own or the platform's rate limit asks for is no failed try.
  const waits = delivery.outcome === "retry" && delivery.retryAt !== undefined;
  if (delivery.outcome === "retry" && (waits || row.attempts < MOST_ATTEMPTS)) {
    await markRetry(
      database,
      row.id,
      delivery.retryAt ?? backOff(row.attempts),
      delivery.reason,
      !waits,
    );
    return 0;
  }
  await database.transaction(async (tx) => {
    await markUndeliverable(tx, row.id, delivery.reason);
    await undelivered(tx, office, row, delivery.reason);
  });
  return 0;
}

/** Marks a message sent; where the telling itself was owed, that is done with it. */
async function recordSent(
  database: Database,
  office: Office,
  row: OutboxRow,
  platformMessageId: string | null,
): Promise<void> {
  const at = office.clock.now();
  const { feedback } = row.body;
  // Most are one statement, which needs no transaction around it.
  if (feedback === undefined) {
    await markSent(database, row, at, platformMessageId);
    return;
  }
  await database.transaction(async (tx) => {
    if (await markSent(tx, row, at, platformMessageId)) await noteTold(tx, office, feedback);
  });
}

/** 1 s, 2 s, 4 s … at most an hour. */
const backOff = (attempts: number): Date =>
  new Date(Date.now() + Math.min(3_600_000, 1000 * 2 ** Math.max(0, attempts - 1)));

function groupByAddress(rows: readonly OutboxRow[]): Map<string, OutboxRow[]> {
  const groups = new Map<string, OutboxRow[]>();
  for (const row of rows) groups.set(row.address, [...(groups.get(row.address) ?? []), row]);
  return groups;
}
