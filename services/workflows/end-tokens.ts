import type { Db } from "../../db/client.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import { endSessionRows } from "../../db/queries/sessions.ts";
import { revokeTokens } from "../../db/queries/tokens.ts";
import type { Clock } from "../clock.ts";
import type { Actor } from "../domain/actor.ts";

/**
 * Ends tokens of a person: one by its hash, or all, and then their sign-ins on the pages too. Belongs to the caller's transaction.
 *
 * @returns how many lived until now
 */
export async function endTokens(
  tx: Db,
  clock: Clock,
  personId: string,
  hash: string | null,
  by: Actor,
): Promise<number> {
  const at = clock.now();
  const tokens = await revokeTokens(tx, personId, hash, at);
  const sessions = hash === null ? await endSessionRows(tx, personId, null, at) : 0;
  const ended = tokens + sessions;
  await writeAudit(tx, {
    at,
    actor: by,
    action: "revokeToken",
    subject: { type: "person", no: personId },
    outcome: "done",
  });
  return ended;
}
