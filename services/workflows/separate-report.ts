import type { Db } from "../../db/client.ts";
import { writeAudit } from "../../db/queries/audit.ts";
import { appendStep, removeReporter } from "../../db/queries/event-writes.ts";
import { type EventRecord, findEvent } from "../../db/queries/events.ts";
import type { Actor } from "../domain/actor.ts";
import { tell } from "../domain/event-actions/decision.ts";
import { joinedReporter } from "../domain/separate.ts";
import type { Office } from "./office.ts";
import { type Report, type ReportedBy, reportEvent } from "./report-event.ts";
import { tellPeople } from "./tell.ts";

export interface Separation {
  /** the event that the report has become */
  event: EventRecord;
  /** how many reporters the other event still has */
  left: number;
}

/**
 * Undoes a wrong join: the report becomes an event of its own, and the other event counts one reporter
 * less. The history of both says so. Null where the reporter was not joined to `no`, or it is over.
 *
 * @param report - what the event is to be, of the words that were joined
 * @param actor - who undoes it: the reporter, or the command room, and then the reporter is told
 */
export async function separateReport(
  tx: Db,
  office: Office,
  no: string,
  report: Report,
  by: ReportedBy,
  actor: Actor = by.actor,
): Promise<Separation | null> {
  const before = await findEvent(tx, no, "lock");
  const reporter = before === null ? null : joinedReporter(before.state, by.actor);
  if (before === null || reporter === null) return null;
  const event = await reportEvent(tx, office, report, by);
  await removeReporter(tx, no, reporter);
  const at = office.clock.now();
  const step = { at, action: "separate" as const, actor };
  const messageId = by.message?.id ?? null;
  for (const [of, note] of [
    [before, `不是同一件,另立 ${event.row.no}`],
    [event, `从 ${no} 分出`],
  ] as const) {
    const { status } = of.state;
    await appendStep(tx, {
      ...step,
      eventNo: of.row.no,
      from: status,
      to: status,
      note,
      messageId,
    });
  }
  await writeAudit(tx, {
    at,
    actor,
    action: "separate",
    subject: { type: "event", no },
    outcome: "done",
  });
  if (actor !== by.actor) {
    const told = tell("firstReporter", "separatedForReporter", event.state, { from: no });
    await tellPeople(tx, office, "separate", [told], null, event);
  }
  return { event, left: before.reporters.length - 1 };
}
