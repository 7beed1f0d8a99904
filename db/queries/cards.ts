import { and, eq, lte, ne, type SQL, sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { cards } from "../schema/index.ts";

export type CardRow = typeof cards.$inferSelect;
export type NewCard = Pick<
  CardRow,
  | "id"
  | "channel"
  | "subjectNo"
  | "purpose"
  | "orgCode"
  | "linked"
  | "address"
  | "conversationId"
  | "platformUserId"
  | "expiresAt"
  | "createdAt"
>;

/**
 * Keeps a card before it is sent, so that a press finds it. It takes the place of those that hang at the
 * same address for the same; the same id again changes nothing.
 */
export async function keepCard(tx: Db, card: NewCard): Promise<void> {
  const kept = await tx.orm
    .insert(cards)
    .values({ site: tx.site, ...card })
    .onConflictDoNothing({ target: [cards.site, cards.id] })
    .returning({ id: cards.id });
  if (kept.length === 0) return;
  await tx.orm
    .update(cards)
    .set({ state: "replaced", changes: oneMore })
    .where(
      and(
        eq(cards.site, tx.site),
        eq(cards.subjectNo, card.subjectNo),
        eq(cards.address, card.address),
        eq(cards.purpose, card.purpose),
        eq(cards.state, "open"),
        ne(cards.id, card.id),
      ),
    );
}

export async function findCard(db: Db, id: string): Promise<CardRow | null> {
  const [card] = await db.orm
    .select()
    .from(cards)
    .where(and(eq(cards.site, db.site), eq(cards.id, id)));
  return card ?? null;
}

/** What the open cards about a subject show may be out of date. Belongs to the change's transaction. */
export const outdateCardsOf = (tx: Db, subjectNo: string): Promise<unknown> =>
  outdate(tx, and(eq(cards.subjectNo, subjectNo), eq(cards.state, "open")));

/** One card is to be shown anew, whatever its state: its buttons get new words. */
export const outdateCard = (tx: Db, id: string): Promise<unknown> => outdate(tx, eq(cards.id, id));

const oneMore = sql`${cards.changes} + 1`;

const outdate = (tx: Db, which: SQL | undefined): Promise<unknown> =>
  tx.orm
    .update(cards)
    .set({ changes: oneMore, attempts: 0 })
    .where(and(eq(cards.site, tx.site), which));

/**
 * Takes cards that show what is no longer so, those that have just expired among them.
 *
 * @param channels - those this process can update cards on
 * @param realNow - leases and waits follow real time
 */
export async function claimOutdatedCards(
  db: Db,
  channels: readonly string[],
  realNow: Date,
  productNow: Date,
  leaseMs: number,
  limit: number,
): Promise<CardRow[]> {
  if (channels.length === 0) return [];
  await db.orm
    .update(cards)
    .set({ state: "expired", changes: oneMore, attempts: 0 })
    .where(and(eq(cards.site, db.site), eq(cards.state, "open"), lte(cards.expiresAt, productNow)));
  const until = new Date(realNow.getTime() + leaseMs);
  return db.orm
    .update(cards)
    .set({ leaseUntil: until, attempts: sql`${cards.attempts} + 1` })
    .where(
      and(
        eq(cards.site, db.site),
        sql`${cards.id} in (
          select id from cards
          where site = ${db.site} and changes > shown
            and (lease_until is null or lease_until <= ${realNow.toISOString()}::timestamptz)
            and channel in (${sql.join(
              channels.map((channel) => sql`${channel}`),
              sql`, `,
            )})
          order by id limit ${limit} for update skip locked)`,
      ),
    )
    .returning();
}

/** The card shows what was known when it was claimed; what changed since is still to be shown. */
export async function markCardShown(db: Db, card: CardRow, state: CardRow["state"]): Promise<void> {
  await db.orm
    .update(cards)
    .set({
      shown: card.changes,
      revision: card.revision + 1,
      attempts: 0,
      leaseUntil: null,
      // A newer card, or the time, may have ended it meanwhile.
      state: sql`case when ${cards.state} = ${card.state} then ${state} else ${cards.state} end`,
    })
    .where(and(eq(cards.site, db.site), eq(cards.id, card.id)));
}

/** @param until - real time; null: it is not tried again before something changes */
export async function putOffCard(db: Db, card: CardRow, until: Date | null): Promise<void> {
  await db.orm
    .update(cards)
    .set(until === null ? { shown: card.changes, leaseUntil: null } : { leaseUntil: until })
    .where(and(eq(cards.site, db.site), eq(cards.id, card.id)));
}

/** The card is on the platform now: what changed while it was on its way is to be shown. */
export async function cardArrived(db: Db, id: string): Promise<void> {
  await db.orm
    .update(cards)
    .set({ changes: oneMore, attempts: 0, leaseUntil: null })
    .where(and(eq(cards.site, db.site), eq(cards.id, id), sql`${cards.changes} > 0`));
}

/** Cards that nobody can press any more and that show so. */
export async function forgetOldCards(db: Db, before: Date): Promise<void> {
  await db.orm
    .delete(cards)
    .where(and(eq(cards.site, db.site), ne(cards.state, "open"), lte(cards.expiresAt, before)));
}
