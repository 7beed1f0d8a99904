import type { Db } from "../../db/client.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import { markFailed } from "../../db/queries/inbox.ts";
import { type Address, insertOutbox } from "../../db/queries/outbox.ts";
import { SYSTEM } from "../domain/actor.ts";
import { commandRoomAddresses } from "./addresses.ts";
import type { Office } from "./office.ts";

/**
 * Puts a message aside that keeps failing. It stays in the inbox with its words; its sender is told
 * what to do instead, and the district that somebody has to look at it.
 */
export async function giveUpMessage(
  tx: Db,
  office: Office,
  messageId: string,
  reason: string,
  sender: { to: Address | null; reply: { url: string; expiresAt: Date } | null; text: string },
): Promise<void> {
  const at = office.clock.now();
  await markFailed(tx, messageId, at, reason);
  await writeAudit(tx, {
    at,
    actor: SYSTEM,
    action: "handleMessage",
    subject: { type: "message", no: messageId },
    outcome: "refused",
    reason,
  });
  const operators = await commandRoomAddresses(tx, office, null);
  await insertOutbox(tx, [
    ...(sender.to === null
      ? []
      : [
          {
            key: `failed:${messageId}`,
            to: sender.to,
            priority: "direct" as const,
            reply: sender.reply,
            body: { kind: "text", params: { text: sender.text } },
            createdAt: at,
          },
        ]),
    ...operators.map((address) => ({
      key: `strayMessage:${messageId}:${address.key}`,
      to: address.to,
      priority: "notice" as const,
      body: { kind: "strayMessage", params: { messageId } },
      createdAt: at,
    })),
  ]);
}
