import { acceptedByRule } from "../accepted-by-rule.ts";
import type { EventState } from "../event.ts";
import type { Notice } from "../notice.ts";
import { standingsOf } from "../rights.ts";
import {
  type Decider,
  type DecisionContext,
  newEventParams,
  refused,
  tell,
  tellCommandRoom,
  workers,
} from "./decision.ts";

/** What the reporters themselves add, change and ask for. */

export const supplement: Decider<"supplement"> = (event, command, context) => {
  const patch = {
    ...placed(event, command.place, context),
    ...command.situation,
    missing: event.missing.filter(
      (element) =>
        !(element === "place" && command.place !== undefined) &&
        !(element === "situation" && command.situation !== undefined),
    ),
  };
  const complete = event.status === "draft" && (patch.missing.length === 0 || command.giveUp);
  return {
    to: event.status === "draft" && !complete ? "draft" : complete ? "pendingAccept" : event.status,
    patch,
    note: command.note,
    notices: complete
      ? firstNotices({ ...event, ...patch }, command.giveUp, context)
      : event.status === "draft"
        ? []
        : changed({ ...event, ...patch }, event, "supplemented", command.note),
  };
};

export const correct: Decider<"correct"> = (event, command, context) => {
  const before = event.place.raw;
  const patch = {
    ...placed(event, command.place, context),
    ...(command.place === undefined
      ? {}
      : { missing: event.missing.filter((element) => element !== "place") }),
    ...(command.category === undefined ? {} : { category: command.category }),
  };
  const note = [
    command.place === undefined ? null : `地点:${before ?? "未填"} → ${command.place.raw}`,
    command.category === undefined ? null : `类别:${event.category} → ${command.category}`,
    command.note ?? null,
  ]
    .filter((part) => part !== null)
    .join(";");
  return {
    patch,
    note,
    notices:
      event.status === "draft" ? [] : changed({ ...event, ...patch }, event, "corrected", note),
  };
};

/** What the rules accept at once is announced with who got it; what a person has to accept, before. */
const firstNotices = (
  event: EventState,
  unfinished: boolean,
  { policy }: DecisionContext,
): Notice[] =>
  !unfinished && acceptedByRule(event, policy)
    ? []
    : [tell("commandRoom", "newEvent", event, newEventParams(event))];

/** The named place, and the street it lies in: another street's command room may have to take over. */
function placed(
  event: EventState,
  place: EventState["place"] | undefined,
  { placeStreet }: DecisionContext,
): Partial<Pick<EventState, "place" | "streetCode">> {
  if (place === undefined) return {};
  return { place, streetCode: placeStreet ?? event.streetCode };
}

/** Whoever works on it hears of the change; a street it moves to or from hears that it has, or lost, it. */
function changed(after: EventState, before: EventState, kind: string, note: string): Notice[] {
  const told = tell(workers(before), kind, after, { note });
  if (after.streetCode === before.streetCode) return [told];
  const fresh = before.status === "pendingAccept";
  return [
    fresh
      ? tell("commandRoom", "newEvent", after, newEventParams(after))
      : tell("commandRoom", kind, after, { note }),
    tell("formerCommandRoom", "movedToOtherStreet", after, { place: after.place.raw }),
    ...(before.assignees.length > 0 ? [told] : []),
  ];
}

/** Of an emergency every further report is worth reading: it may say where, and who is in danger. */
export const join: Decider<"join"> = (event, command) => ({
  note: command.note ?? null,
  notices:
    event.kind === "emergency"
      ? [tell(workers(event), "reportedAgain", event, { note: command.note ?? null })]
      : [],
});

/**
 * Once somebody was sent out, the reporter asks for it and the command room decides (A05). Where
 * neighbours joined the report, its first reporter only leaves it.
 */
export const withdraw: Decider<"withdraw"> = (event, command, { actor }) => {
  const standings = standingsOf(actor, event);
  const decides =
    actor.power !== undefined || standings.has("commandRoom") || standings.has("commandCenter");
  if (!decides && event.reporters.length > 1)
    return { to: event.status, leaves: true, note: command.note ?? "报事人退出" };
  if (!decides && ["assigned", "handling", "escalated"].includes(event.status))
    return refused("notAllowed", { status: event.status });
  return {
    patch: { assignees: [], delayRequest: null },
    note: command.note ?? null,
    notices: [
      tell("formerAssignees", "withdrawn", event),
      ...(event.status === "draft" ? [] : tellCommandRoom(actor, "withdrawn", event)),
      ...(standings.has("firstReporter") ? [] : [tell("reporters", "withdrawnForReporter", event)]),
    ],
  };
};

export const requestWithdrawal: Decider<"requestWithdrawal"> = (event, command) => ({
  note: command.note ?? null,
  notices: [tell("commandRoom", "withdrawalRequested", event)],
});
