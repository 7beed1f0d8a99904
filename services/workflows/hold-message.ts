import type { Db } from "../../db/client.ts";
import { holdMessage } from "../../db/queries/inbox.ts";
import { type Address, insertOutbox } from "../../db/queries/outbox.ts";
import type { Office } from "./office.ts";

/**
 * Lets a message of somebody who says too much at once wait. Nothing of it is lost; its sender hears so
 * once an hour at most. Belongs to the caller's transaction.
 *
 * @param until - real time
 * @param sender - `who` tells them apart
 */
export async function holdBack(
  tx: Db,
  office: Office,
  messageId: string,
  until: Date,
  sender: {
    who: string;
    to: Address;
    reply: { url: string; expiresAt: Date } | null;
    text: string;
  },
): Promise<void> {
  const createdAt = office.clock.now();
  await holdMessage(tx, messageId, until);
  await insertOutbox(tx, [
    {
      key: `heldBack:${sender.who}:${createdAt.toISOString().slice(0, 13)}`,
      to: sender.to,
      priority: "direct",
      reply: sender.reply,
      body: { kind: "text", params: { text: sender.text } },
      createdAt,
    },
  ]);
}
