import type { Database } from "../../db/client.ts";
import { deleteOldPresses } from "../../db/queries/presses.ts";
import { noteRetention } from "../../db/queries/retention-runs.ts";
import { deleteOldSignIns } from "../../db/queries/sessions.ts";
import { deleteOldDeliveries } from "../../db/queries/webhooks.ts";
import { RETENTION_DAYS, type RetentionRule } from "../domain/retention.ts";
import { DAY_MS } from "../domain/time.ts";
import type { Office } from "./office.ts";

/** Removes from where somebody was signed in, some time after it is over; that they were stays in the audit. */
export const retireSignIns = (database: Database, office: Office): Promise<number> =>
  retire(database, office, "signIns", deleteOldSignIns);

/** Removes what recognised a phone's repeat: kept longer than a phone keeps what it could not send. */
export const retirePresses = (database: Database, office: Office): Promise<number> =>
  retire(database, office, "presses", deleteOldPresses);

/** Removes what other systems were told: kept as long as one may have been away and ask for a replay. */
export const retireDeliveries = (database: Database, office: Office): Promise<number> =>
  retire(database, office, "deliveries", deleteOldDeliveries);

function retire(
  database: Database,
  office: Office,
  rule: RetentionRule,
  remove: typeof deleteOldPresses,
): Promise<number> {
  const at = office.clock.now();
  const before = new Date(at.getTime() - RETENTION_DAYS[rule] * DAY_MS);
  return database.transaction(async (tx) => {
    const count = await remove(tx, before);
    await noteRetention(tx, { at, rule, before, count });
    return count;
  });
}
