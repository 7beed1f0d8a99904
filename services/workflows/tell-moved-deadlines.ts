import type { Db } from "../../db/client.ts";
import { type Address, addressKey, insertOutbox } from "../../db/queries/outbox.ts";
import { reminderSubjects } from "../../db/queries/reminders.ts";
import type { Duty } from "../domain/obligation.ts";
import { speakableFrom } from "../domain/reminder-hours.ts";
import { receiversOf } from "../domain/reminder-receivers.ts";
import type { Office } from "./office.ts";
import type { MovedDeadline } from "./recount-deadlines.ts";
import { openAddressBook } from "./reminder-addresses.ts";

/** One line of what the receiver is told. */
export interface MovedLine {
  no: string;
  duty: Duty;
  /** ISO 8601 */
  to: string;
}

/**
 * Tells whoever owes them that their deadlines have moved; each receiver in one message, by day.
 *
 * @param because - whose doing it is, as people are told; null: the calendar's
 * @param of - tells one move from another of the same moment
 */
export async function tellMovedDeadlines(
  tx: Db,
  office: Office,
  moved: readonly MovedDeadline[],
  because: string | null = null,
  of = "",
): Promise<void> {
  if (moved.length === 0) return;
  const now = office.clock.now();
  const book = await openAddressBook(tx, office);
  const subjects = await reminderSubjects(
    tx,
    moved.map(({ duty }) => duty),
  );
  const letters = new Map<string, { to: Address; items: MovedLine[] }>();
  for (const { duty, to: dueAt } of moved) {
    const subject = subjects.get(duty.subjectNo);
    if (subject === undefined) continue;
    const owner = { orgCode: duty.ownerOrg, personId: duty.ownerPerson };
    const owed = { duty: duty.duty, owner };
    for (const receiver of receiversOf(owed, subject, ["owner"], book.directory).receivers) {
      const to = "group" in receiver ? book.group(receiver.group) : book.person(receiver.person);
      const letter = letters.get(addressKey(to)) ?? { to, items: [] };
      letter.items.push({ no: duty.subjectNo, duty: duty.duty, to: dueAt.toISOString() });
      letters.set(addressKey(to), letter);
    }
  }
  const notBefore = speakableFrom(now, { natural: false, urgent: false }, office.calendar);
  await insertOutbox(
    tx,
    [...letters].map(([key, { to, items }]) => ({
      key: `deadlinesMoved:${now.toISOString()}:${of}${key}`,
      to,
      priority: "notice" as const,
      body: { kind: "deadlinesMoved", params: { items, because } },
      notBefore,
      createdAt: now,
    })),
  );
}
