import { and, asc, eq, inArray } from "drizzle-orm";
import type { Db } from "../client.ts";
import { callPhotos } from "../schema/index.ts";
import { newId } from "./ids.ts";

export type CallPhotoRow = typeof callPhotos.$inferSelect;

/** @param photo - with an id that its phone made, the same picture sent twice is noted once */
export async function insertCallPhoto(
  tx: Db,
  photo: Omit<typeof callPhotos.$inferInsert, "site" | "id"> & { id?: string },
): Promise<void> {
  await tx.orm
    .insert(callPhotos)
    .values({ id: newId(), ...photo, site: tx.site })
    .onConflictDoNothing();
}

/** The pictures of several calls, oldest first. */
export async function photosOfCalls(db: Db, nos: readonly string[]): Promise<CallPhotoRow[]> {
  if (nos.length === 0) return [];
  return db.orm
    .select()
    .from(callPhotos)
    .where(and(eq(callPhotos.site, db.site), inArray(callPhotos.callNo, [...nos])))
    .orderBy(asc(callPhotos.createdAt), asc(callPhotos.id));
}
