import { boolean, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { moment, site } from "./columns.ts";

/** Channels on which people of the registry are bound account by account; DingTalk's stand in people.csv. */
export const ACCOUNT_CHANNELS = ["wecom", "wechat", "wechatKf", "zhezhengding"] as const;

/** Whose account is whose: from accounts.csv, or bound by a one-time code in chat. */
export const accounts = pgTable(
  "accounts",
  {
    site: site(),
    channel: text({ enum: ACCOUNT_CHANNELS }).notNull(),
    platformUserId: text().notNull(),
    personId: text().notNull(),
    active: boolean().notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.channel, t.platformUserId] }),
    index("accounts_of_person").on(t.site, t.personId),
  ],
);

/** What a platform lets be said to somebody, and where they came from. */
export const contacts = pgTable(
  "contacts",
  {
    site: site(),
    channel: text().notNull(),
    platformUserId: text().notNull(),
    /** the grid whose QR code they scanned */
    gridCode: text(),
    /** their last message, by the platform's clock; null: they never wrote */
    heardAt: moment(),
    /** messages to them since then that count against the platform's limit */
    sent: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.site, t.channel, t.platformUserId] })],
);

/** How far a platform's messages have been fetched. */
export const cursors = pgTable(
  "cursors",
  { site: site(), name: text().notNull(), value: text().notNull() },
  (t) => [primaryKey({ columns: [t.site, t.name] })],
);

/** Which process holds a connection that only one may hold. */
export const leads = pgTable(
  "leads",
  {
    site: site(),
    name: text().notNull(),
    holder: text().notNull(),
    /** the database's time */
    until: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.name] })],
);
