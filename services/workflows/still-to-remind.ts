import type { Db } from "../../db/client.ts";
import {
  dropClaimed,
  holdOutbox,
  insertOutbox,
  type OutboxRow,
  rewordOutbox,
} from "../../db/queries/outbox.ts";
import { stillOpen } from "../../db/queries/reminders.ts";
import { isSpeakable, speakableFrom } from "../domain/reminder-hours.ts";
import {
  REMINDERS_NOTICE,
  type ReminderDigest,
  type ReminderItem,
} from "../domain/reminder-item.ts";
import type { Office } from "./office.ts";

/**
 * Looks at a claimed digest once more, just before it goes out: what was fulfilled since it was written
 * is left out, and what came too late for the day (a channel was away) waits for the morning.
 *
 * @returns what is to be sent now; null when nothing of it is
 */
export async function stillToRemind(
  tx: Db,
  office: Office,
  row: OutboxRow,
): Promise<OutboxRow | null> {
  const { items } = row.body.params as unknown as ReminderDigest;
  const open = await stillOpen(
    tx,
    items.map((item) => item.obligationId),
  );
  const owed = items.filter((item) => open.has(item.obligationId));
  if (owed.length === 0) {
    await dropClaimed(tx, row.id);
    return null;
  }
  const now = office.clock.now();
  const isSaid = (item: ReminderItem) => isSpeakable(now, item, office.calendar);
  const said = owed.filter(isSaid);
  const later = owed.filter((item) => !isSaid(item));
  const [first] = later;
  if (said.length === 0 && first !== undefined) {
    await holdOutbox(tx, row.id, speakableFrom(now, first, office.calendar));
    return null;
  }
  if (said.length === items.length) return row;
  if (first !== undefined) {
    await insertOutbox(tx, [
      {
        key: `${row.key}:later`,
        to: row.to,
        priority: "notice",
        body: digest(later),
        notBefore: speakableFrom(now, first, office.calendar),
        createdAt: now,
      },
    ]);
  }
  await rewordOutbox(tx, row.id, digest(said));
  return { ...row, body: digest(said) };
}

export const digest = (items: readonly ReminderItem[]) => ({
  kind: REMINDERS_NOTICE,
  params: { items },
});
