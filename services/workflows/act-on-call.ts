import type { Db } from "../../db/client.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import { appendCallStep, applyCallChange, keepItemOfCall } from "../../db/queries/call-writes.ts";
import { type CallRecord, findCall } from "../../db/queries/calls.ts";
import type { Actor } from "../domain/actor.ts";
import type { CallChange } from "../domain/call-actions/decision.ts";
import type { CallCommand } from "../domain/call-command.ts";
import type { CallAction } from "../domain/call-ticket.ts";
import { decideCall } from "../domain/decide-call.ts";
import { notePressed } from "../domain/pressed-at.ts";
import { type Refusal, refuse } from "../domain/refusal.ts";
import { itemOf, keepCallObligations } from "./call-surroundings.ts";
import { queueUpward } from "./call-upward.ts";
import type { Office } from "./office.ts";
import { refuseAudited } from "./refuse-audited.ts";
import { tellAboutCall } from "./tell-about-call.ts";

export type CallOutcome = { ok: true; call: CallRecord; change: CallChange } | Refusal<CallAction>;

/**
 * Does one thing to one call: decides, and writes state, departments, step, obligations, audit and what
 * is to be said. Belongs to the caller's transaction. Compare `actOnEvent`.
 */
export async function actOnCall(
  tx: Db,
  office: Office,
  no: string,
  command: CallCommand,
  actor: Actor,
  messageId: string | null,
  pressedAt: Date | null = null,
): Promise<CallOutcome> {
  const before = await findCall(tx, no, "lock");
  const at = office.clock.now();
  const subject = { type: "callTicket", no };
  const entry = { at, actor, subject };
  if (before === null) return refuseAudited(tx, entry, refuse(command.action, "notFound"));
  const decision = decideCall(before.state, command, {
    actor,
    now: at,
    policy: office.policy,
    calendar: office.calendar,
    item: await itemOf(tx, before.state),
  });
  if (!decision.ok) return refuseAudited(tx, entry, decision);
  await applyCallChange(tx, before, decision);
  const { itemNo } = decision.patch;
  if (itemNo != null && itemNo !== before.state.itemNo)
    await keepItemOfCall(tx, no, await itemOf(tx, { itemNo }));
  const stepId = await appendCallStep(tx, {
    callNo: no,
    at,
    action: decision.action,
    from: decision.from,
    to: decision.to,
    actor,
    note: notePressed(decision.note, pressedAt),
    messageId,
  });
  await writeAudit(tx, { at, actor, action: command.action, subject, outcome: "done" });
  const after = await findCall(tx, no);
  if (after === null) throw new Error(`Call ${no} vanished while it was being changed.`);
  await keepCallObligations(tx, office, after, decision.action);
  await tellAboutCall(tx, office, stepId, decision.notices, after);
  await queueUpward(tx, office, no, decision);
  return { ok: true, call: after, change: decision };
}
