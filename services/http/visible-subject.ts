import type { Db } from "../../db/client.ts";
import { findAlarms } from "../../db/queries/alarms.ts";
import { findCalls } from "../../db/queries/calls.ts";
import { findEvents } from "../../db/queries/events.ts";
import type { Actor } from "../domain/actor.ts";
import { maySeeAlarm } from "../domain/alarm-rights.ts";
import { maySeeCall } from "../domain/call-rights.ts";
import { maySeeEvent } from "../domain/rights.ts";

/** Those of the numbers that are events, calls or alarms which the actor may see. */
export async function visibleSubjects(
  db: Db,
  actor: Actor,
  nos: readonly string[],
): Promise<Set<string>> {
  const calls = await findCalls(
    db,
    nos.filter((no) => no.startsWith("HJ")),
  );
  const events = await findEvents(
    db,
    nos.filter((no) => !no.startsWith("HJ")),
  );
  const alarms = await findAlarms(
    db,
    nos.filter((no) => no.startsWith("GJ")),
  );
  return new Set([
    ...alarms.filter((alarm) => maySeeAlarm(actor, alarm)).map(({ no }) => no),
    ...calls.filter(({ state }) => maySeeCall(actor, state)).map(({ row }) => row.no),
    ...events.filter(({ state }) => maySeeEvent(actor, state)).map(({ row }) => row.no),
  ]);
}
