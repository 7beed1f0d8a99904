import { and, asc, eq, gte, inArray, isNull, lte, or, sql } from "drizzle-orm";
import type { HotlineLine } from "../../services/domain/hotline/line.ts";
import type { Db } from "../client.ts";
import { hotlineAnswers } from "../schema/index.ts";
import { newId } from "./ids.ts";

export type HotlineAnswerRow = typeof hotlineAnswers.$inferSelect;

export async function insertHotlineAnswer(
  tx: Db,
  answer: Omit<typeof hotlineAnswers.$inferInsert, "site" | "id">,
): Promise<void> {
  await tx.orm.insert(hotlineAnswers).values({ ...answer, site: tx.site, id: newId() });
}

/** What a hotline was told of some orders, oldest first. */
export async function answersOfOrders(
  db: Db,
  line: HotlineLine,
  nos: readonly string[],
): Promise<HotlineAnswerRow[]> {
  if (nos.length === 0) return [];
  return db.orm
    .select()
    .from(hotlineAnswers)
    .where(
      and(
        eq(hotlineAnswers.site, db.site),
        eq(hotlineAnswers.line, line),
        inArray(hotlineAnswers.orderNo, [...nos]),
      ),
    )
    .orderBy(asc(hotlineAnswers.id));
}

/** What a file would hold: what waits or was given up, or everything since a moment. */
export const answersToExport = (
  db: Db,
  line: HotlineLine,
  since: Date | null,
): Promise<HotlineAnswerRow[]> =>
  db.orm
    .select()
    .from(hotlineAnswers)
    .where(
      and(
        eq(hotlineAnswers.site, db.site),
        eq(hotlineAnswers.line, line),
        since === null
          ? inArray(hotlineAnswers.sendState, ["pending", "failed"])
          : gte(hotlineAnswers.at, since),
      ),
    )
    .orderBy(asc(hotlineAnswers.id));

/**
 * Takes the oldest answer of a line that is due, for a while; of each order they go in their order. Null
 * when nothing is due.
 *
 * @param realNow - real time: leases do not follow the sandbox's clock
 */
export async function claimHotlineAnswer(
  db: Db,
  line: HotlineLine,
  realNow: Date,
  until: Date,
): Promise<HotlineAnswerRow | null> {
  const pending = and(
    eq(hotlineAnswers.site, db.site),
    eq(hotlineAnswers.line, line),
    eq(hotlineAnswers.sendState, "pending"),
    or(isNull(hotlineAnswers.nextTryAt), lte(hotlineAnswers.nextTryAt, realNow)),
  );
  const [claimed] = await db.orm
    .update(hotlineAnswers)
    .set({ nextTryAt: until, attempts: sql`${hotlineAnswers.attempts} + 1` })
    .where(
      and(
        pending,
        // With `in` the planner may ask again for each row, and lease them all.
        sql`${hotlineAnswers.id} = (${db.orm
          .select({ id: hotlineAnswers.id })
          .from(hotlineAnswers)
          .where(
            and(
              pending,
              sql`not exists (select 1 from hotline_answers earlier where earlier.site = ${hotlineAnswers.site}
                  and earlier.line = ${hotlineAnswers.line} and earlier.order_no = ${hotlineAnswers.orderNo}
                  and earlier.send_state = 'pending' and earlier.id < ${hotlineAnswers.id})`,
            ),
          )
          .orderBy(asc(hotlineAnswers.id))
          .limit(1)
          .for("update", { skipLocked: true })})`,
      ),
    )
    .returning();
  return claimed ?? null;
}

/** Writes how a try ended, unless another instance took the row over meanwhile. @returns whether it did */
export async function settleHotlineAnswer(
  db: Db,
  { id, attempts }: Pick<HotlineAnswerRow, "id" | "attempts">,
  outcome: Partial<
    Pick<HotlineAnswerRow, "sendState" | "road" | "sentAt" | "receipt" | "problem" | "nextTryAt">
  >,
): Promise<boolean> {
  const settled = await db.orm
    .update(hotlineAnswers)
    .set(outcome)
    .where(
      and(
        eq(hotlineAnswers.site, db.site),
        eq(hotlineAnswers.id, id),
        eq(hotlineAnswers.attempts, attempts),
        inArray(hotlineAnswers.sendState, ["pending", "failed"]),
      ),
    )
    .returning({ id: hotlineAnswers.id });
  return settled.length > 0;
}
