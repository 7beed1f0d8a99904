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
export const SESSION_HOURS = { link: 12, dingtalk: 12, token: 12, sandbox: 30 * 24 } as const;

export interface OpenedSession {
  /** the cookie's value, shown once; only its SHA-256 is kept */
  key: string;
  person: Person;
  expiresAt: Date;
}

/** How somebody showed who they are. */
export type SignInRoad = keyof typeof SESSION_HOURS;

/**
 * Signs a person in. Belongs to the caller's transaction.
 *
 * @param device - how the browser calls itself
 * @param token - of the bearer token that was shown: the session ends with it
 */
export async function openSession(
  tx: Db,
  clock: Clock,
  person: Person,
  road: SignInRoad,
  device: string,
  token: string | null = null,
): Promise<OpenedSession> {
  const actor = { ...person, personId: person.id, channel: road, platformUserId: null };
  const subject = { type: "person", no: person.id };
  const opened = await open(tx, clock, { personId: person.id, road, device, token });
  await writeAudit(tx, { at: clock.now(), actor, action: "signIn", subject, outcome: "done" });
  return { ...opened, person };
}

/** Signs in whoever showed the administrator's token: nobody in particular, with its rights. */
export async function openAdminSession(
  tx: Db,
  clock: Clock,
  admin: Actor,
  device: string,
  token: string,
): Promise<Omit<OpenedSession, "person">> {
  const opened = await open(tx, clock, { personId: null, road: "token", device, token });
  await writeAudit(tx, {
    at: clock.now(),
    actor: admin,
    action: "signIn",
    subject: { type: "adminToken", no: null },
    outcome: "done",
  });
  return opened;
}

async function open(
  tx: Db,
  clock: Clock,
  who: { personId: string | null; road: SignInRoad; device: string; token: string | null },
): Promise<Omit<OpenedSession, "person">> {
  const key = randomBytes(32).toString("base64url");
  const createdAt = clock.now();
  const expiresAt = new Date(createdAt.getTime() + SESSION_HOURS[who.road] * 3_600_000);
  await insertSession(tx, {
    id: newId(),
    hash: tokenHash(key),
    personId: who.personId,
    tokenHash: who.token,
    device: who.device.slice(0, 60),
    createdAt,
    expiresAt,
  });
  return { key, expiresAt };
}

/**
 * Ends one session of a person, or all; a person of null is the administrator's token. Belongs to the
 * caller's transaction.
 *
 * @returns how many lived until now
 */
export async function endSessions(
  tx: Db,
  clock: Clock,
  personId: string | null,
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
      subject: { type: personId === null ? "adminToken" : "person", no: personId },
      outcome: "done",
    });
  }
  return ended;
}
