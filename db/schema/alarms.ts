import { sql } from "drizzle-orm";
import {
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import type { ActorRef } from "../../services/domain/actor.ts";
import { ALARM_KINDS, ALARM_STATES } from "../../services/domain/alarm.ts";
import { moment, site } from "./columns.ts";

/** Systems that may tell of alarms: a video platform, the grid company, a gateway of smoke detectors. */
export const alarmSources = pgTable(
  "alarm_sources",
  {
    site: site(),
    id: uuid().notNull(),
    name: text().notNull(),
    kinds: text({ enum: ALARM_KINDS }).array().notNull(),
    /** where it may tell of alarms; without both in the whole district */
    streetCode: text(),
    gridCodes: text().array().notNull(),
    /** verifies what it sends; whoever sends knows it */
    secret: text().notNull(),
    /** the secret before the last rotation, good until then */
    formerSecret: text(),
    formerUntil: moment(),
    createdAt: moment().notNull(),
    active: boolean().notNull().default(true),
  },
  (t) => [primaryKey({ columns: [t.site, t.id] })],
);

/** One alarm, however often it was told. */
export const alarms = pgTable(
  "alarms",
  {
    site: site(),
    no: text().notNull(),
    sourceId: uuid().notNull(),
    kind: text({ enum: ALARM_KINDS }).notNull(),
    state: text({ enum: ALARM_STATES }).notNull().default("open"),
    /** as its source calls it, or code of devices.csv */
    device: text().notNull(),
    place: text(),
    gridCode: text(),
    streetCode: text(),
    lng: doublePrecision(),
    lat: doublePrecision(),
    /** what the meter showed first */
    reading: jsonb().$type<{ value: number; unit: string } | null>(),
    firstAt: moment().notNull(),
    lastAt: moment().notNull(),
    /** how often it was told */
    count: integer().notNull().default(1),
    /** of the scene: path below DATA_DIR/attachments */
    picturePath: text(),
    pictureMime: text(),
    /** an open event that it may be about */
    possibleEvent: text(),
    /** the event it became, or was counted to */
    eventNo: text(),
    decidedBy: jsonb().$type<ActorRef | null>(),
    decidedAt: moment(),
    /** why it was called false, or what was said with the confirmation */
    reason: text(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.no] }),
    index("alarms_newest").on(t.site, t.firstAt, t.no),
    index("alarms_of_device").on(t.site, t.kind, t.device, t.lastAt),
    index("alarms_open").on(t.site, t.kind).where(sql`state = 'open'`),
    index("alarms_of_source").on(t.site, t.sourceId, t.device),
    index("alarms_of_event").on(t.site, t.eventNo),
  ],
);

/** Every message of a source that was taken, so that none is taken twice. */
export const alarmMessages = pgTable(
  "alarm_messages",
  {
    site: site(),
    sourceId: uuid().notNull(),
    /** the webhook-id that its source gave it */
    messageId: text().notNull(),
    /** SHA-256 of the body: another body under the same id is refused */
    digest: text().notNull(),
    alarmNo: text().notNull(),
    at: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.sourceId, t.messageId] }),
    index("alarm_messages_by_time").on(t.site, t.at),
  ],
);

export const DEVICE_KINDS = [
  "camera",
  "electricityMeter",
  "smokeDetector",
  "waterLevelGauge",
] as const;

/** Devices that the district knows (devices.csv): what an alarm of theirs need not say. */
export const devices = pgTable(
  "devices",
  {
    site: site(),
    code: text().notNull(),
    kind: text({ enum: DEVICE_KINDS }).notNull(),
    name: text().notNull(),
    place: text(),
    gridCode: text(),
    lng: numeric(),
    lat: numeric(),
    /** whoever looks after the device itself */
    contactOrg: text(),
    active: boolean().notNull().default(true),
  },
  (t) => [primaryKey({ columns: [t.site, t.code] })],
);
