import type { Db } from "../../db/client.ts";
import { countContacts } from "../../db/queries/contact-fields.ts";
import { type Finding, failed, ok, warning } from "./finding.ts";

/** Whether contact fields are encrypted, with the newest key, and can be read at all. */
export async function checkContactKeys(db: Db, known: readonly string[]): Promise<Finding> {
  const what = "contact fields";
  const counts = await countContacts(db);
  const unknown = counts.filter(({ keyId }) => keyId !== null && !known.includes(keyId));
  if (unknown.length > 0)
    return failed(
      what,
      `${sum(unknown)} are encrypted with keys that are not set: ${[...new Set(unknown.map(({ keyId }) => keyId))].join(", ")}`,
      "Put those keys back into CONTACT_KEYS (or the file contact-keys into DATA_DIR): without them the product does not start.",
    );
  const { keyId } = db.contacts;
  if (keyId === null)
    return warning(
      what,
      `${sum(counts)} phone numbers and callers are not encrypted`,
      "Set CONTACT_KEYS=ID:KEY with a key of `openssl rand -base64 32`, kept in a secret store, then run `npm run contacts:rekey`.",
    );
  const left = counts.filter((one) => one.keyId !== keyId);
  if (left.length > 0)
    return warning(
      what,
      `${sum(left)} are not encrypted with the newest key "${keyId}" yet`,
      "Run `npm run contacts:rekey`; afterwards older keys may be left out.",
    );
  return ok(what, `${sum(counts)}, encrypted with the key "${keyId}"`);
}

const sum = (counts: readonly { count: number }[]): number =>
  counts.reduce((total, { count }) => total + count, 0);
