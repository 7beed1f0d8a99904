import type { Database, Db } from "../../db/client.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import type { ObligationRow } from "../../db/queries/obligations.ts";
import {
  claimDueDuties,
  claimUnplannedDuties,
  type PlannedDuty,
  planReminders,
} from "../../db/queries/reminders.ts";
import { isDatabaseAway } from "../database-fault.ts";
import { SYSTEM } from "../domain/actor.ts";
import { nextReminder } from "../domain/reminder.ts";
import type { ReminderGap } from "../domain/reminder-directory.ts";
import { MINUTE_MS } from "../domain/time.ts";
import { failpoint } from "../failpoint.ts";
import { inTransaction } from "../in-transaction.ts";
import type { Office } from "./office.ts";
import { remindOf } from "./remind-of.ts";

/** What a sweep cannot do is told here, so that nothing is passed over in silence. */
export interface SweepReports {
  /** a duty could not be reminded of; it is tried again after half an hour */
  failed(no: string, error: unknown): void;
  /** nobody in the registry is there to hear of a duty */
  gap(gap: ReminderGap): void;
}

const BATCH = 1000;
const RETRY_MS = 30 * MINUTE_MS;

/**
 * Says what is due of all open duties, the longest due first. Any number of instances may sweep at
 * once: each duty is held by one of them, and its next step is written with what is said. Of each duty
 * only the strongest reminder that is due is said, so that a clock that jumped, or a product that was
 * down, does not say everything it missed.
 *
 * @returns how many duties were spoken of or put off
 */
export async function sweepReminders(
  database: Database,
  office: Office,
  reports: SweepReports,
): Promise<number> {
  const now = office.clock.now();
  await planTheUnplanned(database, office, now, reports);
  let swept = 0;
  let limit = BATCH;
  for (;;) {
    try {
      const taken = await sweepBatch(database, office, now, limit, reports);
      if (taken === 0) return swept;
      swept += taken;
      limit = BATCH;
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      // Somewhere in the batch is a row the database will not take. Halving finds it: the order is fixed.
      if (limit > 1) limit = Math.ceil(limit / 2);
      else await putOffFirst(database, now, error, reports);
    }
  }
}

async function sweepBatch(
  database: Database,
  office: Office,
  now: Date,
  limit: number,
  reports: SweepReports,
): Promise<number> {
  const { taken, failures, gaps } = await inTransaction(database, async (tx) => {
    const duties = await claimDueDuties(tx, now, limit);
    if (duties.length === 0) return { taken: 0, failures: [], gaps: [] };
    failpoint("dutiesClaimed");
    const said = await remindOf(tx, office, duties, now);
    await planReminders(tx, [
      ...said.planned,
      ...said.failures.map(({ duty }) => putOff(duty, now)),
    ]);
    for (const { duty, error } of said.failures) await recordFailure(tx, duty, now, error);
    failpoint("remindersWritten");
    return { taken: duties.length, failures: said.failures, gaps: said.gaps };
  });
  if (taken > 0) failpoint("remindersCommitted");
  for (const { duty, error } of failures) reports.failed(duty.subjectNo, error);
  for (const gap of gaps) reports.gap(gap);
  return taken;
}

/** Duties without a planned reminder, whoever wrote them, get one. */
async function planTheUnplanned(
  database: Database,
  office: Office,
  now: Date,
  reports: SweepReports,
): Promise<void> {
  for (;;) {
    const found = await inTransaction(database, async (tx) => {
      const duties = await claimUnplannedDuties(tx, BATCH);
      await planReminders(
        tx,
        duties.map((duty) => firstPlan(duty)),
      );
      return duties.length;
    });
    if (found < BATCH) return;
  }

  function firstPlan(duty: ObligationRow): PlannedDuty {
    try {
      return { id: duty.id, step: duty.step, nextReminderAt: nextAfter(duty) };
    } catch (error) {
      reports.failed(duty.subjectNo, error);
      return putOff(duty, now);
    }
  }

  /** What fell due before anybody planned it is said now. */
  function nextAfter(duty: ObligationRow): Date {
    return nextReminder(duty, duty.openedAt, office.calendar).at;
  }
}

async function putOffFirst(
  database: Database,
  now: Date,
  error: unknown,
  reports: SweepReports,
): Promise<void> {
  const no = await database.transaction(async (tx) => {
    const [duty] = await claimDueDuties(tx, now, 1);
    if (duty === undefined) return null;
    await planReminders(tx, [putOff(duty, now)]);
    await recordFailure(tx, duty, now, error);
    return duty.subjectNo;
  });
  if (no !== null) reports.failed(no, error);
}

const putOff = (duty: ObligationRow, now: Date): PlannedDuty => ({
  id: duty.id,
  step: duty.step,
  nextReminderAt: new Date(now.getTime() + RETRY_MS),
});

const recordFailure = (tx: Db, duty: ObligationRow, at: Date, error: unknown): Promise<void> =>
  writeAudit(tx, {
    at,
    actor: SYSTEM,
    action: `remind:${duty.duty}`,
    subject: { type: duty.subjectType, no: duty.subjectNo },
    outcome: "refused",
    reason: error instanceof Error ? error.message : String(error),
  });
