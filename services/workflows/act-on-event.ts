import type { Db } from "../../db/client.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import {
  appendStep,
  applyChange,
  removeReporter,
  setRating,
} from "../../db/queries/event-writes.ts";
import { type EventRecord, findEvent } from "../../db/queries/events.ts";
import { type Actor, SYSTEM } from "../domain/actor.ts";
import { decideEvent } from "../domain/decide-event.ts";
import { type EventAction, isOpenEvent } from "../domain/event.ts";
import { missingFeedback } from "../domain/event-actions/closing.ts";
import type { EventChange } from "../domain/event-actions/decision.ts";
import type { EventCommand } from "../domain/event-command.ts";
import { notePressed } from "../domain/pressed-at.ts";
import { type Refusal, refuse } from "../domain/refusal.ts";
import { isSamePerson } from "../domain/rights.ts";
import { consultedSince, eventOwners, routeFor, streetOf } from "./event-surroundings.ts";
import { mergeHotlineOrders } from "./hotline/merge-orders.ts";
import { queueHotlineAnswers } from "./hotline/queue-answers.ts";
import { keepObligations } from "./keep-obligations.ts";
import { mergeReporters } from "./merge-reporters.ts";
import type { Office } from "./office.ts";
import { refuseAudited } from "./refuse-audited.ts";
import { tellPeople } from "./tell.ts";

export type EventOutcome =
  | { ok: true; event: EventRecord; change: EventChange }
  | Refusal<EventAction>;

/**
 * Does one thing to one event: decides, and writes the new state, the step, the obligations, the audit
 * entry and everything that is to be said. Belongs to the caller's transaction.
 *
 * @param messageId - the inbox message it came from, for the history
 * @param pressedAt - when it was pressed, where a phone had no signal: the history says so
 */
export async function actOnEvent(
  tx: Db,
  office: Office,
  no: string,
  command: EventCommand,
  actor: Actor,
  messageId: string | null,
  pressedAt: Date | null = null,
): Promise<EventOutcome> {
  const before = await findEvent(tx, no, "lock");
  const subject = { type: "event", no };
  const at = office.clock.now();
  const entry = { at, actor, subject };
  if (before === null) return refuseAudited(tx, entry, refuse(command.action, "notFound"));
  const mergeTarget = command.action === "merge" ? await findEvent(tx, command.into, "lock") : null;
  if (
    command.action === "merge" &&
    (mergeTarget === null || !isOpenEvent(mergeTarget.state.status))
  ) {
    return refuseAudited(tx, entry, refuse(command.action, "notFound", [], { no: command.into }));
  }
  const decision = decideEvent(before.state, command, {
    actor,
    now: at,
    policy: office.policy,
    calendar: office.calendar,
    route: command.action === "assign" ? await routeFor(tx, before.state) : null,
    placeStreet: "place" in command ? await streetOf(tx, command.place?.gridCode ?? null) : null,
    consultedSince: await consultedSince(tx, before.state),
  });
  if (!decision.ok) return refuseAudited(tx, entry, decision);
  const after = await writeChange(tx, office, before, decision, actor, messageId, pressedAt);
  if (mergeTarget !== null) {
    await mergeReporters(tx, office, after, mergeTarget, actor);
    await mergeHotlineOrders(tx, office, no, mergeTarget.row.no);
  }
  return { ok: true, event: await closeOnceTold(tx, office, after), change: decision };
}

/** Writes a decision. Also used by rules that decide on their own, such as the closing after feedback. */
async function writeChange(
  tx: Db,
  office: Office,
  before: EventRecord,
  change: EventChange,
  actor: Actor,
  messageId: string | null,
  pressedAt: Date | null = null,
): Promise<EventRecord> {
  const at = office.clock.now();
  const { no } = before.row;
  await applyChange(tx, before, change, at);
  const rater = before.state.reporters.find((reporter) => isSamePerson(actor, reporter));
  if (change.rating !== undefined && rater !== undefined) {
    await setRating(tx, no, rater, change.rating, at);
  }
  if (change.leaves && rater !== undefined) await removeReporter(tx, no, rater);
  const stepId = await appendStep(tx, {
    eventNo: no,
    at,
    action: change.action,
    from: change.from,
    to: change.to,
    actor,
    note: notePressed(change.note, pressedAt),
    messageId,
  });
  await writeAudit(tx, {
    at,
    actor,
    action: change.action,
    subject: { type: "event", no },
    outcome: "done",
  });
  const after = await findEvent(tx, no);
  if (after === null) throw new Error(`Event ${no} vanished while it was being changed.`);
  await keepObligations(tx, office, after, await eventOwners(tx, after.state), change.action);
  await queueHotlineAnswers(tx, change, after, at);
  await tellPeople(tx, office, stepId, change.notices, before, after);
  return after;
}

/** A verified event whose reporters and command room have both been told closes by itself. */
export async function closeOnceTold(
  tx: Db,
  office: Office,
  event: EventRecord,
): Promise<EventRecord> {
  if (event.state.status !== "verified" || missingFeedback(event.state) !== null) return event;
  const closing: EventChange = {
    ok: true,
    action: "close",
    from: "verified",
    to: "closed",
    patch: {},
    note: "验收通过,双反馈完成",
    notices: [],
  };
  return writeChange(tx, office, event, closing, SYSTEM, null);
}
