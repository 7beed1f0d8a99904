import { sql } from "drizzle-orm";
import { Pool } from "pg";
import type { FreshDatabase } from "./fresh-database.ts";

export interface Statement {
  /** prepared under this name */
  name: string;
  text: string;
  values: unknown[];
}

/** Statements written by hand, past everything of the product: what a baseline is measured with. */
export interface ByHand {
  /** one statement, one commit */
  alone(statement: Statement): Promise<void>;
  /** all of them in one transaction */
  inOne(statements: readonly Statement[]): Promise<void>;
  close(): Promise<void>;
}

/** By `pg` on a server; the embedded database has one door, the product's. */
export const byHand = (database: FreshDatabase, connections: number): ByHand =>
  database.url === null ? onHandle(database) : onPool(database.url, connections);

function onPool(url: string, max: number): ByHand {
  const pool = new Pool({ connectionString: url, max });
  return {
    alone: async (statement) => {
      await pool.query(statement);
    },
    async inOne(statements) {
      const client = await pool.connect();
      try {
        await client.query("begin");
        for (const statement of statements) await client.query(statement);
        await client.query("commit");
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

function onHandle(database: FreshDatabase): ByHand {
  return {
    alone: async (statement) => {
      await database.orm.execute(asSql(statement));
    },
    inOne: (statements) =>
      database.transaction(async (tx) => {
        for (const statement of statements) await tx.orm.execute(asSql(statement));
      }),
    close: async () => {},
  };
}

function asSql({ text, values }: Statement) {
  const [first = "", ...rest] = text.split(/\$\d+/);
  const chunks = rest.flatMap((chunk, at) => [sql.param(values[at]), sql.raw(chunk)]);
  return sql.join([sql.raw(first), ...chunks]);
}
