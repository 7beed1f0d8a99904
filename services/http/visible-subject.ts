import type { Db } from "../../db/client.ts";
import { findCalls } from "../../db/queries/calls.ts";
import { findEvents } from "../../db/queries/events.ts";
import type { Actor } from "../domain/actor.ts";
import { maySeeCall } from "../domain/call-rights.ts";
import { maySeeEvent } from "../domain/rights.ts";

/** Those of the numbers that are events or calls which the actor may see. */
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
  return new Set([
    ...calls.filter(({ state }) => maySeeCall(actor, state)).map(({ row }) => row.no),
    ...events.filter(({ state }) => maySeeEvent(actor, state)).map(({ row }) => row.no),
  ]);
}
