import type { Db } from "../../db/client.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import { nextNumber } from "../../db/queries/counters.ts";
import { findGrid } from "../../db/queries/directory.ts";
import { appendStep, insertEvent, insertReporter } from "../../db/queries/event-writes.ts";
import { type EventRecord, eventOfMessage, findEvent } from "../../db/queries/events.ts";
import { acceptedByRule } from "../domain/accepted-by-rule.ts";
import { type Actor, SYSTEM } from "../domain/actor.ts";
import { deadline } from "../domain/deadline.ts";
import {
  type EventSource,
  type EventStatus,
  isOpenEvent,
  type MissingElement,
  type Place,
} from "../domain/event.ts";
import { newEventParams, tell } from "../domain/event-actions/decision.ts";
import { underHotlineDue } from "../domain/hotline/due.ts";
import type { HotlineRef } from "../domain/hotline/line.ts";
import type { EventLevel, Urgency } from "../domain/level.ts";
import type { Notice } from "../domain/notice.ts";
import type { Platform } from "../domain/platform.ts";
import { MINUTE_MS } from "../domain/time.ts";
import { actOnEvent } from "./act-on-event.ts";
import { eventOwners } from "./event-surroundings.ts";
import { linkOrder } from "./hotline/link-order.ts";
import { keepObligations } from "./keep-obligations.ts";
import type { Office } from "./office.ts";
import { tellPeople } from "./tell.ts";
import { warnOfCollective } from "./warn-of-collective.ts";

/** A problem as reported and understood, ready to become an event. Texts are masked. */
export interface Report {
  kind: string;
  category: string;
  platform: Platform | null;
  level: EventLevel;
  urgency: Urgency;
  summary: string;
  words: string;
  place: Place;
  /** where the reporter's group belongs, when the place itself says nothing */
  groupGridCode: string | null;
  timeText: string | null;
  people: number | null;
  missing: MissingElement[];
  confidential: boolean;
  emergency: boolean;
  /** whoever reports it has dealt with it: the command room hears of the result, not of a new event */
  dealtWith?: boolean;
  source: EventSource;
  /** the hotline's order that it is made of, with the hotline's deadline */
  order?: HotlineRef & { dueAt: Date | null };
  parse: {
    by: "rules" | "model" | "hybrid" | "person";
    promptVersion: string | null;
    confidence: number;
    candidates: { category: string; score: number }[];
    /** the first candidate is not to be taken for granted */
    unsure?: boolean;
    opinions?: { rules: string | null; model: string | null };
    /** the number of an event that this one may only repeat */
    possibleDuplicate?: string;
  };
}

export interface ReportedBy {
  actor: Actor;
  channel: string;
  platformUserId: string;
  conversation: { id: string; type: "group" | "private" };
  reply: { url: string; expiresAt: Date } | null;
  /** the inbox message and the item in it; the same item never makes two events */
  message: { id: string; item: number } | null;
}

/**
 * Makes an event of a report: number, reporter, first step, obligations, and the word to the command
 * room. What lacks an element stays a draft until it is named or the time for it runs out; an
 * emergency never waits. Belongs to the caller's transaction.
 */
