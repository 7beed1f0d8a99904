import type { Log } from "../../../services/log.ts";
import type { ZwddConfig } from "../../../services/zwdd-config.ts";
import type { Capabilities, Channel, ChannelHealth } from "../channel.ts";
import { backOff } from "../common/back-off.ts";
import { sleep } from "../common/deferred.ts";
import { createRateLimiter } from "../common/rate-limit.ts";
import { callbackReceiver } from "./callback.ts";
import { callbackRoute } from "./callback-route.ts";
import { createGateway } from "./gateway.ts";
import type { OwnAddress } from "./own-address.ts";
import { sendMessage } from "./send-message.ts";

export interface ZwddDeps {
  log: Log;
  /** real time */
  now(): Date;
  /** from 0 to 1 */
  random(): number;
  own: OwnAddress;
  /** default: the global one */
  fetch?: typeof fetch;
  /** milliseconds for one call; default 5,000, as the platform's own SDK */
  within?: number;
}

const CAPABILITIES: Capabilities = {
  groupHearing: "mentionsOnly",
  cards: false,
  markdown: false,
  voice: false,
  location: false,
  proactive: "always",
  edits: false,
  stream: false,
  quotas: [],
};

/** Notices a minute to each conversation. */
const NOTICES = { burst: 20, perSecond: 20 / 60 };
const RETRY = { firstRetry: 2_000, longestRetry: 60_000 };
const CALL_WITHIN_MS = 5_000;

/**
 * 浙政钉 and other 专有钉钉: speaks by the gateway. It holds no connection; what people say comes to the
 * HTTP route (`callback-route.ts`), which stores it in whichever process answers.
 */
export function createZwddChannel(config: ZwddConfig, deps: ZwddDeps): Channel {
  const gateway = createGateway({
    config,
    fetch: deps.fetch ?? fetch,
    now: deps.now,
    random: deps.random,
    own: deps.own,
    within: deps.within ?? CALL_WITHIN_MS,
  });
  const perConversation = createRateLimiter(NOTICES);
  let health: ChannelHealth = { state: "stopped", since: deps.now(), detail: null };
  let stopping: AbortController | null = null;
  const become = (state: ChannelHealth["state"], detail: string | null) => {
    health = { state, since: state === health.state ? health.since : deps.now(), detail };
  };

  return {
    name: "zhezhengding",
    capabilities: CAPABILITIES,
    start: async () => {
      if (stopping !== null) throw new Error("The channel is already started. Stop it first.");
      stopping = new AbortController();
      become("connecting", null);
      if (!(await knock())) void keepKnocking(stopping.signal);
    },
    stop: async () => {
      stopping?.abort();
      stopping = null;
      become("stopped", null);
    },
    send: async (message) => {
      const result = await sendMessage(message, {
        config,
        gateway,
        perConversation,
        now: deps.now,
      });
      if (result.outcome === "sent" && stopping !== null) become("ready", null);
      return result;
    },
    callbacks: (app, store) =>
      callbackRoute(app, callbackReceiver({ config, store, log: deps.log, now: deps.now })),
    health: () => health,
  };

  /** Whether the gateway knows the app. */
  async function knock(): Promise<boolean> {
    try {
      await gateway.token.get();
      become("ready", null);
      return true;
    } catch (error) {
      const detail = error instanceof Error ? error.message : "unknown";
      deps.log.warn({ reason: detail }, "zhezhengding: the gateway gives no token, trying again");
      become("down", detail);
      return false;
    }
  }

  async function keepKnocking(signal: AbortSignal): Promise<void> {
    for (let failures = 1; ; failures += 1) {
      await sleep(backOff(failures, deps.random(), RETRY), signal);
      if (signal.aborted || health.state === "ready" || (await knock())) return;
    }
  }
}
