import { sql } from "drizzle-orm";
import { formatNumber, type NumberedSubject } from "../../services/domain/number.ts";
import { localDay } from "../../services/domain/time.ts";
import type { Db } from "../client.ts";
import { counters } from "../schema/index.ts";

const MODEL_CALLS = "modelCalls";

/**
 * Takes one of the calls to the language model that the day has, for all instances together.
 *
 * @returns false when they are spent
 */
export async function takeModelCall(db: Db, most: number, at: Date): Promise<boolean> {
  const taken = await db.orm
    .insert(counters)
    .values({ site: db.site, name: MODEL_CALLS, day: localDay(at), value: 1 })
    .onConflictDoUpdate({
      target: [counters.site, counters.name, counters.day],
      set: { value: sql`${counters.value} + 1` },
      setWhere: sql`${counters.value} < ${most}`,
    })
    .returning({ value: counters.value });
  return taken.length > 0;
}

/**
 * The next number of the day, used up whatever becomes of the transaction: numbers may have gaps, and
 * nobody waits for another's transaction to end before they get theirs.
 */
export async function nextNumber(tx: Db, subject: NumberedSubject, at: Date): Promise<string> {
  const [row] = await tx.beside((db) =>
    db.orm
      .insert(counters)
      .values({ site: db.site, name: subject, day: localDay(at), value: 1 })
      .onConflictDoUpdate({
        target: [counters.site, counters.name, counters.day],
        set: { value: sql`${counters.value} + 1` },
      })
      .returning({ value: counters.value }),
  );
  if (row === undefined) throw new Error(`No number could be given for a new ${subject}.`);
  return formatNumber(subject, at, row.value);
}
