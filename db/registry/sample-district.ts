import { fileURLToPath } from "node:url";
import type { Db } from "../client.ts";
import { findSite } from "../queries/catalog.ts";
import { importRegistry, oneImportAtATime } from "./import-registry.ts";
import { problemReport } from "./problem.ts";

export const SAMPLE_FOLDER = fileURLToPath(new URL("./sample", import.meta.url));

/**
 * Loads the made-up district where the database holds none at all; says whether it did. Safe to call at
 * every start, and by several processes at once.
 */
export async function loadSampleDistrict(database: Db, now: Date): Promise<boolean> {
  if ((await findSite(database)) !== null) return false;
  return database.transaction(async (tx) => {
    await oneImportAtATime(tx);
    if ((await findSite(tx)) !== null) return false;
    const outcome = await importRegistry(tx, SAMPLE_FOLDER, { sample: true, now });
    if (!outcome.ok)
      throw new Error(`The sample district is damaged.\n${problemReport(outcome.problems)}`);
    return outcome.changes.some((change) => change.added > 0);
  });
}
