import type { Db } from "../client.ts";
import { patrolLogs } from "../schema/index.ts";
import { newId } from "./ids.ts";

export async function insertPatrolLog(
  tx: Db,
  log: Omit<typeof patrolLogs.$inferInsert, "site" | "id">,
): Promise<void> {
  await tx.orm.insert(patrolLogs).values({ ...log, site: tx.site, id: newId() });
}
