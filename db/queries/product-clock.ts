import { eq, sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { productClock } from "../schema/index.ts";

/** How far the product's clock runs ahead of real time, in ms; 0 where nobody moved it. */
export async function readClockOffset(db: Db): Promise<number> {
  const [row] = await db.orm
    .select({ offsetMs: productClock.offsetMs })
    .from(productClock)
    .where(eq(productClock.site, db.site));
  return row?.offsetMs ?? 0;
}

/**
 * Adds to the offset in one statement, so that two movers at once both count.
 *
 * @returns the new offset in ms, or null where it would exceed `mostMs`
 */
export async function addToClockOffset(
  db: Db,
  addMs: number,
  mostMs: number,
): Promise<number | null> {
  if (addMs > mostMs) return null;
  const sum = sql`${productClock.offsetMs} + ${addMs}::bigint`;
  return moved(db, addMs, sum, sql`${sum} <= ${mostMs}::bigint`);
}

/** Raises the offset to `toMs`; null, and nothing done, where it is already beyond. */
export async function raiseClockOffset(db: Db, toMs: number): Promise<number | null> {
  if (toMs < 0) return null;
  return moved(
    db,
    toMs,
    sql`excluded.offset_ms`,
    sql`${productClock.offsetMs} <= excluded.offset_ms`,
  );
}

async function moved(
  db: Db,
  first: number,
  next: ReturnType<typeof sql>,
  where: ReturnType<typeof sql>,
): Promise<number | null> {
  const [row] = await db.orm
    .insert(productClock)
    .values({ site: db.site, offsetMs: first })
    .onConflictDoUpdate({ target: productClock.site, set: { offsetMs: next }, setWhere: where })
    .returning({ offsetMs: productClock.offsetMs });
  return row?.offsetMs ?? null;
}
