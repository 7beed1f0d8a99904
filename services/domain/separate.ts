import type { Actor } from "./actor.ts";
import { type EventState, isOpenEvent, type Reporter } from "./event.ts";
import { isSamePerson } from "./rights.ts";

/** Who was joined to an event and may leave it with a report of their own (拆分); null: not they. */
export function joinedReporter(
  event: EventState,
  actor: Pick<Actor, "personId" | "channel" | "platformUserId">,
): Reporter | null {
  if (!isOpenEvent(event.status)) return null;
  const reporter = event.reporters.find((one) => isSamePerson(actor, one));
  return reporter === undefined || reporter.first ? null : reporter;
}