export async function reportEvent(
  tx: Db,
  office: Office,
  report: Report,
  by: ReportedBy,
): Promise<EventRecord> {
  if (by.message !== null) {
    const made = await eventOfMessage(tx, by.message.id, by.message.item);
    const event = made === null ? null : await findEvent(tx, made);
    if (event !== null) return event;
  }
  const at = office.clock.now();
  const no = await nextNumber(tx, "event", at);
  const gridCode = report.place.gridCode ?? report.groupGridCode;
  const grid = gridCode === null ? null : await findGrid(tx, gridCode);
  const status: EventStatus =
    report.missing.length > 0 && !report.emergency ? "draft" : "pendingAccept";

  await insertEvent(tx, {
    no,
    status,
    kind: report.kind,
    category: report.category,
    platform: report.platform,
    level: report.level,
    urgency: report.urgency,
    summary: report.summary,
    words: report.words,
    placeRaw: report.place.raw,
    addressCode: report.place.addressCode,
    gridCode,
    lng: report.place.lng,
    lat: report.place.lat,
    streetCode: grid?.streetCode ?? by.actor.streetCode,
    source: report.source,
    timeText: report.timeText,
    people: report.people,
    confidential: report.confidential,
    missing: report.missing,
    draftUntil:
      status === "draft" ? new Date(at.getTime() + office.policy.draftMinutes * MINUTE_MS) : null,
    ...underHotlineDue(
      {
        dueAt: deadline(at, office.policy.events[report.urgency].complete, office.calendar),
        ownDueAt: null,
        hotlineDueAt: null,
      },
      report.order?.dueAt ?? null,
    ),
    parse: report.parse,
    createdAt: at,
    messageId: by.message?.id ?? null,
    messageItem: by.message?.item ?? null,
  });
  await insertReporter(tx, {
    eventNo: no,
    personId: by.actor.personId,
    channel: by.channel,
    platformUserId: by.platformUserId,
    conversationId: by.conversation.id,
    conversationType: by.conversation.type,
    reply:
      by.reply === null ? null : { url: by.reply.url, expiresAt: by.reply.expiresAt.toISOString() },
    words: report.words,
    messageId: by.message?.id ?? null,
    first: true,
    joinedAt: at,
  });
  await appendStep(tx, {
    eventNo: no,
    at,
    action: "report",
    from: null,
    to: status,
    actor: by.actor,
    note: report.words,
    messageId: by.message?.id ?? null,
  });
  await writeAudit(tx, {
    at,
    actor: by.actor,
    action: "report",
    subject: { type: "event", no },
    outcome: "done",
  });
  if (report.order !== undefined) await linkOrder(tx, report.order, { no, status }, at);
  const event = await read(tx, no);
  await keepObligations(tx, office, event, await eventOwners(tx, event.state), null);
  if (report.dealtWith) return event;
  const announced = await announce(tx, office, event, report.emergency);
  await warnOfCollective(tx, office, announced);
  return announced;
}

/** Tells the command room of a new event, or has the rules accept it. Said twice it is told once. */
export async function announce(
  tx: Db,
  office: Office,
  event: EventRecord,
  emergency: boolean,
): Promise<EventRecord> {
  if (takenByRule(office, event)) return acceptByRule(tx, office, event);
  await tellPeople(tx, office, "report", firstNotices(event, emergency), null, event);
  return event;
}

/** Complaints about officials (工作人员作风) are the supervisors' too. */
const CONDUCT = "complaint.conduct";

function firstNotices({ state, row }: EventRecord, emergency: boolean): Notice[] {
  if (state.status === "draft") return [];
  const params = newEventParams(state);
  return emergency
    ? [
        { ...tell("commandRoom", "emergencyRaised", state, params), urgent: true },
        { ...tell("dispatchers", "emergencyRaised", state, params), urgent: true },
      ]
    : [
        tell("commandRoom", "newEvent", state, { ...params, orRather: orRather(row) }),
        ...(row.category === CONDUCT ? [tell("supervisors", "conductReported", state)] : []),
      ];
}

/** Where the reading was unsure: the other categories that it may be, best first. */
const orRather = ({ category, parse }: EventRecord["row"]): string[] =>
  parse.unsure === true
    ? parse.candidates.map((one) => one.category).filter((slug) => slug !== category)
    : [];

const takenByRule = (office: Office, { state }: EventRecord): boolean =>
  state.status === "pendingAccept" && acceptedByRule(state, office.policy);

/**
 * Accepts and assigns what the district lets its rules decide, and tells the command room who got it;
 * off unless a level was set.
 */
export async function acceptByRule(
  tx: Db,
  office: Office,
  event: EventRecord,
): Promise<EventRecord> {
  const { state } = event;
  if (!takenByRule(office, event)) return event;
  const accepted = await actOnEvent(
    tx,
    office,
    state.no,
    { action: "accept", note: "按规则自动受理" },
    SYSTEM,
    null,
  );
  if (!accepted.ok) return event;
  const assigned = await actOnEvent(
    tx,
    office,
    state.no,
    { action: "assign", supportOrgCodes: [], note: "按职责清单自动交办" },
    SYSTEM,
    null,
  );
  const after = assigned.ok ? assigned.event : accepted.event;
  const lead = after.state.assignees.find((assignee) => assignee.role === "lead");
  const params = { ...newEventParams(after.state), lead: lead?.orgCode ?? null };
  await tellPeople(
    tx,
    office,
    "byRule",
    [tell("commandRoom", "acceptedByRule", after.state, params)],
    event,
    after,
  );
  return after;
}

async function read(tx: Db, no: string): Promise<EventRecord> {
  const event = await findEvent(tx, no);
  if (event === null || !isOpenEvent(event.state.status))
    throw new Error(`Event ${no} was not written.`);
  return event;
}
