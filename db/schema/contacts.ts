import { index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { CONSENT_KINDS, NOTICE_OCCASIONS } from "../../services/domain/privacy-record.ts";
import { moment, site } from "./columns.ts";

/**
 * The key by which a telephone number becomes a sender that is known again (a blind index). It is made by
 * the product, kept encrypted with the contact keys, and stays when those change.
 */
export const contactIndexKeys = pgTable("contact_index_keys", {
  site: text().primaryKey(),
  key: text().notNull(),
  madeAt: moment().notNull(),
});

/** Which privacy notice was shown to whom, and what somebody agreed to. Appended. */
export const privacyRecords = pgTable(
  "privacy_records",
  {
    site: site(),
    id: uuid().notNull(),
    at: moment().notNull(),
    kind: text({ enum: CONSENT_KINDS }).notNull(),
    /** of the notice, as `PRIVACY_VERSION` had it */
    version: text().notNull(),
    occasion: text({ enum: NOTICE_OCCASIONS }).notNull(),
    channel: text().notNull(),
    /** null: everybody in the group */
    platformUserId: text(),
    /** the group it was shown in; null: in private */
    conversationId: text(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    index("privacy_records_of").on(t.site, t.channel, t.platformUserId),
    index("privacy_records_in").on(t.site, t.channel, t.conversationId),
  ],
);
