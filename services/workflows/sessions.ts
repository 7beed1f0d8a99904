import { randomBytes } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import type { Person } from "../../db/queries/directory.ts";
import { newId } from "../../db/queries/ids.ts";
import { endSessionRows, insertSession } from "../../db/queries/sessions.ts";
import type { Clock } from "../clock.ts";
import type { Actor } from "../domain/actor.ts";
import { tokenHash } from "../token-hash.ts";

/**
 * How long somebody stays signed in, in hours of product time: a working day; in the sandbox, where
 * the clock is moved on, a month.
 */
export const SESSION_HOURS = { link: 12, sandbox: 30 * 24 } as const;

export interface OpenedSession {
  /** the cookie's value, shown once; only its SHA-256 is kept */
  key: string;
  person: Person;
  expiresAt: Date;
}

/** Signs a person in. Belongs to the caller's transaction. @param device - how the browser calls itself */
export async function openSession(
  tx: Db,
  clock: Clock,
  person: Person,
  hours: number,
  device: string,
  channel: "link" | "sandbox",
): Promise<OpenedSession> {
  const key = randomBytes(32).toString("base64url");
  const createdAt = clock.now();
  const expiresAt = new Date(createdAt.getTime() + hours * 3_600_000);
  await insertSession(tx, {
    id: newId(),
    hash: tokenHash(key),
    personId: person.id,
    device: device.slice(0, 60),
    createdAt,
    expiresAt,
  });
  await writeAudit(tx, {
    at: createdAt,
    actor: { ...person, personId: person.id, channel, platformUserId: null },
    action: "signIn",
    subject: { type: "person", no: person.id },
    outcome: "done",
  });
  return { key, person, expiresAt };
}

/**
 * Ends one session of a person, or all. Belongs to the caller's transaction.
 *
 * @returns how many lived until now
 */
export async function endSessions(
  tx: Db,
  clock: Clock,
  personId: string,
  id: string | null,
  by: Actor,
): Promise<number> {
  const at = clock.now();
  const ended = await endSessionRows(tx, personId, id, at);
  if (ended > 0) {
    await writeAudit(tx, {
      at,
      actor: by,
      action: "signOut",
      subject: { type: "person", no: personId },
      outcome: "done",
    });
  }
  return ended;
}
