import { randomUUID } from "node:crypto";
import type { Database } from "../../db/client.ts";
import { insertEvent } from "../../db/queries/event-writes.ts";
import { insertObligations, type NewObligation } from "../../db/queries/obligations.ts";
import { openDutiesOf } from "../../db/queries/work-lists.ts";

const STREET = "SLQ-WC";
let made = 0;

/** An event in the sample district's first street; numbers are its own. */
export async function insertPlainEvent(
  database: Database,
  changes: Partial<Parameters<typeof insertEvent>[1]> = {},
): Promise<string> {
  const no = `SJ20261125-${String(++made).padStart(4, "0")}`;
  await insertEvent(database, {
    no,
    status: "pendingAccept",
    kind: "report",
    category: "env.binOverflow",
    level: 2,
    urgency: "normal",
    summary: `第${made}件`,
    words: "垃圾桶满了",
    gridCode: "SLQ-WC-HB-1",
    streetCode: STREET,
    source: "groupMessage",
    parse: { by: "rules", promptVersion: null, confidence: 1, candidates: [] },
    createdAt: new Date("2026-11-25T09:00:00+08:00"),
    ...changes,
  });
  return no;
}

/**
 * A duty on a new event: to accept it by 11:00 on 25 November 2026, with its yellow card due at 10:30,
 * unless said otherwise.
 *
 * @returns the obligation's id and the event's number
 */
export async function insertDuty(
  database: Database,
  changes: Partial<NewObligation> = {},
): Promise<{ id: string; no: string }> {
  const no = changes.subjectNo ?? (await insertPlainEvent(database));
  await insertObligations(database, [
    {
      subjectType: "event",
      subjectNo: no,
      duty: "accept",
      ownerOrg: STREET,
      ownerPerson: null,
      natural: false,
      urgent: false,
      openedAt: new Date("2026-11-25T09:00:00+08:00"),
      dueAt: new Date("2026-11-25T11:00:00+08:00"),
      policy: { version: "test", limit: { workMinutes: 120 }, ladder: "standard" },
      nextReminderAt: new Date("2026-11-25T10:30:00+08:00"),
      ...changes,
    },
  ]);
  const owner = {
    personId: changes.ownerPerson ?? randomUUID(),
    orgCodes: [changes.ownerOrg ?? STREET],
  };
  const duties = await openDutiesOf(database, owner, 1000);
  const id = duties.find((duty) => duty.subjectNo === no)?.id;
  if (id === undefined) throw new Error(`the duty on ${no} was not written`);
  return { id, no };
}
