import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { ANSWER_KINDS, ANSWER_ROADS, ANSWER_STATES } from "../../services/domain/hotline/answer.ts";
import { HOTLINE_LINES, HOTLINE_ROADS } from "../../services/domain/hotline/line.ts";
import { MAPPING_KINDS } from "../../services/domain/hotline/mapping.ts";
import { HOTLINE_STATES, type HotlineAsk } from "../../services/domain/hotline/state.ts";
import { moment, site } from "./columns.ts";

/** Orders of the hotlines (12345 工单) as they are known now; every version stands in hotline_updates. */
export const hotlineOrders = pgTable(
  "hotline_orders",
  {
    site: site(),
    line: text({ enum: HOTLINE_LINES }).notNull(),
    /** the hotline's own number, kept as it came */
    no: text().notNull(),
    /** null until the bot has made the event, a moment after the order came */
    eventNo: text(),
    /** the inbox message that makes it */
    dedupeKey: text().notNull(),
    road: text({ enum: HOTLINE_ROADS }).notNull(),
    /** theirs, in our terms; null where they never said */
    state: text({ enum: HOTLINE_STATES }),
    /** the state they were told last */
    toldState: text({ enum: HOTLINE_STATES }),
    dueAt: moment(),
    /** when the newest version was made, by them */
    changedAt: moment(),
    urges: integer(),
    /** masked */
    words: text().notNull(),
    supplement: text().notNull().default(""),
    /** the caller as the hotline names them, encrypted; emptied with the event's end and by 「删除我的信息」 */
    contact: jsonb().$type<HotlineContact | string | null>(),
    /** the caller as reporter of the event, on channel `api` */
    platformUserId: text().notNull(),
    receivedAt: moment().notNull(),
    /** when its event ended; null while it is open */
    endedAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.line, t.no] }),
    index("hotline_orders_of").on(t.site, t.eventNo),
    index("hotline_orders_newest").on(t.site, t.line, t.receivedAt, t.no),
    index("hotline_orders_by_caller").on(t.site, t.platformUserId),
    index("hotline_orders_ended").on(t.site, t.endedAt).where(sql`contact is not null`),
  ],
);

export interface HotlineContact {
  name: string | null;
  phone: string | null;
}

/** `waiting`: the event is not made yet; `noted`: it asked for nothing; `kept`: a person has to look. */
export const HOTLINE_OUTCOMES = ["waiting", "applied", "noted", "kept"] as const;

/** Every version of an order that came, applied or not. Appended; only its outcome is written later. */
export const hotlineUpdates = pgTable(
  "hotline_updates",
  {
    site: site(),
    id: uuid().notNull(),
    line: text({ enum: HOTLINE_LINES }).notNull(),
    orderNo: text().notNull(),
    /** of what has a meaning: the same version again is no other */
    digest: text().notNull(),
    road: text({ enum: HOTLINE_ROADS }).notNull(),
    /** by their clock; null where they do not say */
    changedAt: moment(),
    receivedAt: moment().notNull(),
    state: text({ enum: HOTLINE_STATES }),
    asks: text().array().$type<HotlineAsk[]>().notNull().default(sql`'{}'`),
    /** what was added or given as a reason, masked */
    words: text().notNull(),
    dueAt: moment(),
    /** they closed it with this version */
    closedThere: boolean().notNull().default(false),
    /** their columns as they came, masked, without the caller */
    raw: jsonb().$type<Record<string, string>>().notNull(),
    outcome: text({ enum: HOTLINE_OUTCOMES }).notNull(),
    /** why it was kept, in words */
    reason: text(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    uniqueIndex("hotline_updates_once").on(t.site, t.line, t.orderNo, t.digest),
  ],
);

/** What goes back to a hotline, written with the change of the event. */
export const hotlineAnswers = pgTable(
  "hotline_answers",
  {
    site: site(),
    /** ordered by time; the hotline knows a repeat by it */
    id: uuid().notNull(),
    line: text({ enum: HOTLINE_LINES }).notNull(),
    orderNo: text().notNull(),
    eventNo: text().notNull(),
    kind: text({ enum: ANSWER_KINDS }).notNull(),
    state: text({ enum: HOTLINE_STATES }).notNull(),
    text: text().notNull(),
    /** who handled it; null while nobody does */
    orgName: text(),
    at: moment().notNull(),
    sendState: text({ enum: ANSWER_STATES }).notNull().default("pending"),
    attempts: integer().notNull().default(0),
    /** pending: not before this moment of real time; a claim moves it ahead as its lease */
    nextTryAt: moment(),
    road: text({ enum: ANSWER_ROADS }),
    sentAt: moment(),
    /** what the other side gave back, the mail's message id, or the name of the file */
    receipt: text(),
    problem: text(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    index("hotline_answers_of").on(t.site, t.line, t.orderNo, t.id),
    index("hotline_answers_pending").on(t.site, t.line, t.id).where(sql`send_state = 'pending'`),
  ],
);

/** Signed calls that were taken: none is taken twice while its signature holds. */
export const hotlineNonces = pgTable(
  "hotline_nonces",
  { site: site(), nonce: text().notNull(), at: moment().notNull() },
  (t) => [
    primaryKey({ columns: [t.site, t.nonce] }),
    index("hotline_nonces_by_time").on(t.site, t.at),
  ],
);

/** Mails of a hotline that were read, by their Message-ID. */
export const hotlineMails = pgTable(
  "hotline_mails",
  {
    site: site(),
    line: text({ enum: HOTLINE_LINES }).notNull(),
    messageId: text().notNull(),
    at: moment().notNull(),
    /** `aside`: a person has to look; why stands beside it */
    outcome: text({ enum: ["done", "aside"] }).notNull(),
    orders: integer().notNull(),
    reason: text(),
  },
  (t) => [primaryKey({ columns: [t.site, t.line, t.messageId] })],
);

/** A hotline's words for ours (hotline-mapping.csv); the usual ones are built in. */
export const hotlineMappings = pgTable(
  "hotline_mappings",
  {
    site: site(),
    line: text({ enum: HOTLINE_LINES }).notNull(),
    kind: text({ enum: MAPPING_KINDS }).notNull(),
    theirs: text().notNull(),
    ours: text().notNull(),
    active: boolean().notNull().default(true),
  },
  (t) => [primaryKey({ columns: [t.site, t.line, t.kind, t.theirs, t.ours] })],
);
