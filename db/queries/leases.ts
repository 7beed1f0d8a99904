import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../client.ts";

/** No lease and no wait between two tries of a message is as long. */
const LONGEST_MS = 5 * 60_000;

/**
 * Whether nobody holds a row any more. An end that lies too far ahead was written before the clock of the
 * machine was put back; nobody is to wait for it.
 *
 * @param realNow - real time: leases do not follow the sandbox's clock
 */
export function leaseIsOver(leaseUntil: SQL, realNow: Date): SQL {
  const tooFar = new Date(realNow.getTime() + LONGEST_MS);
  return sql`(${leaseUntil} is null or ${leaseUntil} <= ${realNow.toISOString()}::timestamptz
    or ${leaseUntil} > ${tooFar.toISOString()}::timestamptz)`;
}

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
