import type { Db } from "../db/client.ts";
import { oldestDueReminder } from "../db/queries/reminders.ts";

/** The sweep runs every minute: what has waited this long tells that it does not, or cannot keep up. */
export const TOO_LATE_SECONDS = 600;

/**
 * How long the longest waiting reminder has been due, in seconds of product time; 0 when none is. Read
 * from the duties themselves: it needs no sweep to have left a trace, and no trace can be wrong.
 */
export async function remindersLateSeconds(db: Db, now: Date): Promise<number> {
  const since = await oldestDueReminder(db, now);
  return since === null ? 0 : Math.floor((now.getTime() - since.getTime()) / 1000);
}
