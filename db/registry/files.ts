import { ROLES } from "../../services/domain/actor.ts";
import { DAY_KINDS, DAY_PARTS } from "../../services/domain/calendar.ts";
import { HOTLINE_LINES } from "../../services/domain/hotline/line.ts";
import { MAPPING_KINDS } from "../../services/domain/hotline/mapping.ts";
import { EVENT_LEVELS, URGENCIES } from "../../services/domain/level.ts";
import { LIMIT_NAMES, LIMIT_UNITS } from "../../services/domain/limits.ts";
import { PLATFORMS } from "../../services/domain/platform.ts";
import { DEVICE_KINDS } from "../schema/alarms.ts";
import { ACCOUNT_CHANNELS } from "../schema/channels.ts";
import {
  ADDRESS_KINDS,
  GRID_KINDS,
  GROUP_CHANNELS,
  GROUP_KINDS,
  ORG_TYPES,
} from "../schema/registry.ts";
import {
  type Column,
  choice,
  code,
  contact,
  day,
  degrees,
  integer,
  list,
  listOf,
  name,
  optionalChoice,
  optionalCode,
  optionalInteger,
  optionalReference,
  polygon,
  reference,
  references,
  timeOfDay,
  words,
} from "./columns.ts";

/** A file of the registry (contract section 3). Its columns are called as those of its table. */
export interface RegistryFile {
  name: string;
  table: string;
  /** the columns that tell its rows apart */
  key: readonly string[];
  /** in the order of the header */
  columns: Readonly<Record<string, Column>>;
  /** an export leaves the file out where it has no rows */
  optional?: true;
  /** columns that must be filled in together or left empty together */
  together?: readonly [string, string];
  /** columns that the checks across files compare with what the database has */
  compared?: readonly string[];
}

const org = { file: "orgs.csv" } as const;
const street = { file: "orgs.csv", types: ["street"] } as const;
const grid = { file: "grids.csv" } as const;
const person = { file: "people.csv" } as const;
const category = { file: "categories.csv" } as const;

const A_YEAR_OF_MINUTES = 525_600;

