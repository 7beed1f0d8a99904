import type { Db } from "../../db/client.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import { endLeaves, type Person, writeLeave } from "../../db/queries/directory.ts";
import { insertOutbox } from "../../db/queries/outbox.ts";
import type { Actor } from "../domain/actor.ts";
import { mayGrantLeave } from "../domain/leave.ts";
import { type Day, localDay } from "../domain/time.ts";
import { privately } from "./addresses.ts";
import type { Office } from "./office.ts";

export interface LeavePeriod {
  firstDay: Day;
  lastDay: Day;
}

/**
 * Sets down that somebody is on leave and who hears of what they owe; both are told, but for whoever did
 * it. Belongs to the caller's transaction.
 *
 * @param messageId - tells the notices of one message from those of another
 * @returns false where the actor has no right to it, which is audited
 */
export async function takeLeave(
  tx: Db,
  office: Office,
  { person, deputy, firstDay, lastDay }: LeavePeriod & { person: Person; deputy: Person },
  actor: Actor,
  messageId: string,
): Promise<boolean> {
  const granted = mayGrantLeave(actor, person);
  const at = office.clock.now();
  await writeAudit(tx, {
    at,
    actor,
    action: "grantLeave",
    subject: { type: "person", no: person.id },
    outcome: granted ? "done" : "refused",
    ...(granted ? {} : { reason: "noRight" }),
  });
  if (!granted) return false;
  await writeLeave(tx, { personId: person.id, deputyId: deputy.id, firstDay, lastDay });
  const others = [person, deputy].filter(({ id }) => id !== actor.personId);
  const params = { who: person.name, deputy: deputy.name, firstDay, lastDay };
  await tellOfLeave(tx, office, others, { kind: "leaveGranted", params }, messageId);
  return true;
}

/** Back before the leave was over. Belongs to the caller's transaction. @returns whether there was one */
export async function endLeave(
  tx: Db,
  office: Office,
  person: Person,
  actor: Actor,
): Promise<boolean> {
  const at = office.clock.now();
  const ended = await endLeaves(tx, person.id, localDay(at));
  if (ended) {
    await writeAudit(tx, {
      at,
      actor,
      action: "endLeave",
      subject: { type: "person", no: person.id },
      outcome: "done",
    });
  }
  return ended;
}

/** Asks the leaders of a grid worker, who may grant the leave. Belongs to the caller's transaction. */
export const askForLeave = (
  tx: Db,
  office: Office,
  leaders: readonly Person[],
  params: { who: string; summary: string; grantAs: string },
  messageId: string,
): Promise<void> => tellOfLeave(tx, office, leaders, { kind: "dutyChange", params }, messageId);

const tellOfLeave = (
  tx: Db,
  office: Office,
  people: readonly Person[],
  body: { kind: string; params: Record<string, unknown> },
  messageId: string,
): Promise<void> =>
  insertOutbox(
    tx,
    privately(office, people).map((address) => ({
      key: `${body.kind}:${messageId}:${address.key}`,
      to: address.to,
      priority: "notice" as const,
      body,
      createdAt: office.clock.now(),
    })),
  );
