import { randomBytes } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { findPersonById } from "../../db/queries/directory.ts";
import { findLink, insertLink, useLink } from "../../db/queries/links.ts";
import type { Clock } from "../clock.ts";
import { tokenHash } from "../token-hash.ts";
import { type OpenedSession, openSession } from "./sessions.ts";

/** In product time; long enough to change from the phone to the desk, too short to lie about. */
export const LOGIN_LINK_MINUTES = 10;

/**
 * The path of a one-time link that signs a person in, such as `/login/Xb3…`. The key is random; only
 * its hash is kept.
 */
export async function makeLoginLink(
  tx: Db,
  clock: Clock,
  person: { personId: string; orgCode: string },
): Promise<string> {
  const key = randomBytes(24).toString("base64url");
  const createdAt = clock.now();
  await insertLink(tx, {
    hash: tokenHash(key),
    purpose: "login",
    subjectNo: person.personId,
    orgCode: person.orgCode,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + LOGIN_LINK_MINUTES * 60_000),
  });
  return `/login/${key}`;
}

/**
 * Signs in whoever holds the key, and uses the link up. Belongs to the caller's transaction.
 *
 * @returns null where the link is unknown, used or over, or its person is no longer active: which of
 * these it was is nobody's business
 */
export async function signInByLink(
  tx: Db,
  clock: Clock,
  key: string,
  device: string,
): Promise<OpenedSession | null> {
  const link = await findLink(tx, tokenHash(key));
  if (link?.purpose !== "login" || link.expiresAt <= clock.now()) return null;
  if (!(await useLink(tx, link.hash, clock.now()))) return null;
  const person = await findPersonById(tx, link.subjectNo);
  return person === null ? null : openSession(tx, clock, person, "link", device);
}
