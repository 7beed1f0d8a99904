import { and, eq, like } from "drizzle-orm";
import type { Db } from "../client.ts";
import { cursors } from "../schema/index.ts";

/** How far something has been fetched; null: from the beginning. */
export async function readCursor(db: Db, name: string): Promise<string | null> {
  const [row] = await db.orm
    .select({ value: cursors.value })
    .from(cursors)
    .where(and(eq(cursors.site, db.site), eq(cursors.name, name)));
  return row?.value ?? null;
}

export async function writeCursor(db: Db, name: string, value: string): Promise<void> {
  await db.orm
    .insert(cursors)
    .values({ site: db.site, name, value })
    .onConflictDoUpdate({ target: [cursors.site, cursors.name], set: { value } });
}

/** The names that begin so. */
export async function cursorNames(db: Db, prefix: string): Promise<string[]> {
  const rows = await db.orm
    .select({ name: cursors.name })
    .from(cursors)
    .where(and(eq(cursors.site, db.site), like(cursors.name, `${prefix}%`)));
  return rows.map((row) => row.name);
}
