import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import type { SQL } from "drizzle-orm";
import { drizzle as drizzleNode } from "drizzle-orm/node-postgres";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as drizzleLite } from "drizzle-orm/pglite";
import type { Pool } from "pg";
import { type ContactKey, type ContactVault, contactVault } from "./contacts/vault.ts";
import { lockFolder } from "./folder-lock.ts";
import { openPool } from "./pool.ts";
import { openReplica, type ReplicaSettings } from "./replica.ts";
import * as schema from "./schema/index.ts";

/** How many connections one process opens at most, and beside them. */
const CONNECTIONS = 10;
const BESIDES = 2;

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
  /**
   * Runs `work` on a connection beside the transaction this handle may belong to: what it writes stays
   * whatever becomes of that one, and holds nobody up until then. For single short statements. PGlite
   * has one connection: there `work` belongs to the transaction.
   */
  beside<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** Rows of a statement that the query builder cannot say. Columns come as PostgreSQL names them. */
  rows<Row>(statement: SQL): Promise<Row[]>;
}

export interface Database extends Db {
  readonly engine: "pglite" | "postgres";
  /**
   * For figures and lists that may be a few seconds old: a replica's answers where there is one. Its
   * transactions are the primary's.
   */
  readonly reading: Db;
  /** of the embedded one: all of it as a compressed tar; null on a server, which has pg_dump */
  readonly dump: (() => Promise<Blob>) | null;
  close(): Promise<void>;
}

/** Milliseconds that a statement waits for a connection. */
const CONNECT_MS = 10_000;

/**
 * @param url - `postgres://…`, or `pglite:FOLDER`, or `pglite:` for one in memory
 * @param keys - of contact fields: the first encrypts; without any they are written as they are
 * @param replica - of the same server; null: everything is read where it is written
 * @throws when the folder is in use by another process, or the server cannot be reached on first use
 */
export async function openDatabase(
  url: string,
  site: string,
  keys: readonly ContactKey[] = [],
  replica: ReplicaSettings | null = null,
): Promise<Database> {
  return url.startsWith("pglite:")
    ? openPglite(url.slice("pglite:".length), site, keys)
    : openPostgres(url, site, contactVault(site, keys), replica);
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
  const db = handle(orm, site, contactVault(site, keys), null);
  return {
    ...db,
    engine: "pglite",
    reading: db,
    dump: () => client.dumpDataDir("gzip"),
    close: async () => {
      await client.close();
      released();
    },
  };
}

function openPostgres(
  url: string,
  site: string,
  contacts: ContactVault,
  replicated: ReplicaSettings | null,
): Database {
  const pool = openPool(url, CONNECT_MS, CONNECTIONS);
  // Of its own: transactions that hold all of the others must not wait for one more of them.
  const besides = openPool(url, CONNECT_MS, BESIDES);
  const beside = handle(ormOver(besides), site, contacts, null);
  const db = handle(ormOver(pool), site, contacts, beside);
  const replica = replicated === null ? null : openReplica(pool, replicated);
  return {
    ...db,
    engine: "postgres",
    dump: null,
    reading:
      replica === null
        ? db
        : {
            ...handle(ormOver(replica as unknown as Pool), site, contacts, beside),
            transaction: db.transaction,
          },
    close: async () => {
      await replica?.close();
      await Promise.all([pool.end(), besides.end()]);
    },
  };
}

const ormOver = (client: Pool): Orm =>
  drizzleNode({ client, schema, casing: "snake_case" }) as unknown as Orm;

function handle(orm: Orm, site: string, contacts: ContactVault, beside: Db | null): Db {
  const self: Db = {
    site,
    orm,
    contacts,
    transaction: (work) =>
      orm.transaction((tx) => work(handle(tx as unknown as Orm, site, contacts, beside))),
    beside: (work) => work(beside ?? self),
    rows: async <Row>(statement: SQL) => {
      const result = (await orm.execute(statement)) as unknown as {
        rows: Row[];
      };
      return result.rows;
    },
  };
  return self;
}
