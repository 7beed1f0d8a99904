import { sql } from "drizzle-orm";
import {
  boolean,
  doublePrecision,
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
import type { Limit } from "../../services/domain/deadline.ts";
import {
  EVENT_SOURCES,
  EVENT_STATUSES,
  type EventStep,
  type MissingElement,
} from "../../services/domain/event.ts";
import { type EventLevel, URGENCIES } from "../../services/domain/level.ts";
import { DUTIES, DUTY_SUBJECTS, type Ladder } from "../../services/domain/obligation.ts";
import { PHOTO_STAGES } from "../../services/domain/photo-stage.ts";
import { PLATFORMS } from "../../services/domain/platform.ts";
import type { Supervision } from "../../services/domain/supervision.ts";
import { moment, site } from "./columns.ts";

export const events = pgTable(
  "events",
  {
    site: site(),
    no: text().notNull(),
    status: text({ enum: EVENT_STATUSES }).notNull(),
    /** a MessageKind that may report */
    kind: text().notNull(),
    category: text().notNull(),
    platform: text({ enum: PLATFORMS }),
    level: integer().$type<EventLevel>().notNull(),
    urgency: text({ enum: URGENCIES }).notNull(),
    /** at most 40 characters, safe to show in a group */
    summary: text().notNull(),
    /** the reporter's words, masked */
    words: text().notNull(),
    placeRaw: text(),
    addressCode: text(),
    gridCode: text(),
    lng: doublePrecision(),
    lat: doublePrecision(),
    streetCode: text(),
    source: text({ enum: EVENT_SOURCES }).notNull(),
    /** when it happened, as said */
    timeText: text(),
    /** how many people it concerns, as said */
    people: integer(),
    confidential: boolean().notNull().default(false),
    selfHandled: boolean().notNull().default(false),
    missing: text().array().$type<MissingElement[]>().notNull().default(sql`'{}'`),
    clarifyRounds: integer().notNull().default(0),
    /** a draft nobody completes goes to a person at this moment */
    draftUntil: moment(),
    reporterCount: integer().notNull().default(1),
    reopenCount: integer().notNull().default(0),
    autoReopened: boolean().notNull().default(false),
    mergedInto: text(),
    escalatedAt: moment(),
    delayRequest: jsonb().$type<{
      workdays: number;
      reason: string;
      by: string | null;
    } | null>(),
    delayApproved: boolean().notNull().default(false),
    demands: jsonb().$type<readonly Supervision[]>().notNull().default([]),
    /** 双反馈: when the reporters and the command room were told of the result */
    reporterToldAt: moment(),
    commandRoomToldAt: moment(),
    acceptedAt: moment(),
    dueAt: moment(),
    /** ours, where a hotline's deadline stands beside it; `dueAt` is the shorter of the two */
    ownDueAt: moment(),
    hotlineDueAt: moment(),
    /** how the bot read it: by, promptVersion, confidence, candidates */
    parse: jsonb().$type<EventParse>().notNull(),
    createdAt: moment().notNull(),
    completedAt: moment(),
    closedAt: moment(),
    /** the message and the item in it that made the event: the same message never makes it twice */
    messageId: uuid(),
    messageItem: integer(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.no] }),
    uniqueIndex("events_once").on(t.site, t.messageId, t.messageItem),
    index("events_newest").on(t.site, t.createdAt, t.no),
    index("events_by_status").on(t.site, t.status, t.createdAt),
    index("events_near").on(t.site, t.gridCode, t.category, t.createdAt),
    // Wide enough to count from alone what is late of a street and a period.
    index("events_open_by_due")
      .on(t.site, t.dueAt, t.createdAt, t.streetCode, t.confidential)
      .where(
        sql`status not in ('completed', 'verified', 'closed', 'archived', 'merged', 'withdrawn', 'rejected')`,
      ),
    index("events_drafts").on(t.site, t.draftUntil).where(sql`status = 'draft'`),
  ],
);

export interface EventParse {
  by: "rules" | "model" | "hybrid" | "person";
  promptVersion: string | null;
  confidence: number;
  candidates: { category: string; score: number }[];
  /** the first candidate is not to be taken for granted */
  unsure?: boolean;
  /** where a model was heard: the category each chose; null for none */
  opinions?: { rules: string | null; model: string | null };
  /** the number of an event that this one may only repeat */
  possibleDuplicate?: string;
}

/** Who holds an event. A reassignment ends the row and writes another. */
export const eventAssignees = pgTable(
  "event_assignees",
  {
    site: site(),
    id: uuid().notNull(),
    eventNo: text().notNull(),
    orgCode: text().notNull(),
    personId: text(),
    role: text({ enum: ["lead", "support"] }).notNull(),
    assignedAt: moment().notNull(),
    signedAt: moment(),
    endedAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    index("event_assignees_of").on(t.site, t.eventNo),
    index("event_assignees_by_org").on(t.site, t.orgCode).where(sql`ended_at is null`),
  ],
);

