import type { Pool, PoolClient, QueryConfig, QueryResult } from "pg";
import { openPool } from "./pool.ts";

export interface ReplicaSettings {
  /** `postgres://…`; may lead to several replicas in turn */
  url: string;
  /** a replica that is further behind is not asked */
  mostLagMs: number;
}

/** What drizzle needs of a connection: statements, each by itself. */
export interface Statements {
  query(config: QueryConfig, values?: unknown[]): Promise<QueryResult>;
  close(): Promise<void>;
}

/** How often the primary is asked how far it is, and each connection how far its replica is. */
const LOOK_MS = 1_000;
/** A replica that did not answer is left alone for so long. */
const REST_MS = 5_000;
const CONNECT_MS = 2_000;

// Lag is measured by what a replica has replayed of what the primary had written at a known moment. That
// needs no rights, holds on an idle primary, and cannot be fooled by a replica that hears nothing any more.
const WRITTEN = "select (pg_current_wal_lsn() - '0/0'::pg_lsn)::text as lsn";
const REPLAYED =
  "select (case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end - '0/0'::pg_lsn)::text as lsn";

interface Mark {
  at: number;
  lsn: bigint;
}

/** As many as the primary has. */
const CONNECTIONS = 10;

/**
 * Asks a replica, and the primary where the replica is gone, lags, or gives a statement up. Which of
 * several replicas answers may change from one statement to the next, so each connection proves its own.
 *
 * @param now - milliseconds that only go forward
 */
export function openReplica(
  primary: Pool,
  { url, mostLagMs }: ReplicaSettings,
  now: () => number = () => performance.now(),
): Statements {
  const pool = openPool(url, CONNECT_MS, CONNECTIONS);
  const known = new WeakMap<PoolClient, { lookedAt: number; freshAt: number }>();
  let marks: Mark[] = [];
  let marking: Promise<void> | null = null;
  let restUntil = 0;

  return {
    async query(config, values) {
      if (now() >= restUntil) {
        try {
          const answer = await askReplica(config, values);
          if (answer !== null) return answer;
        } catch {
          // Whatever it was, the primary says the same if it is the statement's own fault.
        }
      }
      return primary.query(config, values as unknown[]);
    },
    close: () => pool.end(),
  };

  /** @returns null where the replica is too far behind */
  async function askReplica(
    config: QueryConfig,
    values: unknown[] | undefined,
  ): Promise<QueryResult | null> {
    await markPrimary();
    const client = await pool.connect().catch((error: unknown) => {
      restUntil = now() + REST_MS;
      throw error;
    });
    let broken: boolean | Error = false;
    try {
      if (!(await isFresh(client))) return null;
      return await client.query(config, values as unknown[]);
    } catch (error) {
      broken = error instanceof Error ? error : true;
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async function isFresh(client: PoolClient): Promise<boolean> {
    const state = known.get(client) ?? { lookedAt: -Infinity, freshAt: -Infinity };
    if (now() - state.lookedAt >= LOOK_MS) {
      const { rows } = await client.query<{ lsn: string }>(REPLAYED);
      const replayed = BigInt(rows[0]?.lsn ?? "0");
      const reached = marks.findLast(({ lsn }) => lsn <= replayed);
      state.lookedAt = now();
      if (reached !== undefined) state.freshAt = Math.max(state.freshAt, reached.at);
      known.set(client, state);
    }
    return now() - state.freshAt <= mostLagMs;
  }

  async function markPrimary(): Promise<void> {
    const last = marks.at(-1);
    if (last !== undefined && now() - last.at < LOOK_MS) return;
    marking ??= mark().finally(() => {
      marking = null;
    });
    await marking;
  }

  /** Without the primary nothing new is known; a replica is asked until what is known grows old. */
  async function mark(): Promise<void> {
    const at = now();
    try {
      const { rows } = await primary.query<{ lsn: string }>(WRITTEN);
      marks = [
        ...marks.filter((one) => at - one.at <= mostLagMs),
        { at, lsn: BigInt(rows[0]?.lsn ?? "0") },
      ];
    } catch {
      marks = marks.filter((one) => at - one.at <= mostLagMs);
    }
  }
}
