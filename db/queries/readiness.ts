import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";
import { MIGRATIONS_FOLDER } from "../migrate.ts";

/** When the newest migration of this version was made; drizzle's journal keeps them in order. */
export const newestMigration = (): number => {
  const journal = JSON.parse(
    readFileSync(join(MIGRATIONS_FOLDER, "meta", "_journal.json"), "utf8"),
  ) as { entries: { when: number }[] };
  return journal.entries.at(-1)?.when ?? 0;
};

/** Whether the database has this version's schema, or a newer one. @throws when it cannot be reached */
export async function isMigrated(db: Db): Promise<boolean> {
  const [table] = await db.rows<{ name: string | null }>(
    sql`select to_regclass('drizzle.__drizzle_migrations')::text as name`,
  );
  if (table?.name == null) return false;
  const [row] = await db.rows<{ newest: string | number | null }>(
    sql`select max(created_at) as newest from drizzle.__drizzle_migrations`,
  );
  return Number(row?.newest ?? 0) >= newestMigration();
}
