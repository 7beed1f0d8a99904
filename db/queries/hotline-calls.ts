import { and, eq, lt } from "drizzle-orm";
import type { HotlineLine } from "../../services/domain/hotline/line.ts";
import type { Db } from "../client.ts";
import { hotlineMails, hotlineNonces } from "../schema/index.ts";

/** Takes a nonce for a signed call; false where it was taken before: the call is played back. */
export async function takeNonce(tx: Db, nonce: string, at: Date): Promise<boolean> {
  const taken = await tx.orm
    .insert(hotlineNonces)
    .values({ site: tx.site, nonce, at })
    .onConflictDoNothing()
    .returning({ nonce: hotlineNonces.nonce });
  return taken.length > 0;
}

/** Lets go of nonces whose timestamp no call could use any more. */
export async function deleteOldNonces(db: Db, before: Date): Promise<void> {
  await db.orm
    .delete(hotlineNonces)
    .where(and(eq(hotlineNonces.site, db.site), lt(hotlineNonces.at, before)));
}

export type HotlineMailRow = typeof hotlineMails.$inferSelect;

export async function findHotlineMail(
  db: Db,
  line: HotlineLine,
  messageId: string,
): Promise<HotlineMailRow | null> {
  const [row] = await db.orm
    .select()
    .from(hotlineMails)
    .where(
      and(
        eq(hotlineMails.site, db.site),
        eq(hotlineMails.line, line),
        eq(hotlineMails.messageId, messageId),
      ),
    );
  return row ?? null;
}

/** Remembers how the reading of a mail ended; one that was put aside may be read again. */
export async function noteHotlineMail(tx: Db, mail: Omit<HotlineMailRow, "site">): Promise<void> {
  const { outcome, orders, reason, at } = mail;
  await tx.orm
    .insert(hotlineMails)
    .values({ ...mail, site: tx.site })
    .onConflictDoUpdate({
      target: [hotlineMails.site, hotlineMails.line, hotlineMails.messageId],
      set: { outcome, orders, reason, at },
    });
}
