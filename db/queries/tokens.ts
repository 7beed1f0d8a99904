import { and, eq, gt, isNull } from "drizzle-orm";
import type { Db } from "../client.ts";
import { apiTokens } from "../schema/index.ts";

export type NewToken = Omit<typeof apiTokens.$inferInsert, "site" | "revokedAt">;

export async function insertToken(tx: Db, token: NewToken): Promise<void> {
  await tx.orm.insert(apiTokens).values({ ...token, site: tx.site });
}

/** Whose token it is; null where there is none, or it is over or revoked. */
export async function personIdOfToken(db: Db, hash: string, now: Date): Promise<string | null> {
  const [row] = await db.orm
    .select({ personId: apiTokens.personId })
    .from(apiTokens)
    .where(
      and(
        eq(apiTokens.site, db.site),
        eq(apiTokens.hash, hash),
        isNull(apiTokens.revokedAt),
        gt(apiTokens.expiresAt, now),
      ),
    );
  return row?.personId ?? null;
}

/** @param hash - only this one of the person's tokens; null: all of them */
export async function revokeTokens(
  tx: Db,
  personId: string,
  hash: string | null,
  at: Date,
): Promise<number> {
  const revoked = await tx.orm
    .update(apiTokens)
    .set({ revokedAt: at })
    .where(
      and(
        eq(apiTokens.site, tx.site),
        eq(apiTokens.personId, personId),
        hash === null ? undefined : eq(apiTokens.hash, hash),
        isNull(apiTokens.revokedAt),
        gt(apiTokens.expiresAt, at),
      ),
    )
    .returning({ hash: apiTokens.hash });
  return revoked.length;
}
