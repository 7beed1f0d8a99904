import { and, eq } from "drizzle-orm";
import { type Actor, actorRef } from "../../services/domain/actor.ts";
import type { CallChange } from "../../services/domain/call-actions/decision.ts";
import type { CallResponse, CallStatus, CallStep } from "../../services/domain/call-ticket.ts";
import type { ResponsibilityItem } from "../../services/domain/responsibility.ts";
import type { Db } from "../client.ts";
import { callResponses, callSteps, callTickets, type StoredCheckIn } from "../schema/index.ts";
import type { CallRecord } from "./calls.ts";
import { outdateCardsOf } from "./cards.ts";
import { newId } from "./ids.ts";
import { queueWebhooks } from "./webhooks.ts";

export async function insertCall(
  tx: Db,
  call: Omit<typeof callTickets.$inferInsert, "site">,
): Promise<void> {
  await tx.orm.insert(callTickets).values({ ...call, site: tx.site });
}

/** Writes what a decision changed. */
export async function applyCallChange(
  tx: Db,
  record: CallRecord,
  change: Pick<CallChange, "to" | "patch" | "responses">,
): Promise<void> {
  const { approval, approvalRefusal, followUp, wantedDepts, ...fields } = change.patch;
  await tx.orm
    .update(callTickets)
    .set({
      status: change.to,
      ...fields,
      ...(wantedDepts === undefined ? {} : { wantedDepts: [...wantedDepts] }),
      ...(approval === undefined
        ? {}
        : { approval: approval && { ...approval, at: approval.at.toISOString() } }),
      ...(approvalRefusal === undefined
        ? {}
        : {
            approvalRefusal: approvalRefusal && {
              ...approvalRefusal,
              at: approvalRefusal.at.toISOString(),
            },
          }),
      ...(followUp === undefined
        ? {}
        : { followUp: followUp && { ...followUp, at: followUp.at.toISOString() } }),
    })
    .where(and(eq(callTickets.site, tx.site), eq(callTickets.no, record.row.no)));
  await writeResponses(tx, record, change.responses);
}

/** Keeps the item of the 属地管理清单 that a call came under. */
export async function keepItemOfCall(
  tx: Db,
  no: string,
  item: ResponsibilityItem | null,
): Promise<void> {
  await tx.orm
    .update(callTickets)
    .set({ item })
    .where(and(eq(callTickets.site, tx.site), eq(callTickets.no, no)));
}

/**
 * Brings the rows of the departments in line; what did not change is not written.
 *
 * @param next - the known responses in their order, then new ones: a department may have several rows
 */
export async function writeResponses(
  tx: Db,
  record: CallRecord,
  next: readonly CallResponse[],
): Promise<void> {
  for (const [index, response] of next.entries()) {
    const row = record.responses[index];
    if (row === undefined) {
      await tx.orm
        .insert(callResponses)
        .values({ ...stored(response), site: tx.site, id: newId(), callNo: record.row.no });
      continue;
    }
    if (row.deptCode !== response.deptCode)
      throw new Error(
        `The departments of call ${record.row.no} came back in another order. Keep the known ones first.`,
      );
    if (record.state.responses[index] === response) continue;
    await tx.orm
      .update(callResponses)
      .set(stored(response))
      .where(and(eq(callResponses.site, tx.site), eq(callResponses.id, row.id)));
  }
}

function stored(response: CallResponse) {
  const checkIn = (one: CallResponse["checkIn"]): StoredCheckIn | null =>
    one && { ...one, at: one.at.toISOString() };
  return {
    ...response,
    claim: checkIn(response.claim),
    checkIn: checkIn(response.checkIn),
    faults: response.faults.map((record) => ({
      ...record,
      recordedAt: record.recordedAt.toISOString(),
      finding: record.finding && { ...record.finding, at: record.finding.at.toISOString() },
      appeal: record.appeal && { ...record.appeal, at: record.appeal.at.toISOString() },
    })),
  };
}

export interface NewCallStep {
  callNo: string;
  at: Date;
  action: CallStep;
  from: CallStatus | null;
  to: CallStatus;
  actor: Actor;
  note: string | null;
  messageId: string | null;
}

/** @returns the step's id */
export async function appendCallStep(tx: Db, step: NewCallStep): Promise<string> {
  const id = newId();
  await tx.orm
    .insert(callSteps)
    .values({ ...step, site: tx.site, id, actor: actorRef(step.actor) });
  const { callNo, action, to, at } = step;
  await queueWebhooks(tx, { subjectType: "call", subjectNo: callNo, action, status: to, at });
  await outdateCardsOf(tx, step.callNo);
  return id;
}
