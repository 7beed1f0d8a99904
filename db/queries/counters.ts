import { sql } from "drizzle-orm";
import { formatNumber, type NumberedSubject } from "../../services/domain/number.ts";
import { localDay } from "../../services/domain/time.ts";
import type { Db } from "../client.ts";
import { counters } from "../schema/index.ts";

/** The next number of the day. It is used up even if the transaction is rolled back elsewhere. */
export async function nextNumber(tx: Db, subject: NumberedSubject, at: Date): Promise<string> {
  const [row] = await tx.orm
    .insert(counters)
    .values({ site: tx.site, name: subject, day: localDay(at), value: 1 })
    .onConflictDoUpdate({
      target: [counters.site, counters.name, counters.day],
      set: { value: sql`${counters.value} + 1` },
    })
    .returning({ value: counters.value });
  if (row === undefined) throw new Error(`No number could be given for a new ${subject}.`);
  return formatNumber(subject, at, row.value);
}
