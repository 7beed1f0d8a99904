import type { Db } from "../../db/client.ts";
import {
  endObligations,
  insertObligations,
  moveObligation,
  type ObligationRow,
  openObligationsOf,
} from "../../db/queries/obligations.ts";
import { deadline } from "../domain/deadline.ts";
import { shorterDue } from "../domain/hotline/due.ts";
import type { Duty, DutySubjectType, OwedDuty } from "../domain/obligation.ts";
import { nextReminder } from "../domain/reminder.ts";
import type { Office } from "./office.ts";

export interface DutySubject {
  type: DutySubjectType;
  no: string;
  /** an emergency may be reminded of at night */
  urgent: boolean;
}

/**
 * Brings the open obligations of a subject in line with what is owed: what is no longer owed ends,
 * fulfilled where the last action did what the duty asks; what is newly owed begins; the rest keeps its
 * clock. Belongs to the transaction that changed the subject.
 */
export async function settleDuties(
  tx: Db,
  office: Office,
  subject: DutySubject,
  owed: readonly OwedDuty[],
  isFulfilled: (duty: Duty) => boolean,
): Promise<void> {
  const now = office.clock.now();
  const open = await openObligationsOf(tx, subject.no);
  const ended = open.filter((row) => !owed.some((duty) => isSame(row, duty)));
  const done = ended.filter((row) => isFulfilled(row.duty));
  const moot = ended.filter((row) => !isFulfilled(row.duty));
  await endObligations(tx, idsOf(done), "fulfilled", now);
  await endObligations(tx, idsOf(moot), "canceled", now);

  for (const duty of owed) {
    const kept = open.find((row) => isSame(row, duty));
    if (kept === undefined) continue;
    const dueAt = duty.dueAt ?? shorterDue(kept.dueAt, duty.noLaterThan ?? null);
    if (kept.dueAt.getTime() === dueAt.getTime()) continue;
    const moved = { ...kept, dueAt, step: 0 };
    await moveObligation(tx, kept.id, {
      dueAt: moved.dueAt,
      step: moved.step,
      nextReminderAt: nextReminder(moved, now, office.calendar).at,
    });
  }
  const fresh = owed.filter(
    (duty, index) =>
      !open.some((row) => isSame(row, duty)) &&
      owed.findIndex((other) => isAlike(other, duty)) === index,
  );
  await insertObligations(
    tx,
    fresh.map((duty) => {
      const opened = {
        subjectType: subject.type,
        subjectNo: subject.no,
        duty: duty.duty,
        ownerOrg: duty.owner.orgCode,
        ownerPerson: duty.owner.personId,
        about: duty.about ?? null,
        natural: "naturalMinutes" in duty.limit,
        urgent: subject.urgent,
        openedAt: now,
        dueAt:
          duty.dueAt ??
          shorterDue(deadline(duty.since, duty.limit, office.calendar), duty.noLaterThan ?? null),
        policy: { version: office.policy.version, limit: duty.limit, ladder: "standard" as const },
        step: 0,
      };
      return { ...opened, nextReminderAt: nextReminder(opened, now, office.calendar).at };
    }),
  );
}

const idsOf = (rows: readonly ObligationRow[]): string[] => rows.map((row) => row.id);

const isSame = (row: ObligationRow, { duty, owner, about }: OwedDuty): boolean =>
  row.duty === duty &&
  row.ownerOrg === owner.orgCode &&
  row.ownerPerson === owner.personId &&
  row.about === (about ?? null);

const isAlike = (a: OwedDuty, b: OwedDuty): boolean =>
  a.duty === b.duty &&
  a.owner.orgCode === b.owner.orgCode &&
  a.owner.personId === b.owner.personId &&
  a.about === b.about;
