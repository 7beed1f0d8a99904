import type { Db } from "../../db/client.ts";
import {
  type AlarmSource,
  endAlarmSource,
  insertAlarmSource,
  rotateAlarmSecret,
} from "../../db/queries/alarm-sources.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import type { Clock } from "../clock.ts";
import type { Actor } from "../domain/actor.ts";
import { DAY_MS } from "../domain/time.ts";
import { makeWebhookSecret } from "../webhook-signature.ts";

/** After a rotation the secret before it is good for so long, so that no alarm is lost meanwhile. */
const FORMER_MS = DAY_MS;

/** Lets a system tell of alarms. The secret is shown once. Belongs to the caller's transaction. */
export async function addAlarmSource(
  tx: Db,
  clock: Clock,
  wanted: Pick<AlarmSource, "name" | "kinds" | "streetCode" | "gridCodes">,
  actor: Actor,
): Promise<{ id: string; secret: string }> {
  const secret = makeWebhookSecret();
  const id = await insertAlarmSource(tx, { ...wanted, secret, createdAt: clock.now() });
  await audit(tx, clock, actor, "addAlarmSource", id);
  return { id, secret };
}

/**
 * Makes another secret, shown once. Belongs to the caller's transaction.
 *
 * @param realNow - until when the former one is good follows real time, as signatures do
 * @returns null where there is no such source
 */
export async function renewAlarmSecret(
  tx: Db,
  clock: Clock,
  id: string,
  realNow: Date,
  actor: Actor,
): Promise<{ secret: string; formerUntil: Date } | null> {
  const secret = makeWebhookSecret();
  const formerUntil = new Date(realNow.getTime() + FORMER_MS);
  if (!(await rotateAlarmSecret(tx, id, secret, formerUntil))) return null;
  await audit(tx, clock, actor, "rotateAlarmSecret", id);
  return { secret, formerUntil };
}

/** Nothing more is taken from it; its alarms stay. @returns whether there was such a source */
export async function removeAlarmSource(
  tx: Db,
  clock: Clock,
  id: string,
  actor: Actor,
): Promise<boolean> {
  const ended = await endAlarmSource(tx, id);
  if (ended) await audit(tx, clock, actor, "endAlarmSource", id);
  return ended;
}

const audit = (tx: Db, clock: Clock, actor: Actor, action: string, no: string): Promise<void> =>
  writeAudit(tx, {
    at: clock.now(),
    actor,
    action,
    subject: { type: "alarmSource", no },
    outcome: "done",
  });
