import { z } from "zod";
import type { EventRecord, StepRow } from "../../../db/queries/events.ts";
import type { HotlineOrderRow } from "../../../db/queries/hotline.ts";
import type { Actor } from "../../domain/actor.ts";
import { allowedEventActions } from "../../domain/decide-event.ts";
import {
  ASSIGNEE_ROLES,
  EVENT_ACTIONS,
  EVENT_SOURCES,
  EVENT_STATUS_NAMES,
  EVENT_STATUSES,
  EVENT_STEPS,
  type EventStatus,
  MISSING_ELEMENTS,
} from "../../domain/event.ts";
import { hiddenOfStep } from "../../domain/event-privacy.ts";
import { EVENT_LEVELS, URGENCIES } from "../../domain/level.ts";
import { rereadOccurrence } from "../../domain/occurrence/occurrence.ts";
import { PLATFORMS } from "../../domain/platform.ts";
import { isoLocal } from "../../domain/time.ts";
import { HotlineRefResource, hotlineRefResource } from "./hotline.ts";
import { ActorResource, HIDDEN_ACTOR, Moment, momentOrNull } from "./shared.ts";
import { SupervisionResource, supervisionResource } from "./supervision.ts";

export const PlaceResource = z.object({
  raw: z.string().nullable().describe("as people call it, corrected if they corrected it"),
  addressCode: z.string().nullable(),
  gridCode: z.string().nullable(),
  lng: z.number().nullable(),
  lat: z.number().nullable(),
});

const OccurrenceResource = z.object({
  text: z.string().describe("the words"),
  from: Moment.nullable(),
  to: Moment.nullable().describe("up to but without it; null: left open"),
  durationMinutes: z.number().nullable().describe("a month counts 30 days"),
  every: z
    .object({
      unit: z.enum(["second", "minute", "hour", "day", "week", "month", "year"]),
      count: z.number(),
    })
    .nullable()
    .describe("how often it comes"),
});

const StepResource = z.object({
  at: Moment,
  action: z.enum(EVENT_STEPS),
  actor: ActorResource,
  note: z.string().nullable(),
  from: z.enum(EVENT_STATUSES).nullable(),
  to: z.enum(EVENT_STATUSES),
});

export const EventResource = z
  .object({
    no: z.string(),
    status: z.enum(EVENT_STATUSES),
    statusName: z.string().describe("as people say it"),
    kind: z.string(),
    category: z.string().describe("slug of the catalog"),
    platform: z.enum(PLATFORMS).nullable(),
    level: z.union(EVENT_LEVELS.map((level) => z.literal(level))),
    urgency: z.enum(URGENCIES),
    summary: z.string(),
    place: PlaceResource,
    occurrence: OccurrenceResource.nullable().describe("when it happened, as the reporter told it"),
    streetCode: z.string().nullable(),
    source: z.enum(EVENT_SOURCES),
    orders: z
      .array(HotlineRefResource)
      .describe("the hotlines' orders it was made of, or that were merged into it"),
    reporterCount: z.number().int(),
    assignees: z.array(
      z.object({
        orgCode: z.string(),
        personId: z.string().nullable(),
        name: z.string().nullable(),
        role: z.enum(ASSIGNEE_ROLES),
        signed: z.boolean(),
      }),
    ),
    dueAt: Moment.nullable().describe("when the work must be done"),
    overdue: z.boolean().describe("the work, or another duty on the event, is beyond its time"),
    createdAt: Moment,
    completedAt: Moment.nullable(),
    closedAt: Moment.nullable(),
    demands: z
      .array(SupervisionResource)
      .describe("催办, 督办, 批示 that wait for their answers, the oldest first"),
    confidential: z.boolean(),
    selfHandled: z.boolean(),
    reopenCount: z.number().int(),
    mergedInto: z.string().nullable(),
    missing: z.array(z.enum(MISSING_ELEMENTS)),
    steps: z.array(StepResource),
    parse: z.object({
      by: z.enum(["rules", "model", "hybrid", "person"]),
      promptVersion: z.string().nullable(),
      confidence: z.number(),
    }),
    words: z
      .string()
      .nullable()
      .describe(
        "the first reporter's words, masked; null in lists and for those who only handle it",
      ),
    allowed: z.array(z.enum(EVENT_ACTIONS)).describe("what you may do to it now"),
  })
  .meta({ id: "Event" });
