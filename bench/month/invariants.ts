import { isNull, sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import type { ObligationRow } from "../../db/queries/obligations.ts";
import { groups, obligations } from "../../db/schema/index.ts";
import type { WorkCalendar } from "../../services/domain/calendar.ts";
import { remindersOf } from "../../services/domain/reminder.ts";
import { isEmergency, isQuiet } from "../../services/domain/reminder-hours.ts";
import { REMINDERS_NOTICE } from "../../services/domain/reminder-item.ts";
import { DAY_MS, localDay } from "../../services/domain/time.ts";
import { unlikeFaults } from "./evidence.ts";
import type { SaidItem } from "./said.ts";

/** What must never happen; each is a count of cases, and each must be 0. */
export interface Violations {
  openWithoutNextReminder: number;
  leftBehindBySweep: number;
  afterTheDutyEnded: number;
  saidTwice: number;
  inQuietHours: number;
  onDaysOff: number;
  inResidentGroups: number;
  overdueAndNeverRedCarded: number;
  twoDigestsAtOnce: number;
  faultsUnlikeTheirEvidence: number;
}

/** Compares what was said with what was owed, read anew from the database and from the calendar. */
export async function violationsOf(
  db: Db,
  calendar: WorkCalendar,
  said: readonly SaidItem[],
  end: Date,
): Promise<Violations> {
  const duties = await db.orm.select().from(obligations);
  const byId = new Map(duties.map((duty) => [duty.id, duty]));
  const open = duties.filter((duty) => endOf(duty) === null);
  const residents = new Set(
    (
      await db.orm
        .select({ id: groups.conversationId })
        .from(groups)
        .where(sql`${groups.kind} = 'resident'`)
    ).map(({ id }) => id),
  );
  const redCarded = new Set(
    said
      .filter(({ item }) => item.kind === "redCard" || item.kind === "overdue")
      .map(({ item }) => item.obligationId),
  );
  return {
    openWithoutNextReminder: open.filter(({ nextReminderAt }) => nextReminderAt === null).length,
    leftBehindBySweep: open.filter(({ nextReminderAt }) => (nextReminderAt ?? end) < end).length,
    afterTheDutyEnded: said.filter(({ at, item }) => {
      const ended = endOf(byId.get(item.obligationId));
      return ended !== null && at > ended;
    }).length,
    saidTwice: said.length - new Set(said.map(keyOf)).size,
    inQuietHours: said.filter(({ at, item }) => isQuiet(at) && !isEmergency(item)).length,
    onDaysOff: said.filter(({ at, item }) => !item.natural && !calendar.isWorkday(localDay(at)))
      .length,
    inResidentGroups: said.filter(({ conversationId }) => residents.has(conversationId ?? ""))
      .length,
    overdueAndNeverRedCarded: duties.filter((duty) => {
      const until = endOf(duty) ?? end;
      return longOverdue(duty, until, calendar) && !redCarded.has(duty.id);
    }).length,
    twoDigestsAtOnce: await doubledDigests(db),
    faultsUnlikeTheirEvidence: await unlikeFaults(db, end),
  };
}

const endOf = (duty: ObligationRow | undefined): Date | null =>
  duty === undefined ? null : (duty.fulfilledAt ?? duty.canceledAt);

const keyOf = ({ item, address }: SaidItem): string =>
  `${item.obligationId}|${item.dueAt}|${item.step}|${address}`;

/** Its red card was due a day before the duty ended: however late it was swept and sent, it was said. */
function longOverdue(duty: ObligationRow, until: Date, calendar: WorkCalendar): boolean {
  for (const { kind, at } of remindersOf({ ...duty, step: 0 }, calendar)) {
    if (kind === "redCard") return at.getTime() + DAY_MS < until.getTime();
  }
  return false;
}

/** Receivers that one sweep wrote to more than once. */
async function doubledDigests(db: Db): Promise<number> {
  const rows = await db.rows(sql`
    select address from outbox where site = ${db.site} and body ->> 'kind' = ${REMINDERS_NOTICE}
    group by address, created_at having count(*) > 1`);
  return rows.length;
}

export const countDuties = async (db: Db): Promise<{ all: number; open: number }> => ({
  all: await db.orm.$count(obligations),
  open: await db.orm.$count(
    obligations,
    sql`${isNull(obligations.fulfilledAt)} and ${isNull(obligations.canceledAt)}`,
  ),
});
