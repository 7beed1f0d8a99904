import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { ActorRef } from "../../services/domain/actor.ts";
import { REPORT_FORMATS, REPORT_KINDS, REPORT_STATES } from "../../services/domain/report-file.ts";
import type { ResponsibilityItem } from "../../services/domain/responsibility.ts";
import { RETENTION_RULES } from "../../services/domain/retention.ts";
import { moment, site } from "./columns.ts";

// What the office keeps about its own work: reports, the lists it worked by, what was emptied.

/** A report somebody asked for. The row comes first; a job renders the file under DATA_DIR/reports. */
export const reportFiles = pgTable(
  "report_files",
  {
    site: site(),
    id: uuid().notNull(),
    kind: text({ enum: REPORT_KINDS }).notNull(),
    format: text({ enum: REPORT_FORMATS }).notNull(),
    from: moment().notNull(),
    to: moment().notNull(),
    /** what it is narrowed to; null: the whole district */
    orgCode: text(),
    askedBy: jsonb().$type<ActorRef>().notNull(),
    /** null: the administrator's token */
    personId: text(),
    state: text({ enum: REPORT_STATES }).notNull().default("waiting"),
    /** 0–100 */
    progress: integer().notNull().default(0),
    attempts: integer().notNull().default(0),
    /** waiting: somebody renders it until then, or tries again from then on; real time */
    leaseUntil: moment(),
    bytes: integer(),
    problem: text(),
    createdAt: moment().notNull(),
    finishedAt: moment(),
    expiresAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    index("report_files_by_person").on(t.site, t.personId, t.id),
    index("report_files_by_state").on(t.site, t.state, t.id),
  ],
);

/** The 属地管理清单 as it stood after each change of it. */
export const responsibilityVersions = pgTable(
  "responsibility_versions",
  {
    site: site(),
    version: integer().notNull(),
    at: moment().notNull(),
    by: jsonb().$type<ActorRef>().notNull(),
    items: jsonb().$type<ResponsibilityItem[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.version] })],
);

/** What was emptied, by which rule and when: numbers only. Appended. */
export const retentionRuns = pgTable(
  "retention_runs",
  {
    site: site(),
    id: uuid().notNull(),
    at: moment().notNull(),
    rule: text({ enum: RETENTION_RULES }).notNull(),
    /** what is older than this was emptied */
    before: moment().notNull(),
    count: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.id] })],
);
