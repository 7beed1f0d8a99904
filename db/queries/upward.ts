import { and, asc, eq, inArray, isNull, lte, or, sql } from "drizzle-orm";
import type { UpwardOccasion } from "../../services/domain/upward.ts";
import type { Db } from "../client.ts";
import { upwardCalls } from "../schema/index.ts";
import { newId } from "./ids.ts";

export type UpwardRow = typeof upwardCalls.$inferSelect;

export async function insertUpward(
  tx: Db,
  row: { callNo: string; occasion: UpwardOccasion; createdAt: Date },
): Promise<void> {
  await tx.orm.insert(upwardCalls).values({ ...row, site: tx.site, id: newId() });
}

/** What went up of several calls, oldest first. */
export async function upwardOfCalls(db: Db, nos: readonly string[]): Promise<UpwardRow[]> {
  if (nos.length === 0) return [];
  return db.orm
    .select()
    .from(upwardCalls)
    .where(and(eq(upwardCalls.site, db.site), inArray(upwardCalls.callNo, [...nos])))
    .orderBy(asc(upwardCalls.id));
}

/**
 * Takes the oldest row that is due, for a while, so that two instances do not send it both; null when
 * nothing is due. The rows of one call go up in their order.
 *
 * @param realNow - real time: leases do not follow the sandbox's clock
 */
export async function claimUpward(db: Db, realNow: Date, until: Date): Promise<UpwardRow | null> {
  const due = or(isNull(upwardCalls.nextTryAt), lte(upwardCalls.nextTryAt, realNow));
  const pending = and(eq(upwardCalls.site, db.site), eq(upwardCalls.state, "pending"), due);
  const [claimed] = await db.orm
    .update(upwardCalls)
    .set({ nextTryAt: until, attempts: sql`${upwardCalls.attempts} + 1` })
    .where(
      and(
        pending,
        // With `in` the planner may ask again for each row, and lease them all.
        sql`${upwardCalls.id} = (${db.orm
          .select({ id: upwardCalls.id })
          .from(upwardCalls)
          .where(
            and(
              pending,
              sql`not exists (select 1 from upward_calls earlier where earlier.site = ${upwardCalls.site}
                  and earlier.call_no = ${upwardCalls.callNo} and earlier.state = 'pending'
                  and earlier.id < ${upwardCalls.id})`,
            ),
          )
          .orderBy(asc(upwardCalls.id))
          .limit(1)
          .for("update", { skipLocked: true })})`,
      ),
    )
    .returning();
  return claimed ?? null;
}

/** Writes how a try ended, unless another instance took the row over meanwhile. */
export async function settleUpward(
  db: Db,
  row: Pick<UpwardRow, "id" | "attempts">,
  outcome: Partial<
    Pick<UpwardRow, "state" | "road" | "sentAt" | "receipt" | "problem" | "nextTryAt">
  >,
): Promise<void> {
  await db.orm
    .update(upwardCalls)
    .set(outcome)
    .where(
      and(
        eq(upwardCalls.site, db.site),
        eq(upwardCalls.id, row.id),
        eq(upwardCalls.attempts, row.attempts),
      ),
    );
}

/** Notes what came back. What was still on its way is there, by whatever road. */
export async function acknowledgeUpward(
  tx: Db,
  { id }: Pick<UpwardRow, "id">,
  acknowledgement: string | null,
  at: Date,
): Promise<void> {
  await tx.orm
    .update(upwardCalls)
    .set({
      acknowledgement,
      acknowledgedAt: at,
      state: "sent",
      sentAt: sql`coalesce(${upwardCalls.sentAt}, ${at.toISOString()}::timestamptz)`,
    })
    .where(and(eq(upwardCalls.site, tx.site), eq(upwardCalls.id, id)));
}
