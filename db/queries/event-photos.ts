import { and, asc, eq } from "drizzle-orm";
import type { Db } from "../client.ts";
import { eventPhotos } from "../schema/index.ts";

export type EventPhotoRow = typeof eventPhotos.$inferSelect;

/** Notes a picture once, whoever sends it again. */
export async function insertEventPhoto(
  tx: Db,
  photo: Omit<typeof eventPhotos.$inferInsert, "site">,
): Promise<void> {
  await tx.orm
    .insert(eventPhotos)
    .values({ ...photo, site: tx.site })
    .onConflictDoNothing();
}

/** What workers took of an event, oldest first. */
export const photosOfEvent = (db: Db, eventNo: string): Promise<EventPhotoRow[]> =>
  db.orm
    .select()
    .from(eventPhotos)
    .where(and(eq(eventPhotos.site, db.site), eq(eventPhotos.eventNo, eventNo)))
    .orderBy(asc(eventPhotos.createdAt), asc(eventPhotos.id));
