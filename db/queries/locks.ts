import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";

const keyOf = (tx: Db, what: string) => sql`hashtextextended(${`yihu ${what} ${tx.site}`}, 0)`;

/** One instance at a time in a district, the others wait. Held until the transaction ends. */
export async function lockUntilCommit(tx: Db, what: string): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(${keyOf(tx, what)})`);
}

/** The same without waiting. @returns whether it is this one */
export async function tryLockUntilCommit(tx: Db, what: string): Promise<boolean> {
  const [row] = await tx.rows<{ locked: boolean }>(
    sql`select pg_try_advisory_xact_lock(${keyOf(tx, what)}) as locked`,
  );
  return row?.locked ?? false;
}
