import { jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { DayKind, WorkingHours } from "../../services/domain/calendar.ts";
import type { LimitTable } from "../../services/domain/limits.ts";
import type { Day } from "../../services/domain/time.ts";
import { moment, site } from "./columns.ts";

// What the district worked by, and since when: kept by the product, not by the registry's files.

/** Every set of limits that obligations were opened under; they name it by its version. */
export const policyVersions = pgTable(
  "policy_versions",
  {
    site: site(),
    version: text().notNull(),
    limits: jsonb().$type<LimitTable>().notNull(),
    since: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.version] })],
);

/** The calendar by which the open deadlines were counted last. */
export const countedCalendars = pgTable("counted_calendars", {
  site: text().primaryKey(),
  /** days that differ from Monday to Friday */
  days: jsonb().$type<[Day, DayKind][]>().notNull(),
  hours: jsonb().$type<WorkingHours>().notNull(),
  at: moment().notNull(),
});
