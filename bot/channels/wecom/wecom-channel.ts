import type { WsFrame } from "@wecom/aibot-node-sdk";
import type { Database } from "../../../db/client.ts";
import type { WeComConfig } from "../../../services/tencent-config.ts";
import type {
  Capabilities,
  Channel,
  ChannelHealth,
  OutgoingMessage,
  SendResult,
  StoreIncoming,
} from "../channel.ts";
import { sleep } from "../common/deferred.ts";
import { createRateLimiter } from "../common/rate-limit.ts";
import { trackWork } from "../common/under-way.ts";
import { keepLead, type Lead } from "../leader.ts";
import { openWeComApp, type WeComAppDeps } from "./app.ts";
import { fetchBotFile } from "./bot-attachment.ts";
import { BOT_TIMINGS, type BotKeeper, type BotTimings, keepBot } from "./bot-keeper.ts";
import { readBotFrame, WECOM } from "./bot-messages.ts";
import { botSend } from "./bot-send.ts";

export interface WeComDeps extends Omit<WeComAppDeps, "underWay"> {
  database: Database;
  timings?: Partial<BotTimings>;
  /** of the lease for the bot's connection */
  lead?: { renewEveryMs: number; leaseMs: number };
}

/** As the platform counts for each conversation. */
const PER_MINUTE = 30;
/** Waits between the tries to store what the bot heard: nothing is acknowledged and nothing comes again. */
const STORE_RETRIES = [500, 2_000, 5_000, 15_000, 30_000];

const capabilities = ({ bot, app }: WeComConfig): Capabilities => ({
  groupHearing: bot === null ? "none" : "mentionsOnly",
  cards: false,
  edits: false,
  // It is all Markdown there; plain text goes out so that nothing is taken for formatting.
  markdown: false,
  stream: false,
  voice: true,
  location: app !== null,
  proactive: app === null ? "afterContact" : "always",
  quotas: [
    { messages: PER_MINUTE, per: "minute", each: "conversation" },
    { messages: 1_000, per: "hour", each: "conversation" },
  ],
});

/**
 * 企业微信: the 智能机器人 in internal groups and in private, over one connection that one process holds;
 * beside it, or instead, the self-built app one to one.
 */
export function createWeComChannel(config: WeComConfig, deps: WeComDeps): Channel {
  const { database, log, now, random } = deps;
  const underWay = trackWork();
  const app = config.app === null ? null : openWeComApp(config.app, { ...deps, underWay });
  const perConversation = createRateLimiter({ burst: PER_MINUTE, perSecond: PER_MINUTE / 60 });
  const spent = new Set<string>();
  let lead: Lead | null = null;
  let keeper: BotKeeper | null = null;
  let stopping = new AbortController();
  let since = now();
  let started = false;

  return {
    name: WECOM,
    capabilities: capabilities(config),
    callbacks: (server, store) => app?.callbacks(server, store),
    start: async (store) => {
      started = true;
      since = now();
      stopping = new AbortController();
      const { bot } = config;
      if (bot === null) return;
      const held = keepBot({
        ...deps,
        bot,
        timings: { ...BOT_TIMINGS, ...deps.timings },
        onFrame: (frame) => void underWay.add(take(frame, store)).catch(() => {}),
      });
      keeper = held;
      let opening: Promise<void> = Promise.resolve();
      lead = await keepLead({
        database,
        log,
        ...deps.lead,
        name: `wecom-bot:${bot.id}`,
        onLead: () => {
          opening = held.start();
        },
        onLost: () => void held.stop(),
      });
      await opening;
    },
    stop: async () => {
      if (!started) return;
      started = false;
      since = now();
      stopping.abort();
      // Nothing new comes, what came is stored, and only then may another process connect.
      await keeper?.stop();
      await underWay.settled();
      await lead?.stop();
    },
    send,
    canSend: () => config.bot === null || lead === null || lead.leads(),
    fetchAttachment: async ({ ref, fileName }) => ({
      bytes: ref.startsWith("{")
        ? await fetchBotFile(ref, { ...deps, botUrl: config.bot?.url ?? "wss://invalid" })
        : await mediaOfApp(ref),
      fileName,
    }),
    health,
  };

  /** A frame is acknowledged to nobody: what cannot be stored now is kept and tried again for a while. */
  async function take(frame: WsFrame<unknown>, store: StoreIncoming): Promise<void> {
    const message = readBotFrame(frame, now());
    if (message === null) return;
    for (const wait of [0, ...STORE_RETRIES]) {
      await sleep(wait, stopping.signal);
      try {
        await store(message);
        return;
      } catch (error) {
        const problem = error instanceof Error ? error.name : "unknown";
        log.error({ problem }, "wecom: a message could not be stored; check the database");
      }
      if (stopping.signal.aborted) return;
    }
  }

  async function send(message: OutgoingMessage): Promise<SendResult> {
    if (message.text.trim() === "") return { outcome: "refused", reason: "the message is empty" };
    const { to, reply } = message;
    const client = keeper?.live() ?? null;
    const byBot = client === null ? null : { client, spent, perConversation, now, random };
    const answersBot = byBot !== null && (reply?.url.startsWith("wecom-") ?? false);
    if (to.type === "person" && app !== null && !answersBot) {
      const result = await app.send(to.platformUserId, message);
      return result.outcome === "refused" && byBot !== null
        ? better(result, await botSend(message, byBot))
        : result;
    }
    if (byBot !== null) return botSend(message, byBot);
    return config.bot === null
      ? { outcome: "refused", reason: "the app of 企业微信 is in no groups; set WECOM_BOT_ID" }
      : { outcome: "retry", reason: "the bot of 企业微信 is not connected" };
  }

  async function mediaOfApp(ref: string): Promise<Uint8Array> {
    if (app === null) throw new Error("The app of 企业微信 is not set up. Set WECOM_CORP_ID.");
    return app.media(ref);
  }

  function health(): ChannelHealth {
    if (!started) return { state: "stopped", since, detail: null };
    const ofBot = keeper !== null && lead?.leads() ? keeper.health() : null;
    if (ofBot !== null && ofBot.state !== "ready") return ofBot;
    const problem = app?.problem() ?? null;
    return { state: problem === null ? "ready" : "down", since, detail: problem };
  }
}

/** Of two refusals the first says more; the second road may have worked. */
const better = (first: SendResult, second: SendResult): SendResult =>
  second.outcome === "refused" ? first : second;
