import { sql } from "drizzle-orm";
import {
  bigint,
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
import type { IncomingMessage } from "../../services/domain/incoming.ts";
import type { NoticeBody } from "../../services/domain/notice.ts";
import { moment, site } from "./columns.ts";

/** A message as it is kept: whoever it was passed on for is one encrypted value. */
export type StoredMessage = Omit<IncomingMessage, "onBehalfOf"> & {
  onBehalfOf: IncomingMessage["onBehalfOf"] | string;
};

export const INBOX_STATUSES = ["pending", "done", "failed"] as const;

/** What arrived. A row here is the acknowledgement's ground: stored first, then acked, then handled. */
export const inbox = pgTable(
  "inbox",
  {
    site: site(),
    /** UUIDv7: sorts by arrival */
    id: uuid().notNull(),
    channel: text().notNull(),
    dedupeKey: text().notNull(),
    /** conversation and sender: messages of one lane are handled in order, one at a time */
    lane: text().notNull(),
    /** the whole message, `onBehalfOf` encrypted; emptied of its words once it turns out to be no report */
    message: jsonb().$type<StoredMessage>().notNull(),
    receivedAt: moment().notNull(),
    status: text({ enum: INBOX_STATUSES }).notNull().default("pending"),
    attempts: integer().notNull().default(0),
    /** while it is in the future somebody is handling the message; real time, not the product's clock */
    leaseUntil: moment(),
    handledAt: moment(),
    /** what it was taken for: a MessageKind */
    kind: text(),
    /** for the sandbox and the desk: how the bot read it, without the words */
    reading: jsonb(),
    error: text(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    uniqueIndex("inbox_once").on(t.site, t.channel, t.dedupeKey),
    index("inbox_pending").on(t.site, t.lane, t.id).where(sql`status = 'pending'`),
  ],
);

export const OUTBOX_STATUSES = ["pending", "sent", "failed", "dropped"] as const;

/** What is to be said. Written with the change that causes it, sent afterwards. */
export const outbox = pgTable(
  "outbox",
  {
    site: site(),
    id: uuid().notNull(),
    /** recognises a repeat: the same key is written and sent once */
    key: text().notNull(),
    channel: text().notNull(),
    /** channel and conversation or person: messages to one address go out in order */
    address: text().notNull(),
    /** one of the two: where, or to whom in private */
    conversationId: text(),
    platformUserId: text(),
    mentions: text().array().notNull().default(sql`'{}'`),
    priority: text({ enum: ["emergency", "direct", "notice"] }).notNull(),
    reply: jsonb().$type<{ url: string; expiresAt: string } | null>(),
    body: jsonb().$type<NoticeBody>().notNull(),
    /** product time before which it must not go out (quiet hours) */
    notBefore: moment(),
    status: text({ enum: OUTBOX_STATUSES }).notNull().default("pending"),
    attempts: integer().notNull().default(0),
    /** real time */
    leaseUntil: moment(),
    /** real time */
    nextTryAt: moment(),
    lastError: text(),
    createdAt: moment().notNull(),
    sentAt: moment(),
    platformMessageId: text(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    uniqueIndex("outbox_once").on(t.site, t.key),
    index("outbox_to").on(t.site, t.address, t.id).where(sql`status = 'pending'`),
    index("outbox_due").on(t.site, t.priority, t.id).where(sql`status = 'pending'`),
  ],
);

/** A conversation of several turns, kept between its messages. */
export const dialogStates = pgTable(
  "dialog_states",
  {
    site: site(),
    lane: text().notNull(),
    state: jsonb().$type<Record<string, unknown>>().notNull(),
    updatedAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.lane] })],
);

export const ATTACHMENT_STATES = ["pending", "stored", "refused", "failed"] as const;

/** Pictures, speech and files that messages carried; the bytes lie under DATA_DIR. */
export const attachments = pgTable(
  "attachments",
  {
    site: site(),
    id: uuid().notNull(),
    messageId: uuid().notNull(),
    eventNo: text(),
    kind: text({ enum: ["picture", "audio", "video", "file"] }).notNull(),
    channel: text().notNull(),
    /** what the channel fetches it by */
    ref: text().notNull(),
    fileName: text(),
    transcript: text(),
    state: text({ enum: ATTACHMENT_STATES }).notNull().default("pending"),
    /** path below DATA_DIR/attachments */
    path: text(),
    mime: text(),
    bytes: integer(),
    sha256: text(),
    attempts: integer().notNull().default(0),
    nextTryAt: moment(),
    problem: text(),
    /** whoever sent it had their information deleted: it goes when its event has ended */
    erased: boolean().notNull().default(false),
    createdAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    index("attachments_erased").on(t.site, t.id).where(sql`erased`),
    index("attachments_pending").on(t.site, t.id).where(sql`state = 'pending'`),
    index("attachments_of_event").on(t.site, t.eventNo),
    index("attachments_of_message").on(t.site, t.messageId),
  ],
);

/** Transcript of the simulated channel. It plays the part of DingTalk's own history. */
export const sandboxMessages = pgTable(
  "sandbox_messages",
  {
    site: site(),
    id: uuid().notNull(),
    key: text().notNull(),
    conversationId: text().notNull(),
    /** `bot`, or the speaker's user id */
    from: text().notNull(),
    text: text().notNull(),
    at: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    uniqueIndex("sandbox_messages_once").on(t.site, t.key),
    index("sandbox_messages_of").on(t.site, t.conversationId, t.id),
  ],
);

/** The product's clock runs this far ahead of real time; only the sandbox moves it, only forward. */
export const productClock = pgTable("product_clock", {
  site: text().primaryKey(),
  offsetMs: bigint({ mode: "number" }).notNull().default(0),
});

export const residents = pgTable(
  "residents",
  {
    site: site(),
    id: uuid().notNull(),
    channel: text().notNull(),
    platformUserId: text().notNull(),
    /** when the privacy notice was given: with the first real answer in a private chat */
    noticeGivenAt: moment(),
    erased: boolean().notNull().default(false),
    createdAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    uniqueIndex("residents_once").on(t.site, t.channel, t.platformUserId),
  ],
);
