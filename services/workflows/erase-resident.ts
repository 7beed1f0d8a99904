import type { Db } from "../../db/client.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import { eraseAccount } from "../../db/queries/residents.ts";
import type { Actor } from "../domain/actor.ts";
import type { Office } from "./office.ts";

/**
 * 「删除我的信息」: the account's words and its tie to its reports go; what it reported is still worked
 * on without it. Done at once, and written down without the account.
 *
 * @param messageId - the message that asks for it
 * @returns kept - how many of its events are still open
 */
export async function eraseResident(
  tx: Db,
  office: Office,
  actor: Actor,
  messageId: string,
): Promise<{ kept: number }> {
  const { channel, platformUserId } = actor;
  if (channel === null || platformUserId === null) return { kept: 0 };
  const at = office.clock.now();
  const { open } = await eraseAccount(tx, { channel, platformUserId }, messageId, at);
  await writeAudit(tx, {
    at,
    actor: { ...actor, personId: null, name: null, platformUserId: null },
    action: "erase",
    subject: { type: "resident", no: null },
    outcome: "done",
  });
  return { kept: open };
}
