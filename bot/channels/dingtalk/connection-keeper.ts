import type { Log } from "../../../services/log.ts";
import type { ChannelHealth } from "../channel.ts";
import { backOff } from "../common/back-off.ts";
import { deferred, sleep } from "../common/deferred.ts";
import { COUNTERS, type Meter } from "./meter.ts";
import type { StreamConnection } from "./stream-connection.ts";
import type { Timings } from "./timings.ts";

export interface KeeperOptions {
  connect(signal: AbortSignal): Promise<StreamConnection>;
  timings: Timings;
  log: Log;
  meter: Meter;
  /** real time */
  now(): Date;
  random(): number;
}

export interface Keeper {
  /** Resolves with the first connection or the first failure; goes on trying by itself. */
  start(): Promise<void>;
  /** Ends attempts, waits and connections, also those that were about to begin. */
  stop(): Promise<void>;
  health(): ChannelHealth;
}

/**
 * Keeps one connection open. One loop, so never two attempts at a time; when DingTalk asks for a new
 * connection, or the present one went quiet, the new one is open before the old one is closed.
 */
export function keepConnection(options: KeeperOptions): Keeper {
  const { timings, log, meter, now } = options;
  const stopping = new AbortController();
  const open = new Set<StreamConnection>();
  const firstResult = deferred<void>();
  let running: Promise<void> | null = null;
  let health: ChannelHealth = { state: "stopped", since: now(), detail: null };

  return {
    start: () => {
      running ??= run();
      return firstResult.promise;
    },
    stop: async () => {
      stopping.abort();
      firstResult.resolve();
      await running;
      await Promise.all([...open].map((connection) => connection.close()));
      become("stopped", null);
    },
    health: () => health,
  };

  async function run(): Promise<void> {
    become("connecting", null);
    const stopped = aborted(stopping.signal);
    let failures = 0;
    let wait = 0;
    let old: StreamConnection | null = null;
    while (!stopping.signal.aborted) {
      await sleep(wait, stopping.signal);
      if (stopping.signal.aborted) return;
      const connection = await attempt();
      firstResult.resolve();
      if (connection === null) {
        failures += 1;
        wait = backOff(failures, options.random(), timings);
        continue;
      }
      if (old !== null) retire(old);

      const openedAt = now().getTime();
      const over = await Promise.race([connection.over, stopped]);
      if (over === "stopped") return;
      log.info({ over }, "dingtalk: a new connection is needed");
      failures = now().getTime() - openedAt >= timings.stableAfter ? 0 : failures + 1;
      wait = backOff(failures, options.random(), timings);
      old = null;
      if (over === "replace") {
        // The old one goes on working only for a moment, and being asked once is no failure.
        wait = failures <= 1 ? 0 : Math.min(wait, timings.replaceWithin);
        old = connection;
      }
    }
  }

  async function attempt(): Promise<StreamConnection | null> {
    try {
      const connection = await options.connect(stopping.signal);
      meter.count(COUNTERS.connections, { outcome: "opened" });
      open.add(connection);
      become("ready", null);
      connection.closed.then(() => leave(connection), ignore);
      return connection;
    } catch (error) {
      if (stopping.signal.aborted) return null;
      meter.count(COUNTERS.connections, { outcome: "failed" });
      const detail = reasonOf(error);
      log.warn({ reason: detail }, "dingtalk: cannot connect, trying again");
      if (open.size === 0) become("down", detail);
      return null;
    }
  }

  function leave(connection: StreamConnection): void {
    open.delete(connection);
    if (open.size === 0 && health.state === "ready") become("connecting", "the connection ended");
  }

  function retire(connection: StreamConnection): void {
    sleep(timings.retireAfter, stopping.signal)
      .then(() => connection.close())
      .catch(ignore);
  }

  function become(state: ChannelHealth["state"], detail: string | null): void {
    const since = state === health.state ? health.since : now();
    health = { state, since, detail };
  }
}

const ignore = () => {};

const aborted = (signal: AbortSignal): Promise<"stopped"> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve("stopped");
    signal.addEventListener("abort", () => resolve("stopped"), { once: true });
  });

/** Causes are told too: `fetch failed` alone says nothing. Addresses in them carry no ticket. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return `${error.message}${cause}`.replace(/ticket=\S+/g, "ticket=…");
}
