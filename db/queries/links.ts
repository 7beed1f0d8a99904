import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "../client.ts";
import { links } from "../schema/index.ts";

export type LinkRow = typeof links.$inferSelect;

export async function insertLink(
  tx: Db,
  link: Omit<typeof links.$inferInsert, "site">,
): Promise<void> {
  await tx.orm.insert(links).values({ ...link, site: tx.site });
}

/** The link of a key's hash, used or not; null when there is none. */
export async function findLink(db: Db, hash: string): Promise<LinkRow | null> {
  const [row] = await db.orm
    .select()
    .from(links)
    .where(and(eq(links.site, db.site), eq(links.hash, hash)));
  return row ?? null;
}

/** Uses a link up. False when somebody was faster. */
export async function useLink(tx: Db, hash: string, at: Date): Promise<boolean> {
  const used = await tx.orm
    .update(links)
    .set({ usedAt: at })
    .where(and(eq(links.site, tx.site), eq(links.hash, hash), isNull(links.usedAt)))
    .returning({ hash: links.hash });
  return used.length > 0;
}
