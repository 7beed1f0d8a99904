import { WSClient, type WsFrame } from "@wecom/aibot-node-sdk";
import type { Log } from "../../../services/log.ts";
import type { ChannelHealth } from "../channel.ts";
import { sleep } from "../common/deferred.ts";

export interface BotTimings {
  /** milliseconds until a connection has to be accepted */
  openWithin: number;
  heartbeatEvery: number;
  firstRetry: number;
  longestRetry: number;
  /** after another connection of the same bot ended ours */
  kickedRetry: number;
}

export const BOT_TIMINGS: BotTimings = {
  openWithin: 10_000,
  heartbeatEvery: 30_000,
  firstRetry: 1_000,
  longestRetry: 60_000,
  kickedRetry: 30_000,
};

export interface BotKeeperOptions {
  bot: { id: string; secret: string; url: string };
  timings: BotTimings;
  onFrame(frame: WsFrame<unknown>): void;
  log: Log;
  /** real time */
  now(): Date;
  random(): number;
}

export interface BotKeeper {
  /** Begins to connect; resolves with the first success or failure. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** the connection that is accepted now */
  live(): WSClient | null;
  health(): ChannelHealth;
}

type Ended = { kind: "lost" | "refused" | "kicked"; detail: string };

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * Keeps the bot's one connection, without end. Each try is a client of its own: the SDK's own reconnects
 * give up after some, have no time limit for the handshake, and never come back after being replaced.
 */
export function keepBot(options: BotKeeperOptions): BotKeeper {
  const { bot, timings, log, now, random } = options;
  let live: WSClient | null = null;
  let abort: AbortController | null = null;
  let running: Promise<void> = Promise.resolve();
  let health: ChannelHealth = { state: "stopped", since: now(), detail: null };
  const enter = (state: ChannelHealth["state"], detail: string | null = null) => {
    health = { state, since: now(), detail };
  };

  return {
    start: () =>
      new Promise((resolve) => {
        abort = new AbortController();
        enter("connecting");
        running = run(abort.signal, resolve).finally(resolve);
      }),
    stop: async () => {
      abort?.abort();
      await running;
      enter("stopped");
    },
    live: () => live,
    health: () => health,
  };

  async function run(signal: AbortSignal, tried: () => void): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      let accepted = false;
      const ended = await connectOnce(signal, () => {
        accepted = true;
        failures = 0;
        enter("ready");
        tried();
      });
      live = null;
      if (signal.aborted) return;
      if (!accepted) failures += 1;
      enter("down", ended.detail);
      log.warn({ reason: ended.kind, failures }, `wecom bot: ${ended.detail}`);
      tried();
      await sleep(waitAfter(ended, failures), signal);
    }
  }

  function waitAfter({ kind }: Ended, failures: number): number {
    if (kind === "kicked") return timings.kickedRetry * (1 + random());
    const wait = timings.firstRetry * 2 ** Math.max(0, failures - 1);
    return Math.min(wait, timings.longestRetry) * (0.5 + random() / 2);
  }

  /** One connection from its opening to its end. */
  function connectOnce(signal: AbortSignal, onAccepted: () => void): Promise<Ended> {
    const client = new WSClient({
      botId: bot.id,
      secret: bot.secret,
      wsUrl: bot.url,
      heartbeatInterval: timings.heartbeatEvery,
      maxReconnectAttempts: 0,
      maxAuthFailureAttempts: 0,
      logger: silent,
    });
    return new Promise((resolve) => {
      const end = (kind: Ended["kind"], detail: string) => {
        clearTimeout(late);
        signal.removeEventListener("abort", stop);
        client.removeAllListeners();
        client.disconnect();
        resolve({ kind, detail });
      };
      const stop = () => end("lost", "stopped");
      const late = setTimeout(
        () => end("refused", "no answer within the time; check WECOM_BOT_URL and the network"),
        timings.openWithin,
      );
      signal.addEventListener("abort", stop, { once: true });
      client.on("authenticated", () => {
        clearTimeout(late);
        live = client;
        onAccepted();
      });
      client.on("message", options.onFrame);
      client.on("event", (frame) => {
        if (frame.body?.event?.eventtype === "disconnected_event")
          end("kicked", "another program connected as this bot; give it a bot of its own");
        else options.onFrame(frame);
      });
      client.on("error", (error) => {
        if (live === client) return;
        end(
          "refused",
          /Authentication/.test(error.message)
            ? "the platform refuses the bot; check WECOM_BOT_ID and WECOM_BOT_SECRET"
            : "no connection; check WECOM_BOT_URL and the network",
        );
      });
      client.on("disconnected", () => end("lost", "the connection ended"));
      client.connect();
    });
  }
}
