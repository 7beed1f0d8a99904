import { and, asc, desc, eq, gt, lte } from "drizzle-orm";
import type { Db } from "../client.ts";
import { audit, auditSeals } from "../schema/index.ts";
import { tryLockUntilCommit } from "./locks.ts";

export type AuditRow = typeof audit.$inferSelect;
export type AuditSeal = typeof auditSeals.$inferSelect;

/** Only one instance goes on with the chain at a time. @returns whether it is this one, until the transaction ends */
export const mayGoOnSealing = (tx: Db): Promise<boolean> => tryLockUntilCommit(tx, "audit seals");

export async function lastSeal(db: Db): Promise<AuditSeal | null> {
  const [seal] = await db.orm
    .select()
    .from(auditSeals)
    .where(eq(auditSeals.site, db.site))
    .orderBy(desc(auditSeals.seq))
    .limit(1);
  return seal ?? null;
}

/** Seals after `seq`, in order. */
export const sealsAfter = (db: Db, seq: number, limit: number): Promise<AuditSeal[]> =>
  db.orm
    .select()
    .from(auditSeals)
    .where(and(eq(auditSeals.site, db.site), gt(auditSeals.seq, seq)))
    .orderBy(asc(auditSeals.seq))
    .limit(limit);

/** Entries after `after` (null: from the first), up to and with `through`, in order. */
export const auditBetween = (
  db: Db,
  after: string | null,
  through: string,
  limit: number,
): Promise<AuditRow[]> =>
  db.orm
    .select()
    .from(audit)
    .where(
      and(
        eq(audit.site, db.site),
        after === null ? undefined : gt(audit.id, after),
        lte(audit.id, through),
      ),
    )
    .orderBy(asc(audit.id))
    .limit(limit);

export async function insertSeal(tx: Db, seal: Omit<AuditSeal, "site">): Promise<void> {
  await tx.orm.insert(auditSeals).values({ ...seal, site: tx.site });
}
