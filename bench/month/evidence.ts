import type { Db } from "../../db/client.ts";
import { findCalls } from "../../db/queries/calls.ts";
import { callTickets } from "../../db/schema/index.ts";
import type { CallResponse, CallState, Fault } from "../../services/domain/call-ticket.ts";
import { NO_SHOW_AFTER_MINUTES } from "../../services/domain/gather-evidence.ts";
import { MINUTE_MS } from "../../services/domain/time.ts";

/**
 * How often a department's record and its times disagree: silence, lateness or absence without its fault,
 * a fault without it, or one that names no evidence. Counted from the times alone, without the code that
 * gathers evidence.
 */
export async function unlikeFaults(db: Db, end: Date): Promise<number> {
  const nos = await db.orm.select({ no: callTickets.no }).from(callTickets);
  const calls = await findCalls(
    db,
    nos.map(({ no }) => no),
  );
  return calls.reduce(
    (count, { state }) =>
      count + state.responses.filter((response) => disagree(state, response, end)).length,
    0,
  );
}

function disagree(call: CallState, response: CallResponse, end: Date): boolean {
  const has = (fault: Fault) => response.faults.some((record) => record.fault === fault);
  const { respondBy, respondedAt, arriveBy, checkIn, releasedAt } = response;
  // Whoever was let go, or whose call is over, was not watched any further.
  const watched =
    releasedAt === null && ["dispatched", "onSite", "pendingClosing"].includes(call.status);
  const silent = respondedAt === null && checkIn === null;
  const noShowFrom = arriveBy.getTime() + NO_SHOW_AFTER_MINUTES * MINUTE_MS;
  const absent = checkIn === null && response.status !== "declined" && end.getTime() >= noShowFrom;
  return (
    has("lateResponse") !== (respondedAt !== null && respondedAt > respondBy) ||
    has("lateArrival") !== (checkIn?.late ?? false) ||
    (has("noResponse") && !silent) ||
    (has("noShow") && checkIn !== null) ||
    (watched && silent && end >= respondBy && !has("noResponse")) ||
    (watched && absent && !has("noShow")) ||
    response.faults.some(({ evidence }) => evidence === "")
  );
}
