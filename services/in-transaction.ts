import type { Database, Db } from "../db/client.ts";
import { isWorthAnotherTry } from "./database-fault.ts";

const MOST_TRIES = 3;

/**
 * Runs `work` in a transaction, and again, at most three times in all, where PostgreSQL gave it up for
 * another one's sake. `work` must do nothing outside the transaction.
 */
export async function inTransaction<T>(
  database: Database,
  work: (tx: Db) => Promise<T>,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await database.transaction(work);
    } catch (error) {
      if (tried >= MOST_TRIES || !isWorthAnotherTry(error)) throw error;
    }
  }
}
