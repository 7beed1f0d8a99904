import {
  boolean,
  date,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
} from "drizzle-orm/pg-core";
import type { Role } from "../../services/domain/actor.ts";
import { DAY_KINDS, DAY_PARTS } from "../../services/domain/calendar.ts";
import type { EventLevel, Urgency } from "../../services/domain/level.ts";
import { LIMIT_UNITS, type LimitName } from "../../services/domain/limits.ts";
import type { Platform } from "../../services/domain/platform.ts";
import { moment, site } from "./columns.ts";

// The district as its registry files describe it. Rows are never deleted: what a later import leaves
// out stays, and --prune only clears `active`.

export const sites = pgTable("sites", {
  site: text().primaryKey(),
  /** made up for trying the product; never mixed with a real district */
  sample: boolean().notNull().default(false),
  importedAt: moment(),
});

export const ORG_TYPES = ["district", "street", "community", "department", "station"] as const;
export const orgs = pgTable(
  "orgs",
  {
    site: site(),
    code: text().notNull(),
    type: text({ enum: ORG_TYPES }).notNull(),
    name: text().notNull(),
    parentCode: text(),
    platform: text().$type<Platform>(),
    active: boolean().notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.code] }),
    index("orgs_children").on(t.site, t.parentCode),
  ],
);

export const GRID_KINDS = ["ordinary", "dedicated"] as const;
export const grids = pgTable(
  "grids",
  {
    site: site(),
    code: text().notNull(),
    name: text().notNull(),
    communityCode: text().notNull(),
    class: integer().$type<1 | 2>().notNull(),
    kind: text({ enum: GRID_KINDS }).notNull(),
    lng: numeric(),
    lat: numeric(),
    /** GeoJSON polygon, as imported */
    boundary: text(),
    active: boolean().notNull().default(true),
  },
  (t) => [primaryKey({ columns: [t.site, t.code] })],
);

export const people = pgTable(
  "people",
  {
    site: site(),
    id: text().notNull(),
    name: text().notNull(),
    orgCode: text().notNull(),
    roles: text().array().$type<Role[]>().notNull(),
    gridCodes: text().array().notNull(),
    /** encrypted */
    phone: text(),
    dingtalkUserId: text(),
    active: boolean().notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    index("people_by_dingtalk").on(t.site, t.dingtalkUserId),
    index("people_by_org").on(t.site, t.orgCode),
  ],
);

export const GROUP_CHANNELS = ["dingtalk", "sandbox", "wecom", "zhezhengding"] as const;
export const GROUP_KINDS = ["resident", "work", "call"] as const;
export const groups = pgTable(
  "groups",
  {
    site: site(),
    channel: text({ enum: GROUP_CHANNELS }).notNull(),
    conversationId: text().notNull(),
    name: text().notNull(),
    kind: text({ enum: GROUP_KINDS }).notNull(),
    gridCode: text(),
    orgCode: text(),
    active: boolean().notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.channel, t.conversationId] }),
    index("groups_by_org").on(t.site, t.orgCode),
  ],
);

export const ADDRESS_KINDS = ["estate", "village", "road", "poi", "building"] as const;
export const addresses = pgTable(
  "addresses",
  {
    site: site(),
    code: text().notNull(),
    name: text().notNull(),
    aliases: text().array().notNull(),
    kind: text({ enum: ADDRESS_KINDS }).notNull(),
    gridCode: text(),
    lng: numeric(),
    lat: numeric(),
    active: boolean().notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.code] }),
    index("addresses_by_grid").on(t.site, t.gridCode),
  ],
);

export const categories = pgTable(
  "categories",
  {
    site: site(),
    slug: text().notNull(),
    name: text().notNull(),
    platform: text().$type<Platform>(),
    /** names as people say them (「环卫」), not codes; routing.csv names organisations by code */
    lead: text(),
    support: text(),
    standardCode: text(),
    level: integer().$type<EventLevel>().notNull(),
    urgency: text().$type<Urgency>().notNull(),
    active: boolean().notNull().default(true),
  },
  (t) => [primaryKey({ columns: [t.site, t.slug] })],
);

export const routingRules = pgTable(
  "routing_rules",
  {
    site: site(),
    category: text().notNull(),
    /** empty: every street */
    streetCode: text().notNull().default(""),
    leadOrg: text().notNull(),
    supportOrgs: text().array().notNull(),
    active: boolean().notNull().default(true),
  },
  (t) => [primaryKey({ columns: [t.site, t.category, t.streetCode] })],
);

/** The 属地管理清单 (seed 001: 81 items). */
export const responsibilityItems = pgTable(
  "responsibility_items",
  {
    site: site(),
    no: text().notNull(),
    name: text().notNull(),
    categories: text().array().notNull(),
    leadDept: text().notNull(),
    supportDepts: text().array().notNull(),
    headcount: integer(),
    respondMinutes: integer(),
    arriveMinutes: integer(),
    completeWorkdays: integer(),
    active: boolean().notNull().default(true),
  },
  (t) => [primaryKey({ columns: [t.site, t.no] })],
);

/** What the offices of the district do for people, as their guides say it: the only source of answers. */
export const serviceItems = pgTable(
  "service_items",
  {
    site: site(),
    code: text().notNull(),
    name: text().notNull(),
    aliases: text().array().notNull(),
    conditions: text().notNull(),
    materials: text().notNull(),
    window: text().notNull(),
    hours: text().notNull(),
    phone: text(),
    /** the guide or regulation that an answer quotes */
    source: text().notNull(),
    active: boolean().notNull().default(true),
  },
  (t) => [primaryKey({ columns: [t.site, t.code] })],
);

export const calendarDays = pgTable(
  "calendar_days",
  {
    site: site(),
    date: date({ mode: "string" }).notNull(),
    kind: text({ enum: DAY_KINDS }).notNull(),
    active: boolean().notNull().default(true),
  },
  (t) => [primaryKey({ columns: [t.site, t.date] })],
);

/** When work begins and ends on a whole day, as `08:30`. */
export const workingHours = pgTable(
  "working_hours",
  {
    site: site(),
    part: text({ enum: DAY_PARTS }).notNull(),
    opens: text().notNull(),
    closes: text().notNull(),
    active: boolean().notNull().default(true),
  },
  (t) => [primaryKey({ columns: [t.site, t.part] })],
);

/** Limits that the district sets for itself; the others stay as they come. */
export const limits = pgTable(
  "limits",
  {
    site: site(),
    name: text().$type<LimitName>().notNull(),
    amount: integer().notNull(),
    unit: text({ enum: LIMIT_UNITS }).notNull(),
    active: boolean().notNull().default(true),
  },
  (t) => [primaryKey({ columns: [t.site, t.name] })],
);

/** Who is on duty (值班) for an organisation on a day. */
export const dutyRoster = pgTable(
  "duty_roster",
  {
    site: site(),
    date: date({ mode: "string" }).notNull(),
    orgCode: text().notNull(),
    personId: text().notNull(),
    active: boolean().notNull().default(true),
  },
  (t) => [primaryKey({ columns: [t.site, t.date, t.orgCode, t.personId] })],
);

/** Who hears of what somebody on leave owes, from the first day to the last, both included. */
export const deputies = pgTable(
  "deputies",
  {
    site: site(),
    personId: text().notNull(),
    deputyId: text().notNull(),
    firstDay: date({ mode: "string" }).notNull(),
    lastDay: date({ mode: "string" }).notNull(),
    active: boolean().notNull().default(true),
  },
  (t) => [primaryKey({ columns: [t.site, t.personId, t.firstDay] })],
);
