import { and, asc, eq, inArray } from "drizzle-orm";
import type { Db } from "../client.ts";
import { callPhotos } from "../schema/index.ts";
import { newId } from "./ids.ts";

export type CallPhotoRow = typeof callPhotos.$inferSelect;

export async function insertCallPhoto(
  tx: Db,
  photo: Omit<typeof callPhotos.$inferInsert, "site" | "id">,
): Promise<void> {
  await tx.orm.insert(callPhotos).values({ ...photo, site: tx.site, id: newId() });
}

/** The pictures of several calls, oldest first. */
export async function photosOfCalls(db: Db, nos: readonly string[]): Promise<CallPhotoRow[]> {
  if (nos.length === 0) return [];
  return db.orm
    .select()
    .from(callPhotos)
    .where(and(eq(callPhotos.site, db.site), inArray(callPhotos.callNo, [...nos])))
    .orderBy(asc(callPhotos.id));
}
