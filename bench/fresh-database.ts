import { Client } from "pg";
import { type Database, openDatabase } from "../db/client.ts";
import { migrate } from "../db/migrate.ts";

export interface FreshDatabase extends Database {
  /** for a second handle or process; null where the database is this process's own */
  url: string | null;
}

/**
 * A migrated, empty database that is gone when it is closed: on the PostgreSQL server of
 * BENCH_DATABASE_URL, where databases may be created, or PGlite in memory where that is absent.
 */
export async function freshDatabase(site: string): Promise<FreshDatabase> {
  const server = process.env.BENCH_DATABASE_URL;
  if (server === undefined) {
    const database = await openDatabase("pglite:", site);
    await migrate(database, "pglite:");
    return { ...database, url: null };
  }
  const name = `yihu_bench_${process.pid}_${++made}`;
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const database = await openDatabase(url.toString(), site);
  await migrate(database, url.toString());
  const close = database.close;
  return {
    ...database,
    url: url.toString(),
    close: async () => {
      await close();
      await onServer(server, `drop database if exists ${name} with (force)`);
    },
  };
}

let made = 0;

async function onServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
