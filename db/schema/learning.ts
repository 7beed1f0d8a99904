import { sql } from "drizzle-orm";
import {
  boolean,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { LearnedReport } from "../../services/domain/learned-report.ts";
import { moment, site } from "./columns.ts";

/** What was learnt from the district's settled events: every version that was ever trained stays. */
export const classifiers = pgTable(
  "classifiers",
  {
    site: site(),
    version: integer().notNull(),
    trainedAt: moment().notNull(),
    /** how many points of the lexicon the whole of it is worth */
    trust: doublePrecision().notNull(),
    /** how it did on events that it had not seen, beside the lexicon alone */
    report: jsonb().$type<LearnedReport>().notNull(),
    /** the weights, as JSON */
    model: text().notNull(),
    /** the ear listens with it; at most one of a district */
    inUse: boolean().notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.version] }),
    uniqueIndex("classifiers_in_use").on(t.site).where(sql`in_use`),
  ],
);

/** What people call an address besides its registry names, taught by an official in chat. */
export const placeAliases = pgTable(
  "place_aliases",
  {
    site: site(),
    alias: text().notNull(),
    addressCode: text().notNull(),
    /** id of `people.csv`; null for the administrator's token */
    taughtBy: text(),
    changedAt: moment().notNull(),
    /** false once it was taken back */
    active: boolean().notNull().default(true),
  },
  (t) => [primaryKey({ columns: [t.site, t.alias] })],
);
