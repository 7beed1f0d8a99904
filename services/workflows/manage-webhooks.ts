import type { Db } from "../../db/client.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import {
  endWebhook,
  findWebhook,
  insertWebhook,
  replayDeliveries,
} from "../../db/queries/webhooks.ts";
import type { Clock } from "../clock.ts";
import type { Actor } from "../domain/actor.ts";
import type { WebhookSubject } from "../domain/webhook.ts";
import { makeWebhookSecret } from "../webhook-signature.ts";

/** Tells another system of changes from now on. The secret is shown once. Belongs to the caller's transaction. */
export async function addWebhook(
  tx: Db,
  clock: Clock,
  wanted: { url: string; subjects: WebhookSubject[] },
  actor: Actor,
): Promise<{ id: string; secret: string }> {
  const secret = makeWebhookSecret();
  const id = await insertWebhook(tx, { ...wanted, secret, createdAt: clock.now() });
  await audit(tx, clock, actor, "addWebhook", id);
  return { id, secret };
}

/** Belongs to the caller's transaction. @returns whether there was such a system */
export async function removeWebhook(
  tx: Db,
  clock: Clock,
  id: string,
  actor: Actor,
): Promise<boolean> {
  const ended = await endWebhook(tx, id);
  if (ended) await audit(tx, clock, actor, "endWebhook", id);
  return ended;
}

/**
 * Tells everything since a moment once more. Belongs to the caller's transaction.
 *
 * @returns how many changes; null where there is no such system
 */
export async function replayWebhook(
  tx: Db,
  clock: Clock,
  id: string,
  since: Date,
  actor: Actor,
): Promise<number | null> {
  if (!(await findWebhook(tx, id))) return null;
  await audit(tx, clock, actor, "replayWebhook", id);
  return replayDeliveries(tx, id, since);
}

const audit = (tx: Db, clock: Clock, actor: Actor, action: string, no: string): Promise<void> =>
  writeAudit(tx, {
    at: clock.now(),
    actor,
    action,
    subject: { type: "webhook", no },
    outcome: "done",
  });
