import { randomInt } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { ACCOUNT_CHANNELS, type AccountChannel, bindAccount } from "../../db/queries/accounts.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import { findPersonById, type Person } from "../../db/queries/directory.ts";
import { findLink, insertLink, useLink } from "../../db/queries/links.ts";
import { notePrivacy } from "../../db/queries/privacy-records.ts";
import type { Clock } from "../clock.ts";
import type { Actor } from "../domain/actor.ts";
import { PRIVACY_VERSION } from "../domain/privacy-record.ts";
import { tokenHash } from "../token-hash.ts";

/** In product time; long enough to take up the other phone. */
export const ACCOUNT_CODE_MINUTES = 10;

/** Without the signs that are taken for another. */
const SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const LENGTH = 8;

/** A code that binds the account which says it first to the person. Only its hash is kept. */
export async function makeAccountCode(
  tx: Db,
  clock: Clock,
  person: Pick<Person, "id" | "orgCode">,
  by: Actor,
): Promise<{ code: string; expiresAt: Date }> {
  const code = Array.from({ length: LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join("");
  const createdAt = clock.now();
  const expiresAt = new Date(createdAt.getTime() + ACCOUNT_CODE_MINUTES * 60_000);
  await insertLink(tx, {
    hash: tokenHash(code),
    purpose: "account",
    subjectNo: person.id,
    orgCode: person.orgCode,
    createdAt,
    expiresAt,
  });
  await audit(tx, clock, by, "accountCode", person.id);
  return { code, expiresAt };
}

export const isAccountChannel = (channel: string): channel is AccountChannel =>
  ACCOUNT_CHANNELS.some((known) => known === channel);

/**
 * Binds the account that says a code to the person it was made for, and uses the code up. Belongs to the
 * caller's transaction.
 *
 * @returns null where the code is unknown, used or over, or its person is no longer active: which of
 * these it was is nobody's business
 */
export async function bindByCode(
  tx: Db,
  clock: Clock,
  code: string,
  account: { channel: AccountChannel; platformUserId: string },
  by: Actor,
): Promise<Person | null> {
  const link = await findLink(tx, tokenHash(code));
  if (link?.purpose !== "account" || link.expiresAt <= clock.now()) return null;
  if (!(await useLink(tx, link.hash, clock.now()))) return null;
  const person = await findPersonById(tx, link.subjectNo);
  if (person === null) return null;
  await bindAccount(tx, account, person.id);
  await notePrivacy(tx, {
    ...account,
    at: clock.now(),
    kind: "bindingAgreed",
    version: PRIVACY_VERSION,
    occasion: "accountBound",
    conversationId: null,
  });
  await audit(tx, clock, by, "bindAccount", person.id);
  return person;
}

const audit = (tx: Db, clock: Clock, actor: Actor, action: string, no: string) =>
  writeAudit(tx, {
    at: clock.now(),
    actor,
    action,
    subject: { type: "person", no },
    outcome: "done",
  });
