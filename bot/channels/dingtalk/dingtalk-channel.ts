import type { DingTalkConfig } from "../../../services/dingtalk-config.ts";
import type { Log } from "../../../services/log.ts";
import type { Capabilities, Channel, ChannelHealth } from "../channel.ts";
import { createRateLimiter } from "../common/rate-limit.ts";
import { createCards } from "./cards.ts";
import { type Keeper, keepConnection } from "./connection-keeper.ts";
import { fetchAttachment } from "./fetch-attachment.ts";
import { type Meter, noMeter } from "./meter.ts";
import { createOpenApi } from "./open-api.ts";
import { openEndpoint } from "./open-endpoint.ts";
import { createReceiver, type Receiver, SUBSCRIPTIONS } from "./receiver.ts";
import { sendMessage } from "./send-message.ts";
import { createSessionWebhook } from "./session-webhook.ts";
import { connect } from "./stream-connection.ts";
import { TIMINGS, type Timings } from "./timings.ts";
import { trustUrls } from "./trusted-urls.ts";

export interface DingTalkDeps {
  log: Log;
  /** real time, also in the sandbox: tickets, tokens, webhooks and limits follow it */
  now(): Date;
  /** from 0 to 1 */
  random(): number;
  /** default: the global one */
  fetch?: typeof fetch;
  /** default: nothing is counted */
  metrics?: Meter;
  timings?: Partial<Timings>;
}

const CAPABILITIES: Omit<Capabilities, "cards"> = {
  groupHearing: "mentionsOnly",
  edits: false,
  // Plain text goes out letter for letter; nothing in it is taken for formatting.
  markdown: false,
  stream: false,
  voice: true,
  location: false,
  proactive: "always",
  quotas: [
    { messages: 20, per: "minute", each: "conversation" },
    // Standard edition.
    { messages: 5_000, per: "month", each: "app" },
  ],
};

/** DingTalk's robot: hears by a Stream connection, speaks by session webhooks and the OpenAPI. */
export function createDingTalkChannel(config: DingTalkConfig, deps: DingTalkDeps): Channel {
  const parts = {
    config,
    log: deps.log,
    now: deps.now,
    random: deps.random,
    fetch: deps.fetch ?? fetch,
    meter: deps.metrics ?? noMeter,
    timings: { ...TIMINGS, ...deps.timings },
    trustUrl: trustUrls([config.apiBase, config.oapiBase]),
  };
  const openApi = createOpenApi(parts);
  const webhook = createSessionWebhook(parts);
  const cards = createCards({ ...parts, openApi });
  const perConversation = createRateLimiter({
    burst: config.messagesPerMinute,
    perSecond: config.messagesPerMinute / 60,
  });
  let running: { keeper: Keeper; receiver: Receiver } | null = null;
  const stopped: ChannelHealth = { state: "stopped", since: deps.now(), detail: null };

  return {
    name: "dingtalk",
    capabilities: { ...CAPABILITIES, cards: config.cardTemplateId !== null },
    start: async (store) => {
      if (running !== null)
        throw new Error("The DingTalk channel is already started. Stop it first.");
      const receiver = createReceiver({ ...parts, store });
      const keeper = keepConnection({
        ...parts,
        connect: (signal) =>
          connect(
            {
              ...parts,
              clientId: config.clientId,
              clientSecret: config.clientSecret,
              subscriptions: SUBSCRIPTIONS,
              openEndpoint: (subscriptions, abort) =>
                openEndpoint(subscriptions, { ...parts, within: parts.timings.openWithin }, abort),
              onFrame: receiver.receive,
              onNoise: () => deps.log.warn("dingtalk: text that is no frame was ignored"),
            },
            signal,
          ),
      });
      running = { keeper, receiver };
      await keeper.start();
    },
    stop: async () => {
      if (running === null) return;
      const { keeper, receiver } = running;
      running = null;
      const { stopWithin } = parts.timings;
      // First what is being stored may still be acknowledged; then what came meanwhile is still stored.
      receiver.stop();
      await receiver.settled(stopWithin);
      await keeper.stop();
      await receiver.settled(stopWithin);
    },
    send: (message) => sendMessage(message, { ...parts, openApi, webhook, cards, perConversation }),
    updateCard: (card) => cards.update(card),
    fetchAttachment: (attachment) => fetchAttachment(attachment, { ...parts, openApi }),
    health: () => running?.keeper.health() ?? stopped,
  };
}
