import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";

/**
 * Takes up at once what a process left in hand when it died. Only where nobody else can be at work: the
 * embedded database belongs to one process, so at its start every lease is a dead one's.
 */
export async function takeOverLeases(database: Database): Promise<void> {
  if (database.engine !== "pglite") return;
  await database.orm.execute(
    sql`update inbox set lease_until = null where site = ${database.site} and status = 'pending' and lease_until is not null and error is null`,
  );
  await database.orm.execute(
    sql`update report_files set lease_until = null where site = ${database.site} and state = 'waiting' and lease_until is not null`,
  );
  await database.orm.execute(
    sql`update outbox set lease_until = null where site = ${database.site} and status = 'pending' and lease_until is not null`,
  );
}
