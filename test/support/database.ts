import { readFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { Client } from "pg";
import { inject } from "vitest";
import { type Database, openDatabase, pgliteDatabase } from "../../db/client.ts";
import type { ContactKey } from "../../db/contacts/vault.ts";
import { ownTables } from "../../db/queries/database-contents.ts";

export const TEST_SITE = "test";

/** Contact fields are encrypted in every test, as they are in the product. */
export const TEST_KEYS: readonly ContactKey[] = [{ id: "test", bytes: Buffer.alloc(32, 7) }];

/**
 * A migrated, empty database of this test file's own: PGlite, or PostgreSQL when the suite runs on it.
 * `url` is what a second process or a second handle can open; PGlite in memory has none.
 */
export async function testDatabase(): Promise<{
  database: Database;
  url: string | null;
}> {
  return process.env.TEST_ENGINE === "postgres" ? testPostgres() : testPglite();
}

async function testPglite() {
  const dump = new Blob([readFileSync(inject("pgliteDump"))]);
  const client = await PGlite.create({ loadDataDir: dump });
  return { database: pgliteDatabase(client, TEST_SITE, () => {}, TEST_KEYS), url: null };
}

let made = 0;

async function testPostgres() {
  const server = process.env.TEST_DATABASE_URL ?? "";
  const name = `yihu_test_${process.pid}_${++made}`;
  await onServer(server, `create database ${name} template ${inject("postgresTemplate")}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const database = await openDatabase(url.toString(), TEST_SITE, TEST_KEYS);
  const close = database.close;
  return {
    url: url.toString(),
    database: {
      ...database,
      close: async () => {
        await close();
        await onServer(server, `drop database if exists ${name} with (force)`);
      },
    },
  };
}

async function onServer(url: string, statement: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * Empties every table, so that each test begins with nothing. Looks first which ones hold rows: to
 * truncate all of them takes a third of a second, most of what a test of one rule would cost.
 */
export async function emptyDatabase(database: Database): Promise<void> {
  const tables = await ownTables(database);
  const held = await database.rows<{ name: string; bytes: number }>(
    sql.raw(tables.map(whereHeld).join(" union all ")),
  );
  const large = held.filter((table) => table.bytes > LARGE);
  if (large.length > 0) await database.orm.execute(sql.raw(`truncate ${names(large)}`));
  for (const { name } of held.filter((table) => table.bytes <= LARGE)) {
    await database.orm.execute(sql.raw(`delete from ${name}`));
  }
}

/** Bytes from which rows are dropped with their file: deleted ones would lie in the way of scans. */
const LARGE = 1_000_000;

const whereHeld = (table: string) =>
  `select '${table}' as name, pg_relation_size('${table}')::int as bytes where exists (select from ${table})`;

const names = (tables: { name: string }[]) => tables.map((table) => table.name).join(", ");
