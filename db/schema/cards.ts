import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { CARD_PURPOSES } from "../../services/domain/card.ts";
import { moment, site } from "./columns.ts";

/** `replaced` by a newer one, `expired` by time, `closed` because nothing is left to press. */
export const CARD_STATES = ["open", "replaced", "expired", "closed"] as const;

/** Interactive cards that were sent: whose they are, what they are about, how long they serve. No words. */
export const cards = pgTable(
  "cards",
  {
    site: site(),
    /** the platform's `outTrackId`: one is one card for ever */
    id: text().notNull(),
    channel: text().notNull(),
    subjectNo: text().notNull(),
    purpose: text({ enum: CARD_PURPOSES }).notNull(),
    /** of whoever it was sent to: what there is to press depends on whose turn it is */
    orgCode: text(),
    /** it bears the address of the check-in page, which is kept nowhere else */
    linked: boolean().notNull().default(false),
    /** where it hangs, as in the outbox: one of the two */
    address: text().notNull(),
    conversationId: text(),
    platformUserId: text(),
    state: text({ enum: CARD_STATES }).notNull().default("open"),
    /** grows with each update on the platform; buttons carry it, so that one press is known from the next */
    revision: integer().notNull().default(1),
    /** how often what it shows may have changed, and up to which of these it was brought up to date */
    changes: integer().notNull().default(0),
    shown: integer().notNull().default(0),
    attempts: integer().notNull().default(0),
    /** real time: somebody is updating it, or it is not to be tried before */
    leaseUntil: moment(),
    /** product time */
    expiresAt: moment().notNull(),
    createdAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    index("cards_of_subject").on(t.site, t.subjectNo),
    index("cards_outdated").on(t.site, t.id).where(sql`changes > shown`),
    index("cards_open").on(t.site, t.expiresAt).where(sql`state = 'open'`),
  ],
);
