import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { Db } from "../client.ts";
import { obligations } from "../schema/index.ts";
import { newId } from "./ids.ts";

export type ObligationRow = typeof obligations.$inferSelect;
export type NewObligation = Omit<typeof obligations.$inferInsert, "site" | "id">;

const open = () => and(isNull(obligations.fulfilledAt), isNull(obligations.canceledAt));

export const openObligationsOf = (db: Db, subjectNo: string): Promise<ObligationRow[]> =>
  db.orm
    .select()
    .from(obligations)
    .where(and(eq(obligations.site, db.site), eq(obligations.subjectNo, subjectNo), open()))
    .orderBy(asc(obligations.id));

export async function insertObligations(tx: Db, rows: readonly NewObligation[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.orm
    .insert(obligations)
    .values(rows.map((row) => ({ ...row, site: tx.site, id: newId() })));
}

export async function endObligations(
  tx: Db,
  ids: readonly string[],
  how: "fulfilled" | "canceled",
  at: Date,
): Promise<void> {
  if (ids.length === 0) return;
  await tx.orm
    .update(obligations)
    .set(
      how === "fulfilled"
        ? { fulfilledAt: at, nextReminderAt: null }
        : { canceledAt: at, nextReminderAt: null },
    )
    .where(and(eq(obligations.site, tx.site), inArray(obligations.id, [...ids]), open()));
}

export async function moveObligation(
  tx: Db,
  id: string,
  changed: { dueAt: Date; nextReminderAt: Date | null; step: number },
): Promise<void> {
  await tx.orm
    .update(obligations)
    .set(changed)
    .where(and(eq(obligations.site, tx.site), eq(obligations.id, id)));
}
