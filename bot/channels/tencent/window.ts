import type { Db } from "../../../db/client.ts";
import { giveBackMessage, takeMessage } from "../../../db/queries/contacts.ts";
import type { Account } from "../../../db/queries/people.ts";

const HOUR_MS = 3_600_000;

/** After each message of a contact: so many messages within so many hours. */
export interface WindowRule {
  windowHours: number;
  messages: number;
}

/**
 * Sends where the platform still lets something be said to a contact, and counts it; what did not go out
 * is given back.
 *
 * @param now - real time
 * @returns null when the window is closed or used up
 */
export async function withinWindow<Result extends { outcome: string }>(
  db: Db,
  account: Account,
  rule: WindowRule,
  now: Date,
  send: () => Promise<Result>,
): Promise<Result | null> {
  const since = new Date(now.getTime() - rule.windowHours * HOUR_MS);
  if (!(await takeMessage(db, account, since, rule.messages))) return null;
  const result = await send();
  // Where there is no telling, the platform may have counted it.
  if (["rejected", "limited"].includes(result.outcome)) await giveBackMessage(db, account);
  return result;
}
