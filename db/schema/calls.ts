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
  uuid,
} from "drizzle-orm/pg-core";
import type { ActorRef } from "../../services/domain/actor.ts";
import {
  CALL_STATUSES,
  CALL_TYPES,
  type CallResponse,
  type CallStep,
  type CallSupervision,
  RESPONSE_STATUSES,
} from "../../services/domain/call-ticket.ts";
import { PHOTO_STAGES } from "../../services/domain/photo-stage.ts";
import type { ResponsibilityItem } from "../../services/domain/responsibility.ts";
import { UPWARD_OCCASIONS, UPWARD_ROADS, UPWARD_STATES } from "../../services/domain/upward.ts";
import { moment, site } from "./columns.ts";

/** Call tickets (呼叫工单) of 街呼区应. */
export const callTickets = pgTable(
  "call_tickets",
  {
    site: site(),
    no: text().notNull(),
    status: text({ enum: CALL_STATUSES }).notNull(),
    callType: text({ enum: CALL_TYPES }).notNull(),
    /** item of the 属地管理清单 */
    itemNo: text(),
    /** the item as the list had it when the call came under it: a later list rewrites no call's limits */
    item: jsonb().$type<ResponsibilityItem | null>(),
    streetCode: text().notNull(),
    cause: text().notNull(),
    summary: text().notNull(),
    place: jsonb().$type<StoredPlace>().notNull(),
    wantedDepts: text().array().notNull(),
    reportAt: moment(),
    reportPlace: jsonb().$type<StoredPlace>().notNull(),
    approval: jsonb().$type<{ by: ActorRef; at: string } | null>(),
    approvalRefusal: jsonb().$type<{ by: ActorRef; at: string; reason: string } | null>(),
    demands: jsonb().$type<readonly CallSupervision[]>().notNull().default([]),
    createdBy: jsonb().$type<ActorRef>().notNull(),
    /** the event it grew out of */
    eventNo: text(),
    closingOpinion: text(),
    followUp: jsonb().$type<{ result: string; at: string } | null>(),
    createdAt: moment().notNull(),
    dispatchedAt: moment(),
    closedAt: moment(),
    /** the message that drafted it: the same message never drafts twice */
    messageId: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.no] }),
    index("call_tickets_newest").on(t.site, t.createdAt, t.no),
    index("call_tickets_by_status").on(t.site, t.status, t.createdAt),
    index("call_tickets_by_street").on(t.site, t.streetCode, t.createdAt),
    index("call_tickets_of_message").on(t.site, t.messageId),
  ],
);

export interface StoredPlace {
  raw: string | null;
  addressCode: string | null;
  gridCode: string | null;
  lng: number | null;
  lat: number | null;
}

export interface StoredCheckIn {
  at: string;
  lng: number | null;
  lat: number | null;
  distanceM: number | null;
  late: boolean;
  headcount: number | null;
}

export interface StoredFault {
  fault: string;
  evidence: string;
  recordedAt: string;
  finding: { by: string | null; at: string; note: string | null } | null;
  circulated?: boolean;
  appeal: { by: string | null; at: string; note: string } | null;
}

/** What each department owes a call and did; a department that was let go and is called again gets a new row. */
export const callResponses = pgTable(
  "call_responses",
  {
    site: site(),
    id: uuid().notNull(),
    callNo: text().notNull(),
    deptCode: text().notNull(),
    status: text({ enum: RESPONSE_STATUSES }).notNull(),
    headcount: integer(),
    promised: integer(),
    dispatchedAt: moment().notNull(),
    respondBy: moment().notNull(),
    respondedAt: moment(),
    arriveBy: moment().notNull(),
    etaMinutes: integer(),
    claim: jsonb().$type<StoredCheckIn | null>(),
    checkIn: jsonb().$type<StoredCheckIn | null>(),
    completedAt: moment(),
    completion: text(),
    completeBy: moment(),
    delayRequest: jsonb().$type<CallResponse["delayRequest"]>(),
    delayApproved: boolean().notNull().default(false),
    declineReason: text(),
    releasedAt: moment(),
    score: doublePrecision(),
    scoreComment: text(),
    faults: jsonb().$type<StoredFault[]>().notNull().default([]),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    index("call_responses_of").on(t.site, t.callNo),
    index("call_responses_by_dept").on(t.site, t.deptCode, t.dispatchedAt),
  ],
);

/** What happened to a call; appended, never edited. */
export const callSteps = pgTable(
  "call_steps",
  {
    site: site(),
    id: uuid().notNull(),
    callNo: text().notNull(),
    at: moment().notNull(),
    action: text().$type<CallStep>().notNull(),
    from: text({ enum: CALL_STATUSES }),
    to: text({ enum: CALL_STATUSES }).notNull(),
    actor: jsonb().$type<ActorRef>().notNull(),
    note: text(),
    messageId: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    index("call_steps_of").on(t.site, t.callNo, t.id),
  ],
);

/**
 * One-time links and codes: to the check-in page, to sign in, to bind an account. Only the SHA-256 of a
 * key is kept.
 */
export const links = pgTable(
  "links",
  {
    site: site(),
    hash: text().notNull(),
    purpose: text({ enum: ["checkIn", "login", "account"] }).notNull(),
    /** checkIn: the call; login, account: the person */
    subjectNo: text().notNull(),
    orgCode: text().notNull(),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    usedAt: moment(),
  },
  (t) => [primaryKey({ columns: [t.site, t.hash] }), index("links_of").on(t.site, t.subjectNo)],
);

/** Pictures that departments took when they came and of what they did; the bytes lie under DATA_DIR/attachments. */
export const callPhotos = pgTable(
  "call_photos",
  {
    site: site(),
    id: uuid().notNull(),
    callNo: text().notNull(),
    deptCode: text().notNull(),
    stage: text({ enum: PHOTO_STAGES }).notNull().default("arrival"),
    /** path below DATA_DIR/attachments */
    path: text().notNull(),
    mime: text().notNull(),
    bytes: integer().notNull(),
    createdAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site, t.id] }), index("call_photos_of").on(t.site, t.callNo)],
);

/** Calls on their way up to the district's 12345 platform, and what came back. */
export const upwardCalls = pgTable(
  "upward_calls",
  {
    site: site(),
    id: uuid().notNull(),
    callNo: text().notNull(),
    occasion: text({ enum: UPWARD_OCCASIONS }).notNull(),
    state: text({ enum: UPWARD_STATES }).notNull().default("pending"),
    attempts: integer().notNull().default(0),
    /** pending: not before this moment, which is real time; a claim moves it ahead as its lease */
    nextTryAt: moment(),
    /** by which road it left: as a mail, or as files for somebody to upload */
    road: text({ enum: UPWARD_ROADS }),
    sentAt: moment(),
    /** the mail's message id, or the name of the exported file */
    receipt: text(),
    /** what the platform gave back, as somebody noted it */
    acknowledgement: text(),
    acknowledgedAt: moment(),
    problem: text(),
    createdAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.site, t.id] }),
    index("upward_calls_of").on(t.site, t.callNo),
    index("upward_calls_pending").on(t.site, t.id).where(sql`state = 'pending'`),
  ],
);
