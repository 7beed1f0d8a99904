import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import type { SQL } from "drizzle-orm";
import { drizzle as drizzleNode } from "drizzle-orm/node-postgres";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as drizzleLite } from "drizzle-orm/pglite";
import { Pool } from "pg";
import { type ContactKey, type ContactVault, contactVault } from "./contacts/vault.ts";
import { lockFolder } from "./folder-lock.ts";
import * as schema from "./schema/index.ts";

export type Orm = PgDatabase<PgQueryResultHKT, typeof schema>;

/** A database as one district sees it. Inside a transaction the same shape is handed on. */
export interface Db {
  /** leads every key of every row that is read or written through this handle */
  readonly site: string;
  readonly orm: Orm;
  /** encrypts contact fields for the database, and decrypts them */
  readonly contacts: ContactVault;
  /**
   * Runs `work` in one transaction; nested, in a savepoint. Inside it only the handle it is given may
   * be used: on PGlite the outer one would wait for ever.
   */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /** Rows of a statement that the query builder cannot say. Columns come as PostgreSQL names them. */
  rows<Row>(statement: SQL): Promise<Row[]>;
}

export interface Database extends Db {
  readonly engine: "pglite" | "postgres";
  /** of the embedded one: all of it as a compressed tar; null on a server, which has pg_dump */
  readonly dump: (() => Promise<Blob>) | null;
  close(): Promise<void>;
}

/**
 * @param url - `postgres://…`, or `pglite:FOLDER`, or `pglite:` for one in memory
 * @param keys - of contact fields: the first encrypts; without any they are written as they are
 * @throws when the folder is in use by another process, or the server cannot be reached on first use
 */
export async function openDatabase(
  url: string,
  site: string,
  keys: readonly ContactKey[] = [],
): Promise<Database> {
  return url.startsWith("pglite:")
    ? openPglite(url.slice("pglite:".length), site, keys)
    : openPostgres(url, site, keys);
}

async function openPglite(
  folder: string,
  site: string,
  keys: readonly ContactKey[],
): Promise<Database> {
  if (folder === "") return pgliteDatabase(await PGlite.create(), site, () => {}, keys);
  mkdirSync(folder, { recursive: true });
  const unlock = lockFolder(folder);
  try {
    return pgliteDatabase(await PGlite.create(join(folder, "pglite")), site, unlock, keys);
  } catch (cause) {
    unlock();
    throw new Error(
      `The embedded database in ${folder} cannot be opened. Restore it from a backup, or move the folder away to begin anew.`,
      { cause },
    );
  }
}

/** Wraps a PGlite that is already open, as tests have it. */
export function pgliteDatabase(
  client: PGlite,
  site: string,
  released: () => void,
  keys: readonly ContactKey[] = [],
): Database {
  const orm = drizzleLite(client, {
    schema,
    casing: "snake_case",
  }) as unknown as Orm;
  return {
    ...handle(orm, site, contactVault(site, keys)),
    engine: "pglite",
    dump: () => client.dumpDataDir("gzip"),
    close: async () => {
      await client.close();
      released();
    },
  };
}

function openPostgres(url: string, site: string, keys: readonly ContactKey[]): Database {
  const pool = new Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
  });
  // An idle connection that breaks is replaced on next use; without a listener it would end the process.
  pool.on("error", () => {});
  const orm = drizzleNode(pool, {
    schema,
    casing: "snake_case",
  }) as unknown as Orm;
  return {
    ...handle(orm, site, contactVault(site, keys)),
    engine: "postgres",
    dump: null,
    close: () => pool.end(),
  };
}

function handle(orm: Orm, site: string, contacts: ContactVault): Db {
  return {
    site,
    orm,
    contacts,
    transaction: (work) =>
      orm.transaction((tx) => work(handle(tx as unknown as Orm, site, contacts))),
    rows: async <Row>(statement: SQL) => {
      const result = (await orm.execute(statement)) as unknown as {
        rows: Row[];
      };
      return result.rows;
    },
  };
}