export const eventReporters = pgTable(
  "event_reporters",
  {
    site: site(),
    id: uuid().notNull(),
    eventNo: text().notNull(),
    personId: text(),
    channel: text().notNull(),
    platformUserId: text().notNull(),
    /** where they said it, and so where they are answered */
    conversationId: text().notNull(),
    conversationType: text({ enum: ["group", "private"] }).notNull(),
    reply: jsonb().$type<{ url: string; expiresAt: string } | null>(),
    words: text().notNull(),
    messageId: uuid(),
    first: boolean().notNull(),
    rating: integer(),
    ratedAt: moment(),
    joinedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    uniqueIndex("event_reporters_once").on(t.site, t.eventNo, t.channel, t.platformUserId),
    index("event_reporters_by_user").on(t.site, t.channel, t.platformUserId, t.joinedAt),
  ],
);

/** What happened to an event, one row a step. Appended, never edited: a correction is another step. */
export const eventSteps = pgTable(
  "event_steps",
  {
    site: site(),
    id: uuid().notNull(),
    eventNo: text().notNull(),
    at: moment().notNull(),
    action: text().$type<EventStep>().notNull(),
    from: text({ enum: EVENT_STATUSES }),
    to: text({ enum: EVENT_STATUSES }).notNull(),
    actor: jsonb().$type<ActorRef>().notNull(),
    note: text(),
    /** the message it came from */
    messageId: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    index("event_steps_of").on(t.site, t.eventNo, t.id),
  ],
);

/** Pictures that workers took of their work; the bytes lie under DATA_DIR/attachments. */
export const eventPhotos = pgTable(
  "event_photos",
  {
    site: site(),
    /** made by the phone: the same picture sent twice is one */
    id: uuid().notNull(),
    eventNo: text().notNull(),
    stage: text({ enum: PHOTO_STAGES }).notNull(),
    by: jsonb().$type<ActorRef>().notNull(),
    /** path below DATA_DIR/attachments */
    path: text().notNull(),
    mime: text().notNull(),
    bytes: integer().notNull(),
    createdAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    index("event_photos_of").on(t.site, t.eventNo, t.createdAt),
  ],
);

/** Everything that somebody owes by a time. Fulfilling the duty closes the row in the same transaction. */
export const obligations = pgTable(
  "obligations",
  {
    site: site(),
    id: uuid().notNull(),
    subjectType: text({ enum: DUTY_SUBJECTS }).notNull(),
    subjectNo: text().notNull(),
    duty: text({ enum: DUTIES }).notNull(),
    ownerOrg: text(),
    ownerPerson: text(),
    /** tells duties of one kind and owner apart: the demand to answer, the department it is about */
    about: text(),
    /** its limit runs at night and on holidays */
    natural: boolean().notNull(),
    /** an emergency: may be reminded of at night */
    urgent: boolean().notNull().default(false),
    openedAt: moment().notNull(),
    dueAt: moment().notNull(),
    /** the policy it was opened under; a later change of limits rewrites nothing */
    policy: jsonb().$type<{ version: string; limit: Limit; ladder: Ladder }>().notNull(),
    step: integer().notNull().default(0),
    nextReminderAt: moment(),
    fulfilledAt: moment(),
    /** ended without being fulfilled: reassigned, withdrawn, merged */
    canceledAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    index("obligations_of").on(t.site, t.subjectNo),
    index("obligations_due")
      .on(t.site, t.dueAt, t.id)
      .where(sql`fulfilled_at is null and canceled_at is null`),
    index("obligations_remind")
      .on(t.site, t.nextReminderAt)
      .where(sql`fulfilled_at is null and canceled_at is null`),
    index("obligations_by_owner")
      .on(t.site, t.ownerOrg)
      .where(sql`fulfilled_at is null and canceled_at is null`),
  ],
);

export const patrolLogs = pgTable(
  "patrol_logs",
  {
    site: site(),
    id: uuid().notNull(),
    personId: text().notNull(),
    gridCode: text(),
    at: moment().notNull(),
    /** such as `{"独居老人": 6}`; no names are kept */
    counts: jsonb().$type<Record<string, number>>().notNull(),
    /** told by the phone page: when it began, in what words, where it ended; no track is kept */
    startedAt: moment(),
    note: text(),
    lng: doublePrecision(),
    lat: doublePrecision(),
    messageId: uuid(),
  },
  (t) => [primaryKey({ columns: [t.site, t.id] }), index("patrol_logs_by_time").on(t.site, t.at)],
);
