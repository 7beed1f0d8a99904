import type { Db } from "../../db/client.ts";
import { findCall } from "../../db/queries/calls.ts";
import { findEvent } from "../../db/queries/events.ts";
import type { Actor } from "../domain/actor.ts";
import { maySeeCall } from "../domain/call-rights.ts";
import { maySeeEvent } from "../domain/rights.ts";

/** Whether there is an event or a call of this number that the actor may see. */
export async function maySeeSubject(db: Db, actor: Actor, no: string): Promise<boolean> {
  if (no.startsWith("HJ")) {
    const call = await findCall(db, no);
    return call !== null && maySeeCall(actor, call.state);
  }
  const event = await findEvent(db, no);
  return event !== null && maySeeEvent(actor, event.state);
}
