import { sql } from "drizzle-orm";
import {
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { ActorRef } from "../../services/domain/actor.ts";
import { moment, site } from "./columns.ts";

/** Who did, tried or looked at what. Appended only; the product's database user needs no UPDATE on it. */
export const audit = pgTable(
  "audit",
  {
    site: site(),
    id: uuid().notNull(),
    at: moment().notNull(),
    actor: jsonb().$type<ActorRef>().notNull(),
    action: text().notNull(),
    subjectType: text().notNull(),
    subjectNo: text(),
    outcome: text({ enum: ["done", "refused"] }).notNull(),
    reason: text(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    index("audit_of").on(t.site, t.subjectNo, t.id),
    index("audit_by_person").on(t.site, sql`(actor->>'personId')`, t.id),
    index("audit_by_action").on(t.site, t.action, t.id),
  ],
);

/**
 * A chain over the audit trail: each seal covers the entries since the one before, and its hash goes on
 * from that one's, so that nothing sealed can be changed, removed or slipped in without being noticed.
 */
export const auditSeals = pgTable(
  "audit_seals",
  {
    site: site(),
    /** from 1 on, without gaps */
    seq: integer().notNull(),
    /** the last entry it covers; entries are in the order of their ids */
    throughId: uuid().notNull(),
    entries: integer().notNull(),
    /** SHA-256, hexadecimal */
    hash: text().notNull(),
    /** real time */
    sealedAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.seq] })],
);

/** Bearer tokens of people. Only the SHA-256 of a token is kept. */
export const apiTokens = pgTable(
  "api_tokens",
  {
    site: site(),
    hash: text().notNull(),
    personId: text().notNull(),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    revokedAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.hash] }),
    index("api_tokens_by_person").on(t.site, t.personId),
  ],
);

/** Who is signed in on the pages. Only the SHA-256 of the cookie is kept; an ended row stays as a record. */
export const sessions = pgTable(
  "sessions",
  {
    site: site(),
    id: uuid().notNull(),
    hash: text().notNull(),
    /** null: whoever showed the administrator's token */
    personId: text(),
    /** of the token it was opened with, where it was: the session lives no longer than that */
    tokenHash: text(),
    /** what the browser calls itself, shortened, so that people know their own devices */
    device: text().notNull(),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    endedAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    uniqueIndex("sessions_by_hash").on(t.site, t.hash),
    index("sessions_by_person").on(t.site, t.personId, t.createdAt),
  ],
);

/** What phones sent with a key of their own: an action under the same key is the same press. */
export const presses = pgTable(
  "presses",
  {
    site: site(),
    /** person of the registry, or `token` */
    who: text().notNull(),
    key: uuid().notNull(),
    subjectNo: text().notNull(),
    at: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.who, t.key] }),
    index("presses_by_time").on(t.site, t.at),
  ],
);

/** What somebody at a desk looks at: one subject a person, forgotten by itself after half a minute. */
export const looks = pgTable(
  "looks",
  {
    site: site(),
    personId: text().notNull(),
    subjectNo: text().notNull(),
    /** real time */
    until: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.personId] })],
);

/** 「删除我的信息」: what was asked and what was done about it. */
export const erasures = pgTable(
  "erasures",
  {
    site: site(),
    id: uuid().notNull(),
    channel: text().notNull(),
    platformUserId: text().notNull(),
    requestedAt: moment().notNull(),
    doneAt: moment(),
    result: jsonb().$type<Record<string, number>>(),
  },
  (t) => [primaryKey({ columns: [t.site, t.id] })],
);

/** The last number given out, per subject and day. */
export const counters = pgTable(
  "counters",
  {
    site: site(),
    name: text().notNull(),
    day: text().notNull(),
    value: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.name, t.day] })],
);
