import type { Db } from "../../db/client.ts";
import type { EventRecord } from "../../db/queries/events.ts";
import {
  endObligations,
  insertObligations,
  moveObligation,
  openObligationsOf,
} from "../../db/queries/obligations.ts";
import { deadline } from "../domain/deadline.ts";
import { dutiesOfEvent, type EventOwners, FULFILLED_BY } from "../domain/duties-of-event.ts";
import type { EventAction } from "../domain/event.ts";
import type { OwedDuty } from "../domain/obligation.ts";
import type { Office } from "./office.ts";

/**
 * Brings the open obligations of an event in line with its state: what is no longer owed ends,
 * fulfilled where the action did what the duty asks; what is newly owed begins; the rest keeps its
 * clock. Belongs to the transaction that changed the event.
 *
 * @param action - what was just done; null for a new event
 */
export async function keepObligations(
  tx: Db,
  office: Office,
  { state }: EventRecord,
  owners: EventOwners,
  action: EventAction | null,
): Promise<void> {
  const now = office.clock.now();
  const owed = dutiesOfEvent(state, owners, office.policy, now);
  const open = await openObligationsOf(tx, state.no);
  const isOwed = (row: (typeof open)[number]) => owed.some((duty) => sameDuty(row, duty));

  const ended = open.filter((row) => !isOwed(row));
  const fulfilled = ended.filter(
    (row) => action !== null && FULFILLED_BY[row.duty]?.includes(action),
  );
  const canceled = ended.filter((row) => !fulfilled.includes(row));
  await endObligations(
    tx,
    fulfilled.map((row) => row.id),
    "fulfilled",
    now,
  );
  await endObligations(
    tx,
    canceled.map((row) => row.id),
    "canceled",
    now,
  );

  for (const duty of owed) {
    const kept = open.find((row) => sameDuty(row, duty));
    if (
      kept !== undefined &&
      duty.dueAt !== undefined &&
      kept.dueAt.getTime() !== duty.dueAt.getTime()
    ) {
      await moveObligation(tx, kept.id, {
        dueAt: duty.dueAt,
        step: 0,
        nextReminderAt: kept.nextReminderAt,
      });
    }
  }
  await insertObligations(
    tx,
    owed
      .filter((duty) => !open.some((row) => sameDuty(row, duty)))
      .map((duty) => ({
        subjectType: "event" as const,
        subjectNo: state.no,
        duty: duty.duty,
        ownerOrg: duty.owner.orgCode,
        ownerPerson: duty.owner.personId,
        natural: "naturalMinutes" in duty.limit,
        openedAt: now,
        dueAt: duty.dueAt ?? deadline(duty.since, duty.limit, office.calendar),
        policy: { version: office.policy.version, limit: duty.limit, ladder: "standard" as const },
      })),
  );
}

const sameDuty = (
  row: { duty: string; ownerOrg: string | null; ownerPerson: string | null },
  duty: OwedDuty,
): boolean =>
  row.duty === duty.duty &&
  row.ownerOrg === duty.owner.orgCode &&
  row.ownerPerson === duty.owner.personId;
