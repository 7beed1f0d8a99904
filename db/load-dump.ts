import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pgliteDatabase } from "./client.ts";

/**
 * Unpacks a dump of the embedded database and opens it once.
 *
 * @param folder - DATA_DIR, without a database in it and locked by the caller; null: in memory alone
 * @throws when the dump holds no database
 */
export async function loadDump(dump: Blob, folder: string | null, site: string) {
  if (folder !== null) mkdirSync(folder, { recursive: true });
  const client = await PGlite.create({
    ...(folder === null ? {} : { dataDir: join(folder, "pglite") }),
    loadDataDir: dump,
  });
  return pgliteDatabase(client, site, () => {});
}
