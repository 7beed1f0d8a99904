import { and, asc, eq, gt } from "drizzle-orm";
import type { Db } from "../client.ts";
import { callSteps, eventSteps } from "../schema/index.ts";

/** A step that was written: which subject it belongs to, nothing of what it says. */
export interface Change {
  id: string;
  no: string;
}

/** Steps of events and calls whose id is greater, by id; at most `limit` of each. */
export async function changesAfter(db: Db, id: string, limit: number): Promise<Change[]> {
  const ofEvents = await db.orm
    .select({ id: eventSteps.id, no: eventSteps.eventNo })
    .from(eventSteps)
    .where(and(eq(eventSteps.site, db.site), gt(eventSteps.id, id)))
    .orderBy(asc(eventSteps.id))
    .limit(limit);
  const ofCalls = await db.orm
    .select({ id: callSteps.id, no: callSteps.callNo })
    .from(callSteps)
    .where(and(eq(callSteps.site, db.site), gt(callSteps.id, id)))
    .orderBy(asc(callSteps.id))
    .limit(limit);
  return [...ofEvents, ...ofCalls].sort((a, b) => (a.id < b.id ? -1 : 1));
}
