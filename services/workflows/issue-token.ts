import { randomBytes } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import { findPersonById } from "../../db/queries/directory.ts";
import { insertToken } from "../../db/queries/tokens.ts";
import type { Clock } from "../clock.ts";
import type { Actor } from "../domain/actor.ts";
import { tokenHash } from "../token-hash.ts";

/**
 * How long a token lives, in hours of product time: a link from 「登录」 lasts a working day, a token
 * that an administrator gives to an app lasts 30 days.
 */
export const TOKEN_HOURS = { chatLogin: 12, api: 30 * 24 } as const;

export interface IssuedToken {
  /** shown once; only its SHA-256 is kept */
  token: string;
  expiresAt: Date;
}

/**
 * Gives a person of the registry a bearer token for the API. Belongs to the caller's transaction.
 *
 * @param by - who asked for it: the person in chat, or the administrator's token
 * @returns null where nobody active has that id
 */
export async function issueToken(
  tx: Db,
  clock: Clock,
  personId: string,
  hours: number,
  by: Actor,
): Promise<IssuedToken | null> {
  if ((await findPersonById(tx, personId)) === null) return null;
  const token = `yh_${randomBytes(32).toString("base64url")}`;
  const createdAt = clock.now();
  const expiresAt = new Date(createdAt.getTime() + hours * 3_600_000);
  await insertToken(tx, { hash: tokenHash(token), personId, createdAt, expiresAt });
  await writeAudit(tx, {
    at: createdAt,
    actor: by,
    action: "issueToken",
    subject: { type: "person", no: personId },
    outcome: "done",
  });
  return { token, expiresAt };
}
