import { and, eq, lt } from "drizzle-orm";
import type { Db } from "../client.ts";
import { presses } from "../schema/index.ts";

export type NewPress = Omit<typeof presses.$inferInsert, "site">;

/**
 * Notes a press. One that another transaction notes at this moment is waited for.
 *
 * @returns the number it was noted for before; null where it is new
 */
export async function notePress(tx: Db, press: NewPress): Promise<string | null> {
  const noted = await tx.orm
    .insert(presses)
    .values({ ...press, site: tx.site })
    .onConflictDoNothing()
    .returning({ key: presses.key });
  if (noted.length > 0) return null;
  const [before] = await tx.orm
    .select({ subjectNo: presses.subjectNo })
    .from(presses)
    .where(pressOf(tx, press));
  return before?.subjectNo ?? null;
}

/** What was refused may be tried again under its key. */
export async function forgetPress(tx: Db, press: Pick<NewPress, "who" | "key">): Promise<void> {
  await tx.orm.delete(presses).where(pressOf(tx, press));
}

/** @returns how many presses from before a moment were removed */
export async function deleteOldPresses(db: Db, before: Date): Promise<number> {
  const gone = await db.orm
    .delete(presses)
    .where(and(eq(presses.site, db.site), lt(presses.at, before)))
    .returning({ key: presses.key });
  return gone.length;
}

const pressOf = (db: Db, { who, key }: Pick<NewPress, "who" | "key">) =>
  and(eq(presses.site, db.site), eq(presses.who, who), eq(presses.key, key));
