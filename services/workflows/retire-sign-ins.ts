import type { Database } from "../../db/client.ts";
import { noteRetention } from "../../db/queries/retention-runs.ts";
import { deleteOldSignIns } from "../../db/queries/sessions.ts";
import { RETENTION_DAYS } from "../domain/retention.ts";
import { DAY_MS } from "../domain/time.ts";
import type { Office } from "./office.ts";

/** Removes from where somebody was signed in, some time after it is over; that they were stays in the audit. */
export function retireSignIns(database: Database, office: Office): Promise<number> {
  const at = office.clock.now();
  const before = new Date(at.getTime() - RETENTION_DAYS.signIns * DAY_MS);
  return database.transaction(async (tx) => {
    const count = await deleteOldSignIns(tx, before);
    await noteRetention(tx, { at, rule: "signIns", before, count });
    return count;
  });
}
