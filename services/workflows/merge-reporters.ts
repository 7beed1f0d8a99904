import type { Db } from "../../db/client.ts";
import { appendStep, countReporter, insertReporter } from "../../db/queries/event-writes.ts";
import type { EventRecord } from "../../db/queries/events.ts";
import type { Actor } from "../domain/actor.ts";
import { isDevice } from "../domain/alarm-sender.ts";
import type { Office } from "./office.ts";

/** Lets the reporters of a merged event follow the one it was merged into, which the caller has locked. */
export async function mergeReporters(
  tx: Db,
  office: Office,
  merged: EventRecord,
  target: EventRecord,
  actor: Actor,
): Promise<void> {
  const into = target.row.no;
  // A device follows nothing, and is no household.
  for (const reporter of merged.reporters.filter((one) => !isDevice(one))) {
    const { site: _site, id: _id, rating: _rating, ratedAt: _ratedAt, ...theirs } = reporter;
    const added = await insertReporter(tx, { ...theirs, eventNo: into, first: false });
    if (added) await countReporter(tx, into);
  }
  await appendStep(tx, {
    eventNo: into,
    at: office.clock.now(),
    action: "join",
    from: target.state.status,
    to: target.state.status,
    actor,
    note: `${merged.row.no} 并入本件`,
    messageId: null,
  });
}
