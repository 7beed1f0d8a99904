import { and, eq, sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { leads } from "../schema/index.ts";

/**
 * Takes the lead, or keeps it, for `ms` from now on by the database's clock. False while somebody else
 * holds it.
 */
export async function takeLead(db: Db, name: string, holder: string, ms: number): Promise<boolean> {
  const until = sql`clock_timestamp() + ${ms} * interval '1 millisecond'`;
  const taken = await db.orm
    .insert(leads)
    .values({ site: db.site, name, holder, until })
    .onConflictDoUpdate({
      target: [leads.site, leads.name],
      set: { holder, until },
      setWhere: sql`${leads.holder} = ${holder} or ${leads.until} < clock_timestamp()`,
    })
    .returning({ holder: leads.holder });
  return taken.length > 0;
}

/** Gives the lead up, so that another process takes it at once. */
export async function dropLead(db: Db, name: string, holder: string): Promise<void> {
  await db.orm
    .delete(leads)
    .where(and(eq(leads.site, db.site), eq(leads.name, name), eq(leads.holder, holder)));
}
