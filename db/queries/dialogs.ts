import { and, eq } from "drizzle-orm";
import type { Db } from "../client.ts";
import { dialogStates } from "../schema/index.ts";

/** The unfinished dialog of a lane; null when there is none. */
export async function readDialog(db: Db, lane: string): Promise<Record<string, unknown> | null> {
  const [row] = await db.orm
    .select({ state: dialogStates.state })
    .from(dialogStates)
    .where(and(eq(dialogStates.site, db.site), eq(dialogStates.lane, lane)));
  return row?.state ?? null;
}

/** @param state - null ends the dialog */
export async function writeDialog(
  tx: Db,
  lane: string,
  state: Record<string, unknown> | null,
  at: Date,
): Promise<void> {
  if (state === null) {
    await tx.orm
      .delete(dialogStates)
      .where(and(eq(dialogStates.site, tx.site), eq(dialogStates.lane, lane)));
    return;
  }
  await tx.orm
    .insert(dialogStates)
    .values({ site: tx.site, lane, state, updatedAt: at })
    .onConflictDoUpdate({
      target: [dialogStates.site, dialogStates.lane],
      set: { state, updatedAt: at },
    });
}
