import type { Db } from "../../db/client.ts";
import { foldChangedDays } from "../../db/queries/stats/fold-days.ts";

/**
 * Brings the kept figures up to date. Nobody waits for it: days that changed are counted from their events
 * until then, so it makes figures fast and never different.
 */
export async function countChangedDays(db: Db): Promise<void> {
  // A district that is counted for the first time has many years of days.
  while ((await foldChangedDays(db)) > 0);
}
