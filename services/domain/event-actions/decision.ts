import type { Actor } from "../actor.ts";
import { API_CHANNEL } from "../api-sender.ts";
import type { WorkCalendar } from "../calendar.ts";
import type { Assignee, EventAction, EventState, EventStatus } from "../event.ts";
import type { CommandFor, EventCommand } from "../event-command.ts";
import type { Notice } from "../notice.ts";
import type { Policy } from "../policy.ts";
import type { Refusal } from "../refusal.ts";
import { standingsOf } from "../rights.ts";
import type { Route } from "../routing.ts";

/** What a decision may look at besides the event. Everything else is not its business. */
export interface DecisionContext {
  actor: Actor;
  now: Date;
  policy: Policy;
  calendar: WorkCalendar;
  /** the routing table's answer, for an assignment that names nobody */
  route: Route | null;
  /** the street of the place that the command names; null where it names none, or one of no street */
  placeStreet?: string | null;
  /** since when the event is consulted about; its limits stood still from then on */
  consultedSince?: Date | null;
}

/** What changes and what is said. The workflow writes it; nothing else is decided on the way. */
export interface EventChange {
  ok: true;
  action: EventAction;
  from: EventStatus;
  to: EventStatus;
  /** fields that change, besides the status */
  patch: Partial<Omit<EventState, "no" | "status" | "reporters">> & {
    mergedInto?: string;
    summary?: string;
  };
  /** for `rate` */
  rating?: number;
  /** the acting reporter leaves the event; the others stay with it */
  leaves?: true;
  note: string | null;
  notices: Notice[];
}

export type EventDecision = EventChange | Refusal<EventAction>;

/** What one action does, once the status allows it and the actor has the right. */
export type Decider<A extends EventCommand["action"]> = (
  event: EventState,
  command: CommandFor<A>,
  context: DecisionContext,
) => Outcome;

/** A decider's own part of the change; the frame adds action, from and the usual target. */
export interface Outcome {
  refusal?: Pick<Refusal, "code"> & { detail?: Record<string, unknown> };
  to?: EventStatus;
  patch?: EventChange["patch"];
  rating?: number;
  /** the acting reporter leaves the event; the others stay with it */
  leaves?: true;
  note?: string | null;
  notices?: Notice[];
}

export const refused = (code: Refusal["code"], detail?: Record<string, unknown>): Outcome => ({
  refusal: detail === undefined ? { code } : { code, detail },
});

export const needsReason = (reason: string | undefined): reason is undefined | "" =>
  reason === undefined || reason.trim() === "";

/** A notice to the command room, unless it was the command room that did it and reads the answer. */
export const tellCommandRoom = (
  actor: Actor,
  kind: string,
  event: EventState,
  params: Record<string, unknown> = {},
): Notice[] =>
  standingsOf(actor, event).has("commandRoom") ? [] : [tell("commandRoom", kind, event, params)];

/** What the command room has to know to decide on an event that is new to it. */
export const newEventParams = (event: EventState): Record<string, unknown> => ({
  category: event.category,
  level: event.level,
  urgency: event.urgency,
  place: event.place.raw,
  possibleDuplicate: event.possibleDuplicate,
  // Whoever reported by a hotline, an app or a device is in no chat, and was told no number to ring.
  heard: event.reporters.some(({ channel }) => channel !== API_CHANNEL),
});

/** A notice about an event; its number always goes along. */
export function tell(
  to: Notice["to"],
  kind: string,
  event: EventState,
  params: Record<string, unknown> = {},
): Notice {
  return { to, kind, params: { no: event.no, ...params }, urgent: event.urgency === "critical" };
}

/** The same to one person in private. */
export const tellPerson = (
  personId: string,
  kind: string,
  event: EventState,
  params: Record<string, unknown> = {},
): Notice => ({ ...tell("person", kind, event, params), personId });

export const leadOf = (event: EventState): Assignee | null =>
  event.assignees.find((assignee) => assignee.role === "lead") ?? null;

/** Whoever works on it now: its assignees, or the command room while it has none. */
export const workers = (event: EventState): Notice["to"] =>
  event.assignees.length > 0
    ? "assignees"
    : event.escalatedAt === null
      ? "commandRoom"
      : "commandCenter";
