import { and, desc, eq } from "drizzle-orm";
import type { Db } from "../client.ts";
import { patrolLogs } from "../schema/index.ts";
import { newId } from "./ids.ts";

export type PatrolRow = typeof patrolLogs.$inferSelect;

export async function insertPatrolLog(
  tx: Db,
  log: Omit<typeof patrolLogs.$inferInsert, "site" | "id">,
): Promise<void> {
  await tx.orm.insert(patrolLogs).values({ ...log, site: tx.site, id: newId() });
}

/** A person's own patrols, newest first. */
export const patrolsOf = (db: Db, personId: string, limit: number): Promise<PatrolRow[]> =>
  db.orm
    .select()
    .from(patrolLogs)
    .where(and(eq(patrolLogs.site, db.site), eq(patrolLogs.personId, personId)))
    .orderBy(desc(patrolLogs.at), desc(patrolLogs.id))
    .limit(limit);