export type EventResource = z.infer<typeof EventResource>;

/** Somebody owes the work itself; afterwards only verification, feedback and closing are owed. */
const WORK_OWED: readonly EventStatus[] = [
  "draft",
  "pendingAccept",
  "accepted",
  "assigned",
  "handling",
  "escalated",
  "consulting",
];

/**
 * An event as one reader sees it.
 *
 * @param reporters - `shown` only where the reading is audited; a reader's own steps are always shown
 * @param lateDuty - whether a duty on the event is open beyond its time
 * @param orders - of hotlines, of this event and perhaps of others
 */
export function eventResource(
  { row, state }: EventRecord,
  steps: readonly StepRow[],
  reader: Actor,
  reporters: "shown" | "hidden",
  now: Date,
  lateDuty: boolean,
  orders: readonly HotlineOrderRow[],
): EventResource {
  const workIsLate = row.dueAt !== null && row.dueAt < now && WORK_OWED.includes(row.status);
  return {
    no: row.no,
    status: row.status,
    statusName: EVENT_STATUS_NAMES[row.status],
    kind: row.kind,
    category: row.category,
    platform: row.platform,
    level: row.level,
    urgency: row.urgency,
    summary: row.summary,
    place: state.place,
    occurrence: row.timeText === null ? null : occurrenceResource(row.timeText, row.createdAt),
    streetCode: row.streetCode,
    source: row.source,
    orders: orders.filter(({ eventNo }) => eventNo === row.no).map(hotlineRefResource),
    reporterCount: row.reporterCount,
    assignees: state.assignees.map(({ orgCode, personId, name, role, signed }) => ({
      orgCode,
      personId,
      name,
      role,
      signed,
    })),
    dueAt: momentOrNull(row.dueAt),
    overdue: workIsLate || lateDuty,
    createdAt: isoLocal(row.createdAt),
    completedAt: momentOrNull(row.completedAt),
    closedAt: momentOrNull(row.closedAt),
    demands: state.demands.map(supervisionResource),
    confidential: row.confidential,
    selfHandled: row.selfHandled,
    reopenCount: row.reopenCount,
    mergedInto: row.mergedInto,
    missing: row.missing,
    steps: steps.map((step) => stepResource(step)),
    parse: {
      by: row.parse.by,
      promptVersion: row.parse.promptVersion,
      confidence: row.parse.confidence,
    },
    words: reporters === "shown" ? row.words : null,
    allowed: allowedEventActions(state, reader),
  };

  function stepResource(step: StepRow) {
    const hidden =
      reporters === "shown" ? { actor: false, note: false } : hiddenOfStep(step, state, reader);
    return {
      at: isoLocal(step.at),
      action: step.action,
      actor: hidden.actor ? HIDDEN_ACTOR : step.actor,
      note: hidden.note ? null : step.note,
      from: step.from,
      to: step.to,
    };
  }
}

const MONTH_MINUTES = 30 * 1440;

/** Words of time mean moments as seen from when they were said. */
function occurrenceResource(text: string, saidAt: Date): z.infer<typeof OccurrenceResource> {
  const read = rereadOccurrence(text, saidAt);
  const { duration = null, recurring = null } = read ?? {};
  return {
    text,
    from: momentOrNull(read?.from ?? null),
    to: momentOrNull(read?.to ?? null),
    durationMinutes:
      duration === null ? null : Math.round(duration.months * MONTH_MINUTES + duration.minutes),
    every: recurring === null ? null : { unit: recurring.unit, count: recurring.count },
  };
}
