import {
  boolean,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { site } from "./columns.ts";

/** What events counts are kept by, day by day; which key it is stands beside it. */
export const COUNTED_BY = [
  "all",
  "street",
  "grid",
  "department",
  "category",
  "level",
  "source",
  "platform",
  "status",
  "hour",
] as const;

/**
 * How many events of a day of creation count as what: made from the events again and again, so a row
 * may be lost without harm. Only days that `event_day_changes` does not name are to be read from here.
 */
export const eventDayCounts = pgTable(
  "event_day_counts",
  {
    site: site(),
    /** `district`, or the code of a street */
    scope: text().notNull(),
    by: text({ enum: COUNTED_BY }).notNull(),
    day: date({ mode: "string" }).notNull(),
    key: text().notNull(),
    /** complaints about conduct, which not everybody's figures may show */
    confidential: boolean().notNull(),
    created: integer().notNull(),
    counted: integer().notNull(),
    open: integer().notNull(),
    done: integer().notNull(),
    doneOnTime: integer().notNull(),
    doneLate: integer().notNull(),
    closed: integer().notNull(),
    gridToStreet: integer().notNull(),
    publicTips: integer().notNull(),
    levelThreeUp: integer().notNull(),
    everCompleted: integer().notNull(),
    reopened: integer().notNull(),
    ratings: integer().notNull(),
    satisfied: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.scope, t.by, t.day, t.key, t.confidential] }),
    index("event_day_counts_of_day").on(t.site, t.day),
  ],
);

/**
 * Days of creation whose events changed since they were counted (`db/queries/stats/mark-day.ts`), written in
 * the transaction of the change. Rows are only ever added and taken away, so writers never wait for each
 * other.
 */
export const eventDayChanges = pgTable(
  "event_day_changes",
  {
    site: site(),
    id: uuid().notNull(),
    day: date({ mode: "string" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.id] })],
);