/** Every file, in an order in which each refers to earlier ones only. */
export const REGISTRY_FILES: readonly RegistryFile[] = [
  {
    name: "orgs.csv",
    table: "orgs",
    key: ["code"],
    columns: {
      code: code(),
      type: choice(ORG_TYPES),
      name: name(),
      parent_code: optionalReference(org),
      platform: optionalChoice(PLATFORMS),
    },
    compared: ["type", "parent_code"],
  },
  {
    name: "grids.csv",
    table: "grids",
    key: ["code"],
    columns: {
      code: code(),
      name: name(),
      community_code: reference({ ...org, types: ["community", "street"] }),
      class: integer(1, 2),
      kind: choice(GRID_KINDS),
      lng: degrees(180),
      lat: degrees(90),
      boundary: polygon(),
    },
    together: ["lng", "lat"],
  },
  {
    name: "people.csv",
    table: "people",
    key: ["id"],
    columns: {
      id: code(),
      name: name(),
      org_code: reference(org),
      roles: listOf(ROLES),
      grid_codes: references(grid),
      phone: contact("people.phone"),
      dingtalk_user_id: optionalCode(),
    },
    compared: ["dingtalk_user_id"],
  },
  {
    name: "accounts.csv",
    table: "accounts",
    key: ["channel", "platform_user_id"],
    optional: true,
    columns: {
      channel: choice(ACCOUNT_CHANNELS),
      platform_user_id: code(),
      person_id: reference(person),
    },
  },
  {
    name: "groups.csv",
    table: "groups",
    key: ["channel", "conversation_id"],
    columns: {
      channel: choice(GROUP_CHANNELS),
      conversation_id: code(),
      name: name(),
      kind: choice(GROUP_KINDS),
      grid_code: optionalReference(grid),
      org_code: optionalReference(org),
    },
  },
  {
    name: "addresses.csv",
    table: "addresses",
    key: ["code"],
    columns: {
      code: code(),
      name: name(),
      aliases: list(),
      kind: choice(ADDRESS_KINDS),
      grid_code: optionalReference(grid),
      lng: degrees(180),
      lat: degrees(90),
    },
    together: ["lng", "lat"],
  },
  {
    name: "categories.csv",
    table: "categories",
    key: ["slug"],
    columns: {
      slug: code(),
      name: name(),
      platform: optionalChoice(PLATFORMS),
      lead: words(),
      support: words(),
      standard_code: words(),
      level: integer(1, EVENT_LEVELS.length),
      urgency: choice(URGENCIES),
    },
  },
  {
    name: "routing.csv",
    table: "routing_rules",
    key: ["category", "street_code"],
    columns: {
      category: reference(category),
      street_code: optionalReference(street, "text"),
      lead_org: reference(org),
      support_orgs: references(org),
    },
  },
  {
    name: "responsibility.csv",
    table: "responsibility_items",
    key: ["no"],
    columns: {
      no: code(),
      name: name(),
      categories: references(category),
      lead_dept: reference(org),
      support_depts: references(org),
      headcount: optionalInteger(0, 10_000),
      respond_minutes: optionalInteger(0, A_YEAR_OF_MINUTES),
      arrive_minutes: optionalInteger(0, A_YEAR_OF_MINUTES),
      complete_workdays: optionalInteger(0, 3650),
    },
  },
  {
    name: "calendar.csv",
    table: "calendar_days",
    key: ["date"],
    columns: { date: day(), kind: choice(DAY_KINDS) },
  },
  {
    name: "working-hours.csv",
    table: "working_hours",
    key: ["part"],
    optional: true,
    columns: { part: choice(DAY_PARTS), opens: timeOfDay(), closes: timeOfDay() },
    compared: ["opens", "closes"],
  },
  {
    name: "limits.csv",
    table: "limits",
    key: ["name"],
    optional: true,
    columns: {
      name: choice(LIMIT_NAMES),
      amount: integer(1, A_YEAR_OF_MINUTES),
      unit: choice(LIMIT_UNITS),
    },
  },
  {
    name: "duty-roster.csv",
    table: "duty_roster",
    key: ["date", "org_code", "person_id"],
    optional: true,
    columns: { date: day(), org_code: reference(org), person_id: reference(person) },
  },
  {
    name: "deputies.csv",
    table: "deputies",
    key: ["person_id", "first_day"],
    optional: true,
    columns: {
      person_id: reference(person),
      deputy_id: reference(person),
      first_day: day(),
      last_day: day(),
    },
    compared: ["deputy_id", "last_day"],
  },
  {
    name: "service-items.csv",
    table: "service_items",
    key: ["code"],
    optional: true,
    columns: {
      code: code(),
      name: name(),
      aliases: list(),
      conditions: name(),
      materials: name(),
      window: name(),
      hours: name(),
      phone: words(),
      source: name(),
    },
  },
  {
    name: "devices.csv",
    table: "devices",
    key: ["code"],
    optional: true,
    columns: {
      code: code(),
      kind: choice(DEVICE_KINDS),
      name: name(),
      place: words(),
      grid_code: optionalReference(grid),
      lng: degrees(180),
      lat: degrees(90),
      contact_org: optionalReference(org),
    },
    together: ["lng", "lat"],
  },
  {
    name: "hotline-mapping.csv",
    table: "hotline_mappings",
    key: ["line", "kind", "theirs", "ours"],
    optional: true,
    columns: {
      line: choice(HOTLINE_LINES),
      kind: choice(MAPPING_KINDS),
      theirs: code(),
      ours: code(),
    },
    compared: [],
  },
];

export const headerOf = (file: RegistryFile): string[] => Object.keys(file.columns);

/** One text for the key of a row; the separator cannot occur in a code. */
export const keyOf = (file: RegistryFile, values: Readonly<Record<string, string>>): string =>
  file.key.map((column) => values[column] ?? "").join("\u001f");
