import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as migrateNode } from "drizzle-orm/node-postgres/migrator";
import { migrate as migrateLite } from "drizzle-orm/pglite/migrator";
import { Client } from "pg";
import type { Database } from "./client.ts";

export const MIGRATIONS_FOLDER = fileURLToPath(new URL("./migrations", import.meta.url));

// Any constant does, as long as every version of the product takes the same one.
const MIGRATION_LOCK = 7_310_542;

/**
 * Brings the database to this version's schema. Several processes may start at once: the first
 * migrates under an advisory lock, the others wait and find nothing to do.
 *
 * @param url - the same that opened `database`
 * @param folder - other migrations than this version's, for tests
 */
export async function migrate(
  database: Database,
  url: string,
  folder = MIGRATIONS_FOLDER,
): Promise<void> {
  if (database.engine === "pglite") {
    await migrateLite(database.orm as never, {
      migrationsFolder: folder,
    });
    return;
  }
  const client = new Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    const orm = drizzle(client);
    // One transaction from the lock to the end, also where a pool hands on connections by transaction:
    // the migrator's own `begin` is within this one, and its `commit` ends it and gives the lock back.
    await orm.execute(sql`begin`);
    await orm.execute(sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await migrateNode(orm, { migrationsFolder: folder });
  } finally {
    await client.end();
  }
}
