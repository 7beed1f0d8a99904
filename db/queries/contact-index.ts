import { createHmac, randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Db } from "../client.ts";
import { contactIndexKeys } from "../schema/index.ts";

/**
 * What a value is known again by, without being told: HMAC-SHA256, 32 hexadecimal signs.
 *
 * @returns null where no contact key is set up, and so nothing could keep the index key
 */
export async function contactIndex(db: Db, value: string): Promise<string | null> {
  if (db.contacts.keyId === null) return null;
  const key = (await indexKey(db)) ?? (await makeIndexKey(db));
  return createHmac("sha256", key).update(value).digest("hex").slice(0, 32);
}

async function indexKey(db: Db): Promise<Buffer | null> {
  const [row] = await db.orm
    .select({ key: contactIndexKeys.key })
    .from(contactIndexKeys)
    .where(eq(contactIndexKeys.site, db.site));
  if (row === undefined) return null;
  return Buffer.from(db.contacts.open("contact_index_keys.key", db.site, row.key), "base64");
}

/** Whoever comes first makes it; everybody else reads that one. */
async function makeIndexKey(db: Db): Promise<Buffer> {
  const made = randomBytes(32).toString("base64");
  const key = db.contacts.seal("contact_index_keys.key", db.site, made);
  await db.orm
    .insert(contactIndexKeys)
    .values({ site: db.site, key, madeAt: new Date() })
    .onConflictDoNothing();
  const kept = await indexKey(db);
  if (kept === null) throw new Error("The index key was written and is not there.");
  return kept;
}
