import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { Client } from "pg";
import { type Database, type Db, openDatabase } from "../../db/client.ts";
import { MIGRATIONS_FOLDER, migrate } from "../../db/migrate.ts";
import { ownTables } from "../../db/queries/database-contents.ts";
import { TEST_KEYS, TEST_SITE } from "./database.ts";

interface Journal {
  entries: { tag: string }[];
}

export const migrationTags = (): string[] =>
  (
    JSON.parse(readFileSync(join(MIGRATIONS_FOLDER, "meta", "_journal.json"), "utf8")) as Journal
  ).entries.map(({ tag }) => tag);

/** A database as it stood after this migration, and what brings it to the newest. */
export async function databaseAt(
  tag: string,
): Promise<{ database: Database; toNewest: () => Promise<void>; remove: () => Promise<void> }> {
  const server = process.env.TEST_ENGINE === "postgres" ? process.env.TEST_DATABASE_URL : undefined;
  const name = `yihu_old_${process.pid}_${tag}`;
  let url = "pglite:";
  if (server !== undefined) {
    await onServer(server, `create database "${name}"`);
    const own = new URL(server);
    own.pathname = `/${name}`;
    url = own.toString();
  }
  const database = await openDatabase(url, TEST_SITE, TEST_KEYS);
  const folder = migrationsUpTo(tag);
  await migrate(database, url, folder);
  rmSync(folder, { recursive: true });
  return {
    database,
    toNewest: () => migrate(database, url),
    remove: async () => {
      await database.close();
      if (server !== undefined)
        await onServer(server, `drop database if exists "${name}" with (force)`);
    },
  };
}

function migrationsUpTo(tag: string): string {
  const folder = mkdtempSync(join(tmpdir(), "yihu-migrations-"));
  mkdirSync(join(folder, "meta"));
  const journal = JSON.parse(
    readFileSync(join(MIGRATIONS_FOLDER, "meta", "_journal.json"), "utf8"),
  ) as Journal;
  const last = journal.entries.findIndex((entry) => entry.tag === tag);
  if (last < 0) throw new Error(`There is no migration ${tag}.`);
  const entries = journal.entries.slice(0, last + 1);
  writeFileSync(join(folder, "meta", "_journal.json"), JSON.stringify({ ...journal, entries }));
  for (const entry of entries)
    copyFileSync(join(MIGRATIONS_FOLDER, `${entry.tag}.sql`), join(folder, `${entry.tag}.sql`));
  return folder;
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** What stands in a column instead of a made-up value: by `table.column`; `n` counts the rows of a table. */
export type Given = Readonly<Record<string, (n: number) => unknown>>;

/**
 * Fills every table that there is with rows, whatever columns it had then.
 *
 * @returns how many rows each table has
 */
export async function fillEveryTable(
  db: Db,
  rows: number,
  given: Given,
): Promise<Record<string, number>> {
  const columns = await db.rows<{ table: string; column: string; type: string }>(sql`
    select c.table_name as table, c.column_name as column, c.udt_name as type
    from information_schema.columns c
    where c.table_schema = 'public' and c.table_name = any(${sql.param(await ownTables(db))}::text[])
    order by c.table_name, c.ordinal_position`);
  const counts: Record<string, number> = {};
  for (const table of new Set(columns.map((column) => column.table))) {
    const own = columns.filter((column) => column.table === table);
    for (let n = 1; n <= rows; n++) {
      const added = await db.rows(sql`
        insert into ${sql.identifier(table)} (${sql.join(
          own.map(({ column }) => sql.identifier(column)),
          sql`, `,
        )}) values (${sql.join(
          own.map(({ column, type }) => {
            const known = given[`${table}.${column}`];
            const value = known === undefined ? madeUp(table, column, type, n) : known(n);
            return sql`${type === "jsonb" ? JSON.stringify(value) : value}::${sql.raw(castOf(type))}`;
          }),
          sql`, `,
        )}) on conflict do nothing returning 1`);
      counts[table] = (counts[table] ?? 0) + added.length;
    }
  }
  return counts;
}

/** `_text` is PostgreSQL's name of `text[]`. */
const castOf = (type: string): string => (type.startsWith("_") ? `${type.slice(1)}[]` : type);

function madeUp(table: string, column: string, type: string, n: number): unknown {
  if (column === "site") return TEST_SITE;
  if (type.startsWith("_")) return "{}";
  switch (type) {
    case "uuid":
      return `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
    case "timestamptz":
      return "2026-11-25T01:00:00Z";
    case "date":
      return "2026-11-25";
    case "bool":
      return false;
    case "jsonb":
      return {};
    case "text":
      return `${table}.${column} ${n}`;
    default:
      return n;
  }
}
