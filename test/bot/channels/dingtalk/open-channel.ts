import type { Channel, OutgoingMessage, StoreIncoming } from "../../../../bot/channels/channel.ts";
import { createDingTalkChannel } from "../../../../bot/channels/dingtalk/dingtalk-channel.ts";
import type { Timings } from "../../../../bot/channels/dingtalk/timings.ts";
import type { IncomingMessage } from "../../../../services/domain/incoming.ts";
import { silentLog } from "../../../../services/log.ts";
import type { Gateway } from "../../../support/dingtalk-gateway/gateway.ts";

/** Short enough to wait for, long enough for two busy cores. */
const QUICK: Partial<Timings> = {
  pingEvery: 200,
  stableAfter: 1_000,
  firstRetry: 100,
  longestRetry: 800,
  retireAfter: 300,
  openWithin: 1_000,
  callWithin: 2_500,
  urgentWithin: 300,
  downloadWithin: 2_000,
  storeRetries: [],
};

export interface OpenedChannel {
  channel: Channel;
  stored: IncomingMessage[];
  /** counts as `name label=value …` → number */
  counted: Map<string, number>;
}

/** The real channel, with the real SDK, talking to the gateway; started if `start` is not false. */
export async function openChannel(
  gateway: Gateway,
  how: {
    store?: StoreIncoming;
    timings?: Partial<Timings>;
    messagesPerMinute?: number;
    cardTemplateId?: string;
    now?: () => Date;
    start?: boolean;
  } = {},
): Promise<OpenedChannel> {
  const env = gateway.env();
  const stored: IncomingMessage[] = [];
  const counted = new Map<string, number>();
  const channel = createDingTalkChannel(
    {
      clientId: env.DINGTALK_CLIENT_ID ?? "",
      clientSecret: env.DINGTALK_CLIENT_SECRET ?? "",
      robotCode: env.DINGTALK_ROBOT_CODE ?? "",
      apiBase: gateway.baseUrl,
      oapiBase: gateway.baseUrl,
      cardTemplateId: how.cardTemplateId ?? null,
      corpId: null,
      messagesPerMinute: how.messagesPerMinute ?? 20,
    },
    {
      log: silentLog,
      now: how.now ?? (() => new Date()),
      random: Math.random,
      timings: { ...QUICK, ...how.timings },
      metrics: {
        count: (name, labels) => {
          const key = [name, ...Object.values(labels)].join(" ");
          counted.set(key, (counted.get(key) ?? 0) + 1);
        },
      },
    },
  );
  const remember: StoreIncoming = async (message) => {
    const seen = stored.some((known) => known.dedupeKey === message.dedupeKey);
    if (!seen) stored.push(message);
    return seen ? "seenBefore" : "stored";
  };
  if (how.start !== false) await channel.start(how.store ?? remember);
  return { channel, stored, counted };
}

let keys = 0;

/** A notice to the group `cid1`, unless said otherwise. */
export const anOutgoing = (message: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  key: `key-${++keys}`,
  to: { type: "conversation", conversationId: "cid1" },
  text: "SJ20261123-0001 已受理",
  reply: null,
  mentions: [],
  priority: "notice",
  ...message,
});

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves when `holds` does; the error names what was waited for. */
export async function until(holds: () => boolean, what: string, withinMs = 4_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await pause(5);
  }
}
