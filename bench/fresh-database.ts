import { Client } from "pg";
import { type Database, openDatabase } from "../db/client.ts";
import { migrate } from "../db/migrate.ts";

/**
 * A migrated, empty database that is gone when it is closed: on the PostgreSQL server of
 * BENCH_DATABASE_URL, where databases may be created, or PGlite in memory where that is absent.
 */
export async function freshDatabase(site: string): Promise<Database> {
  const server = process.env.BENCH_DATABASE_URL;
  if (server === undefined) {
    const database = await openDatabase("pglite:", site);
    await migrate(database, "pglite:");
    return database;
  }
  const name = `yihu_bench_${process.pid}_${site}`;
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const database = await openDatabase(url.toString(), site);
  await migrate(database, url.toString());
  const close = database.close;
  return {
    ...database,
    close: async () => {
      await close();
      await onServer(server, `drop database if exists ${name} with (force)`);
    },
  };
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
