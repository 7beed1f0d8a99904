import { createHash } from "node:crypto";
import type { Db } from "../db/client.ts";
import { contactIndex } from "../db/queries/contact-index.ts";
import { senderOfIndex, senderOfPhone } from "./domain/api-sender.ts";

/** A number however it was typed: without separators and the country's code. */
export const digitsOf = (phone: string): string =>
  phone.replace(/[\s()-]/g, "").replace(/^\+?86(?=1)/, "");

/**
 * Who has this number, the same person in every source. With a contact key it is a keyed digest, which
 * nobody can try numbers against without the key. Without one it keeps the number out of sight, not out
 * of reach of whoever holds the database.
 */
export async function senderOfNumber(db: Db, phone: string): Promise<string> {
  const digest = createHash("sha256")
    .update(`${db.site}:${digitsOf(phone)}`)
    .digest("hex")
    .slice(0, 32);
  const index = await contactIndex(db, digest);
  return index === null ? senderOfPhone(digest) : senderOfIndex(index);
}
