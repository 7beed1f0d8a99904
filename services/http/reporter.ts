import { z } from "zod";
import type { Db } from "../../db/client.ts";
import { senderOfApp } from "../domain/api-sender.ts";
import { digitsOf, senderOfNumber } from "../sender-of-number.ts";

/** What PostgreSQL cannot store (NUL, halves of a character) or nobody types is left out. */
export const cleanText = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, "").toWellFormed();

/** A short text: cleaned, trimmed, not empty. */
export const shortText = (most: number) =>
  z.string().max(most).transform(cleanText).pipe(z.string().trim().min(1));

/** Who told an app or a hotline. A string is the app's own id of them, or their mobile number. */
export const Reporter = z.union([
  shortText(100),
  z.object({
    id: shortText(100).optional().describe("the app's own id of the reporter"),
    name: shortText(50).optional(),
    phone: shortText(30).optional(),
  }),
]);
export type Reporter = z.infer<typeof Reporter>;

const MOBILE = /^(?:\+?86)?1[3-9]\d{9}$/;

export interface ReporterParts {
  id: string | null;
  name: string | null;
  phone: string | null;
}

export function partsOf(reporter: Reporter | undefined): ReporterParts {
  if (reporter === undefined) return { id: null, name: null, phone: null };
  if (typeof reporter !== "string") {
    const { id = null, name = null, phone = null } = reporter;
    return { id, name, phone };
  }
  return MOBILE.test(digitsOf(reporter))
    ? { id: null, name: null, phone: reporter }
    : { id: reporter, name: null, phone: null };
}

/**
 * By what a reporter is known again: the app's id within its source, else the phone number, which then
 * is the same person in every source. Null where neither is given: a name alone is nobody in particular.
 */
export async function senderOf(
  reporter: Reporter | undefined,
  source: string,
  db: Db,
): Promise<string | null> {
  const { id, phone } = partsOf(reporter);
  if (id !== null) return senderOfApp(source, id);
  return phone === null ? null : senderOfNumber(db, phone);
}
