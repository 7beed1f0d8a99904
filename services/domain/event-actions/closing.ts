import { deadline } from "../deadline.ts";
import type { EventState, EventStatus } from "../event.ts";
import { isSamePerson, standingsOf } from "../rights.ts";
import {
  type Decider,
  type DecisionContext,
  leadOf,
  needsReason,
  type Outcome,
  refused,
  tell,
  tellCommandRoom,
  workers,
} from "./decision.ts";

/** What comes after the work: verification, rating, doing it again, closing. */

export const verify: Decider<"verify"> = (event, command, context) => {
  const { actor } = context;
  if (
    actor.personId !== null &&
    event.assignees.some((a) => a.signed && a.personId === actor.personId)
  ) {
    return refused("verifierIsHandler");
  }
  const standings = standingsOf(actor, event);
  const asReporter = !standings.has("gridStaff") && standings.has("reporter");
  if (actor.power === undefined && asReporter && !event.selfHandled) return refused("noRight");
  if (!command.passed) {
    if (needsReason(command.reason)) return refused("reasonRequired");
    return sendBack(event, command.reason ?? "", context);
  }
  return { note: command.note ?? command.reason ?? null };
};

/** A score of 2 or less sends the event back, once by itself; after that a person decides. */
export const rate: Decider<"rate"> = (event, command, context) => {
  const own = event.reporters.find((reporter) => isSamePerson(context.actor, reporter));
  if (own === undefined) return refused("noRight");
  // Whoever was dissatisfied rates anew what was done again.
  if (own.rating !== null && own.rating > 2 && command.score > 2) return refused("alreadyRated");
  if (command.score > 2)
    return { rating: command.score, note: command.note ?? `${command.score}星` };
  if (event.autoReopened) {
    return {
      rating: command.score,
      note: command.note ?? `${command.score}星`,
      notices: [tell("commandRoom", "dissatisfiedAgain", event, { note: command.note ?? null })],
    };
  }
  const back = sendBack(event, command.note ?? "群众评价不满意", context);
  return { ...back, rating: command.score, patch: { ...back.patch, autoReopened: true } };
};

export const reopen: Decider<"reopen"> = (event, command, context) => {
  if (needsReason(command.reason)) return refused("reasonRequired");
  const standings = standingsOf(context.actor, event);
  const official =
    context.actor.power !== undefined ||
    standings.has("commandRoom") ||
    standings.has("gridStaff") ||
    standings.has("commandCenter");
  if (official) return sendBack(event, command.reason, context);
  if (event.autoReopened) {
    return {
      to: event.status,
      note: command.reason,
      notices: [tell("commandRoom", "dissatisfiedAgain", event, { note: command.reason })],
    };
  }
  const back = sendBack(event, command.reason, context);
  return { ...back, patch: { ...back.patch, autoReopened: true } };
};

/**
 * A note says that whoever no message could reach was told some other way. Before the verification that
 * is all it does; afterwards nothing is missing any more.
 */
export const close: Decider<"close"> = (event, command, { now }) => {
  const missing = missingFeedback(event);
  const byHand = missing !== null && !needsReason(command.note);
  if (event.status === "completed" && !byHand)
    return refused("notAllowed", { status: event.status });
  if (missing !== null && !byHand) return refused("feedbackMissing", { side: missing });
  return {
    patch: byHand
      ? {
          reporterToldAt: event.reporterToldAt ?? now,
          commandRoomToldAt: event.commandRoomToldAt ?? now,
        }
      : {},
    note: command.note ?? null,
  };
};

export const archive: Decider<"archive"> = (event, command) => {
  const missing = missingFeedback(event);
  if (missing !== null) return refused("feedbackMissing", { side: missing });
  return { note: command.note ?? null };
};

/** Which side of the 双反馈 has not been told yet; null when both have. */
export function missingFeedback(event: EventState): "reporter" | "commandRoom" | null {
  if (event.reporterToldAt === null) return "reporter";
  return event.commandRoomToldAt === null ? "commandRoom" : null;
}

/** Where an event goes back to: to whoever holds it, else to whoever has yet to sign or assign. */
export function reopenTarget(event: EventState): EventStatus {
  const lead = leadOf(event);
  if (lead === null) return event.escalatedAt === null ? "accepted" : "escalated";
  return lead.signed ? "handling" : "assigned";
}

function sendBack(
  event: EventState,
  reason: string,
  { actor, now, policy, calendar }: DecisionContext,
): Outcome {
  return {
    to: reopenTarget(event),
    patch: {
      reopenCount: event.reopenCount + 1,
      // Work that is done again gets its own limit; the first round's result stays in the history.
      dueAt: deadline(now, policy.events[event.urgency].complete, calendar),
      // A hotline's deadline of the first round that is over says nothing of the second.
      ...(event.hotlineDueAt !== null && event.hotlineDueAt <= now
        ? { hotlineDueAt: null, ownDueAt: null }
        : {}),
      reporterToldAt: null,
      commandRoomToldAt: null,
      selfHandled: false,
    },
    note: reason,
    notices: [
      tell(workers(event), "reopened", event, { reason }),
      ...(event.assignees.length > 0
        ? tellCommandRoom(actor, "reopenedForCommandRoom", event, { reason })
        : []),
    ],
  };
}
