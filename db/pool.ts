import { Pool } from "pg";

/**
 * Connections to one server. One that breaks, idle or in hand, fails the statement that it was in, if
 * any, and is replaced on next use; the process goes on.
 *
 * @param connectMs - how long a statement waits for a connection
 * @param max - how many there are at most
 */
export function openPool(url: string, connectMs: number, max: number): Pool {
  const pool = new Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: connectMs,
    // A server that vanished without a word is noticed.
    keepAlive: true,
  });
  // Without listeners an error would end the process: `pool` hears of idle connections alone, and one in
  // the hand of a transaction may break between two of its statements.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}
