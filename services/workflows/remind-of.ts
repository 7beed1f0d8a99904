import type { Db } from "../../db/client.ts";
import type { ObligationRow } from "../../db/queries/obligations.ts";
import {
  type Address,
  addressKey,
  insertDigests,
  type NewOutboxRow,
} from "../../db/queries/outbox.ts";
import { type PlannedDuty, reminderSubjects } from "../../db/queries/reminders.ts";
import { dueReminder, nextReminder, type Reminder } from "../domain/reminder.ts";
import type { ReminderGap, ReminderSubject } from "../domain/reminder-directory.ts";
import { isEmergency, isSpeakable, speakableFrom } from "../domain/reminder-hours.ts";
import type { ReminderItem } from "../domain/reminder-item.ts";
import { receiversOf } from "../domain/reminder-receivers.ts";
import { MINUTE_MS } from "../domain/time.ts";
import type { Office } from "./office.ts";
import { type AddressBook, openAddressBook } from "./reminder-addresses.ts";
import { digest } from "./still-to-remind.ts";
import { tellGaps } from "./tell-gaps.ts";

export interface Said {
  planned: PlannedDuty[];
  failures: { duty: ObligationRow; error: unknown }[];
  gaps: ReminderGap[];
}

/** What one receiver hears in one sweep. */
interface Letter {
  to: Address;
  items: ReminderItem[];
}

/**
 * Writes what is to be said of these duties, one digest a receiver, and plans what is said next. A duty
 * that cannot be worded or addressed is handed back and does not stop the others.
 */
export async function remindOf(
  tx: Db,
  office: Office,
  duties: readonly ObligationRow[],
  now: Date,
): Promise<Said> {
  const said: Said = { planned: [], failures: [], gaps: [] };
  const letters = new Map<string, Letter>();
  const book = await openAddressBook(tx, office);
  const subjects = await reminderSubjects(tx, duties);
  for (const duty of duties) {
    try {
      said.planned.push(planOf(duty));
    } catch (error) {
      said.failures.push({ duty, error });
    }
  }
  await insertDigests(tx, [...letters].map(toRow));
  await tellGaps(tx, office, book, said.gaps, now);
  return said;

  function planOf(duty: ObligationRow): PlannedDuty {
    const { calendar } = office;
    if (!isSpeakable(now, duty, calendar)) {
      return { id: duty.id, step: duty.step, nextReminderAt: speakableFrom(now, duty, calendar) };
    }
    const reminder = dueReminder(duty, now, calendar);
    const step = reminder?.step ?? duty.step;
    const next = nextReminder({ ...duty, step }, now, calendar);
    if (reminder !== null) address(duty, reminder);
    return { id: duty.id, step, nextReminderAt: next.at };
  }

  function address(duty: ObligationRow, reminder: Reminder): void {
    const subject = subjects.get(duty.subjectNo);
    if (subject === undefined) {
      throw new Error(
        `${duty.subjectNo} is not in the database, yet somebody owes ${duty.duty} on it. Restore it from a backup, or cancel the obligation ${duty.id}.`,
      );
    }
    const owner = { orgCode: duty.ownerOrg, personId: duty.ownerPerson };
    const { receivers, gaps } = receiversOf(
      { duty: duty.duty, owner },
      subject,
      reminder.audience,
      book.directory,
    );
    for (const receiver of receivers) {
      const to = "group" in receiver ? book.group(receiver.group) : book.person(receiver.person);
      const letter = letters.get(addressKey(to)) ?? { to, items: [] };
      letters.set(addressKey(to), letter);
      letter.items.push(itemOf(duty, reminder, subject, receiver.ask, book));
    }
    for (const gap of gaps) addGap(gap);
  }

  function addGap(gap: ReminderGap): void {
    const isKnown = said.gaps.some(
      (known) => known.missing === gap.missing && known.orgCode === gap.orgCode,
    );
    if (!isKnown) said.gaps.push(gap);
  }

  function toRow([key, { to, items }]: [string, Letter]): NewOutboxRow {
    return {
      key: `reminders:${Math.floor(now.getTime() / MINUTE_MS)}:${key}`,
      to,
      priority: items.some(isEmergency) ? "emergency" : "notice",
      body: digest(items),
      createdAt: now,
    };
  }
}

const itemOf = (
  duty: ObligationRow,
  reminder: Reminder,
  subject: ReminderSubject,
  ask: ReminderItem["ask"],
  book: AddressBook,
): ReminderItem => ({
  obligationId: duty.id,
  step: reminder.step,
  kind: reminder.kind,
  overdueDays: reminder.overdueDays,
  natural: duty.natural,
  urgent: duty.urgent,
  subject: { type: subject.type, no: subject.no },
  summary: subject.confidential ? "" : subject.summary,
  duty: duty.duty,
  about: duty.about,
  dueAt: duty.dueAt.toISOString(),
  owner: book.nameOf({ orgCode: duty.ownerOrg, personId: duty.ownerPerson }),
  ask,
});
