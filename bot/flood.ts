import type { Database } from "../db/client.ts";
import { claimMessage, type InboxRow, waitingBehind } from "../db/queries/inbox.ts";
import { isOfficial } from "../services/domain/actor.ts";
import type { MinuteCounter } from "../services/minute-counter.ts";
import { holdBack } from "../services/workflows/hold-message.ts";
import type { Office } from "../services/workflows/office.ts";
import { addressOfSpeaker } from "./queue-answers.ts";
import { heldBackForNow } from "./replies/general.ts";
import { speakerOf } from "./speaker.ts";
import { findEmergency } from "./understanding/emergencies/find-emergency.ts";

/** How much of one resident is heard at once. */
export interface FloodGuard {
  /** messages of a minute, of this instance */
  counter: MinuteCounter;
  /** how long a message waits until it is looked at again */
  holdMs: number;
}

export const HOLD_MS = 2_000;
/** How many messages behind a held one are looked through for an emergency. */
const MOST_LOOKED_AT = 200;

/**
 * Whether a message has to wait because its sender, a resident, said too much within a minute. An
 * emergency never waits; what officials and other systems say does not either.
 */
export async function mustWait(
  { database, office, flood }: { database: Database; office: Office; flood: FloodGuard },
  { id, message }: InboxRow,
): Promise<boolean> {
  const to = addressOfSpeaker(office, message, "here");
  if (to === null || message.joined) return false;
  const who = `${message.channel}|${message.sender.platformUserId}`;
  if (flood.counter.waitSeconds(who) === 0 || findEmergency(message.text) !== null) {
    flood.counter.note(who);
    return false;
  }
  if (isOfficial(await speakerOf(database, message))) return false;
  const until = new Date(Date.now() + flood.holdMs);
  const sender = { who, to, reply: message.reply, text: heldBackForNow };
  await database.transaction((tx) => holdBack(tx, office, id, until, sender));
  return true;
}

/** Emergencies that stand behind a message that waits, claimed out of their turn. */
export async function emergenciesBehind(
  database: Database,
  held: InboxRow,
  leaseMs: number,
): Promise<InboxRow[]> {
  const behind = await waitingBehind(database, held, MOST_LOOKED_AT);
  const claimed: InboxRow[] = [];
  for (const { id, text } of behind) {
    if (findEmergency(text) === null) continue;
    const row = await claimMessage(database, id, new Date(), leaseMs);
    if (row !== null) claimed.push(row);
  }
  return claimed;
}
