import type { Db } from "../../db/client.ts";
import type { EventRecord } from "../../db/queries/events.ts";
import { dutiesOfEvent, type EventOwners, FULFILLED_BY } from "../domain/duties-of-event.ts";
import type { EventAction } from "../domain/event.ts";
import type { Office } from "./office.ts";
import { settleDuties } from "./settle-duties.ts";

/**
 * Keeps what is owed on an event in line with its state.
 *
 * @param action - what was just done; null for a new event
 */
export function keepObligations(
  tx: Db,
  office: Office,
  { state }: EventRecord,
  owners: EventOwners,
  action: EventAction | null,
): Promise<void> {
  const subject = { type: "event" as const, no: state.no, urgent: state.urgency === "critical" };
  const owed = dutiesOfEvent(state, owners, office.policy, office.clock.now());
  return settleDuties(
    tx,
    office,
    subject,
    owed,
    (duty) => action !== null && (FULFILLED_BY[duty]?.includes(action) ?? false),
  );
}
