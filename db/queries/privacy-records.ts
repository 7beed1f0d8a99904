import { and, asc, eq, inArray, isNull, or } from "drizzle-orm";
import { ERASED } from "../../services/domain/erased.ts";
import type { Db } from "../client.ts";
import { eventReporters, privacyRecords } from "../schema/index.ts";
import { newId } from "./ids.ts";

export type PrivacyRecord = Omit<typeof privacyRecords.$inferSelect, "site">;

export async function notePrivacy(tx: Db, record: Omit<PrivacyRecord, "id">): Promise<void> {
  await tx.orm.insert(privacyRecords).values({ ...record, site: tx.site, id: newId() });
}

/** What an account was shown, by itself or in a group it reported in, and what it agreed to; oldest first. */
export async function privacyRecordsOf(
  db: Db,
  { channel, platformUserId }: { channel: string; platformUserId: string },
): Promise<PrivacyRecord[]> {
  const groups = db.orm
    .select({ id: eventReporters.conversationId })
    .from(eventReporters)
    .where(
      and(
        eq(eventReporters.site, db.site),
        eq(eventReporters.channel, channel),
        eq(eventReporters.platformUserId, platformUserId),
        eq(eventReporters.conversationType, "group"),
      ),
    );
  const rows = await db.orm
    .select()
    .from(privacyRecords)
    .where(
      and(
        eq(privacyRecords.site, db.site),
        eq(privacyRecords.channel, channel),
        or(
          eq(privacyRecords.platformUserId, platformUserId),
          and(
            isNull(privacyRecords.platformUserId),
            inArray(privacyRecords.conversationId, groups),
          ),
        ),
      ),
    )
    .orderBy(asc(privacyRecords.id));
  return rows.map(({ site: _site, ...record }) => record);
}

/** That a notice was shown stays, without saying to whom. */
export async function forgetPrivacyRecords(
  tx: Db,
  { channel, platformUserId }: { channel: string; platformUserId: string },
): Promise<void> {
  await tx.orm
    .update(privacyRecords)
    .set({ platformUserId: ERASED })
    .where(
      and(
        eq(privacyRecords.site, tx.site),
        eq(privacyRecords.channel, channel),
        eq(privacyRecords.platformUserId, platformUserId),
      ),
    );
}
