import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { WEBHOOK_STATES, WEBHOOK_SUBJECTS } from "../../services/domain/webhook.ts";
import { moment, site } from "./columns.ts";

/** Other systems that are told of changes: a city brain, a cockpit of the city's. */
export const webhooks = pgTable(
  "webhooks",
  {
    site: site(),
    id: uuid().notNull(),
    url: text().notNull(),
    /** signs what is sent; whoever receives it knows it */
    secret: text().notNull(),
    subjects: text({ enum: WEBHOOK_SUBJECTS }).array().notNull(),
    createdAt: moment().notNull(),
    active: boolean().notNull().default(true),
  },
  (t) => [primaryKey({ columns: [t.site, t.id] })],
);

/** One change on its way to one system, written with the change. */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    site: site(),
    /** ordered by time; the receiver knows a repeat by it */
    id: uuid().notNull(),
    webhookId: uuid().notNull(),
    subjectType: text({ enum: WEBHOOK_SUBJECTS }).notNull(),
    subjectNo: text().notNull(),
    action: text().notNull(),
    status: text().notNull(),
    at: moment().notNull(),
    state: text({ enum: WEBHOOK_STATES }).notNull().default("waiting"),
    attempts: integer().notNull().default(0),
    /** waiting: not before this moment of real time; a claim moves it ahead as its lease */
    nextTryAt: moment(),
    /** what the other side answered last */
    problem: text(),
    sentAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    index("webhook_deliveries_waiting")
      .on(t.site, t.webhookId, t.subjectNo, t.id)
      .where(sql`state = 'waiting'`),
    index("webhook_deliveries_of").on(t.site, t.webhookId, t.id),
  ],
);
