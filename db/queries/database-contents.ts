import { sql } from "drizzle-orm";
import type { Db } from "../client.ts";

/** The product's tables by name; one that is divided by month counts once. */
export async function ownTables(db: Db): Promise<string[]> {
  const tables = await db.rows<{ name: string }>(sql`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by 1`);
  return tables.map(({ name }) => name);
}

/** How many rows each table has, all districts together. */
export async function countRows(db: Db): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of await ownTables(db)) {
    const [row] = await db.rows<{ count: number }>(
      sql`select count(*)::int as count from ${sql.identifier(name)}`,
    );
    counts[name] = row?.count ?? 0;
  }
  return counts;
}

/** When the newest migration that was applied was made; null where none was. */
export async function appliedMigration(db: Db): Promise<number | null> {
  const [table] = await db.rows<{ name: string | null }>(
    sql`select to_regclass('drizzle.__drizzle_migrations')::text as name`,
  );
  if (table?.name == null) return null;
  const [row] = await db.rows<{ newest: string | number | null }>(
    sql`select max(created_at) as newest from drizzle.__drizzle_migrations`,
  );
  return row?.newest == null ? null : Number(row.newest);
}

/** Takes away every table of ours, so that a dump finds room. */
export async function dropEverything(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    for (const name of await ownTables(tx))
      await tx.orm.execute(sql`drop table public.${sql.identifier(name)}`);
    await tx.orm.execute(sql`drop schema if exists drizzle cascade`);
  });
}

/** The name of a snapshot that others may look through while the transaction lives. */
export async function exportSnapshot(tx: Db): Promise<string> {
  await tx.orm.execute(sql`set transaction isolation level repeatable read`);
  const [row] = await tx.rows<{ name: string }>(sql`select pg_export_snapshot() as name`);
  return row?.name ?? "";
}
