import { and, desc, eq, gt, isNull, lt } from "drizzle-orm";
import type { Db } from "../client.ts";
import { links, sessions } from "../schema/index.ts";

export type SessionRow = typeof sessions.$inferSelect;
export type NewSession = Omit<typeof sessions.$inferInsert, "site" | "endedAt">;

export async function insertSession(tx: Db, session: NewSession): Promise<void> {
  await tx.orm.insert(sessions).values({ ...session, site: tx.site });
}

/** The session of a cookie's hash; null where there is none, or it is over or ended. */
export async function findSession(db: Db, hash: string, now: Date): Promise<SessionRow | null> {
  const [row] = await db.orm
    .select()
    .from(sessions)
    .where(and(eq(sessions.hash, hash), living(db, now)));
  return row ?? null;
}

/** Where a person is signed in now, newest first; null: with the administrator's token. */
export const sessionsOfPerson = (
  db: Db,
  personId: string | null,
  now: Date,
): Promise<SessionRow[]> =>
  db.orm
    .select()
    .from(sessions)
    .where(and(ofPerson(personId), living(db, now)))
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    .limit(100);

/** @param id - only this one of the person's sessions; null: all of them. Returns how many lived. */
export async function endSessionRows(
  tx: Db,
  personId: string | null,
  id: string | null,
  at: Date,
): Promise<number> {
  const ended = await tx.orm
    .update(sessions)
    .set({ endedAt: at })
    .where(and(ofPerson(personId), id === null ? undefined : eq(sessions.id, id), living(tx, at)))
    .returning({ id: sessions.id });
  return ended.length;
}

/** Removes sessions and links to sign in that were over before a moment. @returns how many */
export async function deleteOldSignIns(db: Db, before: Date): Promise<number> {
  const gone = await db.orm
    .delete(sessions)
    .where(and(eq(sessions.site, db.site), lt(sessions.expiresAt, before)))
    .returning({ id: sessions.id });
  const unused = await db.orm
    .delete(links)
    .where(and(eq(links.site, db.site), eq(links.purpose, "login"), lt(links.expiresAt, before)))
    .returning({ hash: links.hash });
  return gone.length + unused.length;
}

const ofPerson = (personId: string | null) =>
  personId === null ? isNull(sessions.personId) : eq(sessions.personId, personId);

const living = (db: Db, now: Date) =>
  and(eq(sessions.site, db.site), isNull(sessions.endedAt), gt(sessions.expiresAt, now));
