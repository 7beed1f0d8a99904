import type { OutboxRow } from "../../db/queries/outbox.ts";
import type { ReminderItem } from "../../services/domain/reminder-item.ts";

/** One duty as one receiver heard of it. */
export interface SaidItem {
  at: Date;
  address: string;
  conversationId: string | null;
  item: ReminderItem;
}

export const saidItems = (row: OutboxRow, at: Date): SaidItem[] =>
  (row.body.params.items as ReminderItem[]).map((item) => ({
    at,
    address: row.address,
    conversationId: row.to.conversationId,
    item,
  }));
