import { and, desc, eq, lt } from "drizzle-orm";
import type { Db } from "../client.ts";
import { retentionRuns } from "../schema/index.ts";
import { newId } from "./ids.ts";

export type RetentionRun = Omit<typeof retentionRuns.$inferSelect, "site">;

/** Writes down what a rule emptied; nothing where there was nothing. */
export async function noteRetention(tx: Db, run: Omit<RetentionRun, "id">): Promise<void> {
  if (run.count === 0) return;
  await tx.orm.insert(retentionRuns).values({ ...run, site: tx.site, id: newId() });
}

/** Newest first. @param beforeId - only what was written before this one */
export const retentionRunsOf = (
  db: Db,
  beforeId: string | null,
  limit: number,
): Promise<RetentionRun[]> =>
  db.orm
    .select({
      id: retentionRuns.id,
      at: retentionRuns.at,
      rule: retentionRuns.rule,
      before: retentionRuns.before,
      count: retentionRuns.count,
    })
    .from(retentionRuns)
    .where(
      and(
        eq(retentionRuns.site, db.site),
        beforeId === null ? undefined : lt(retentionRuns.id, beforeId),
      ),
    )
    .orderBy(desc(retentionRuns.id))
    .limit(limit);
