import { findContact, noteGrid, noteHeard } from "../../../db/queries/contacts.ts";
import { fromGcj02 } from "../../../services/browser-position.ts";
import type { IncomingMessage } from "../../../services/domain/incoming.ts";
import type { WeChatConfig } from "../../../services/tencent-config.ts";
import type { Capabilities, Channel, ChannelHealth, StoreIncoming } from "../channel.ts";
import { postJson } from "../common/post-json.ts";
import { trackWork } from "../common/under-way.ts";
import { CALL_WITHIN_MS, createTencentApi, tokenOf } from "../tencent/api.ts";
import { type Answer, callbackRoutes } from "../tencent/callback-routes.ts";
import type { TencentSurroundings } from "../tencent/surroundings.ts";
import { createPassiveReplies, type PassiveAnswer } from "./passive-replies.ts";
import { PASSIVE, sendMessage, WINDOW } from "./send-message.ts";
import { readCall, WECHAT } from "./to-incoming.ts";

export interface WeChatDeps extends TencentSurroundings {
  /** how long WeChat's call is kept open for an answer; it waits 5 s itself */
  answerWithinMs?: number;
}

const CAPABILITIES: Capabilities = {
  groupHearing: "none",
  cards: false,
  edits: false,
  markdown: false,
  stream: false,
  voice: true,
  location: true,
  proactive: WINDOW,
  quotas: [],
};

const ANSWER_WITHIN_MS = 4_300;

/** A 公众号 (service account): people write to it one by one; it answers at once, or within 48 hours. */
export function createWeChatChannel(config: WeChatConfig, deps: WeChatDeps): Channel {
  const { database, now } = deps;
  const passive = createPassiveReplies();
  const api = createTencentApi({
    ...deps,
    base: config.apiBase,
    name: WECHAT,
    fetchToken: () => fetchStableToken(config, deps.fetch),
  });
  let state: "ready" | "stopped" = "stopped";
  let since = now();
  const underWay = trackWork();

  return {
    name: WECHAT,
    capabilities: CAPABILITIES,
    callbacks: (app, store) => {
      app.addHook("preClose", async () => passive.releaseAll());
      callbackRoutes(app, {
        ...deps,
        path: "/callbacks/wechat",
        name: WECHAT,
        keys: { token: config.token, aesKey: config.aesKey, receiver: config.appId },
        take: (fields, reply) =>
          underWay.add(
            take(fields, store, (answer) => {
              reply.raw.once("finish", () => answer.left(true));
              reply.raw.once("close", () => answer.left(false));
            }),
          ),
      });
    },
    start: async () => {
      state = "ready";
      since = now();
    },
    stop: async () => {
      if (state === "stopped") return;
      state = "stopped";
      since = now();
      passive.releaseAll();
      await underWay.settled();
    },
    send: (message) => sendMessage(message, { config, db: database, api, passive, now }),
    fetchAttachment: async ({ ref, fileName }) => ({
      bytes: await api.media("/cgi-bin/media/get", ref),
      fileName,
    }),
    health: (): ChannelHealth => {
      const detail = state === "ready" ? api.problem() : null;
      return { state: detail === null ? state : "down", since, detail };
    },
  };

  async function take(
    fields: Record<string, unknown>,
    store: StoreIncoming,
    onAnswer: (answer: PassiveAnswer) => void,
  ): Promise<Answer | null> {
    const call = readCall(fields, now());
    if (call?.message == null) return null;
    const account = { channel: WECHAT, platformUserId: call.openId };
    if (call.gridCode !== null) await noteGrid(database, account, call.gridCode);
    // Following and scanning do not open the window, writing does.
    const contact = call.message.arrived
      ? await findContact(database, account)
      : await noteHeard(database, account, call.message.sentAt);
    const held = passive.hold(call.message.dedupeKey);
    try {
      const outcome = await store(withRoad(call.message, contact?.gridCode ?? null));
      // A repeat has its answer under way; without a bot in this process nobody answers here.
      if (outcome === "seenBefore" || state === "stopped") return null;
      const answer = await held.answered(deps.answerWithinMs ?? ANSWER_WITHIN_MS);
      if (answer === null) return null;
      onAnswer(answer);
      return {
        ToUserName: call.openId,
        FromUserName: call.account,
        CreateTime: Math.floor(now().getTime() / 1_000),
        MsgType: "text",
        Content: answer.text,
      };
    } finally {
      held.release();
    }
  }

  function withRoad(message: IncomingMessage, gridCode: string | null): IncomingMessage {
    const { location } = message;
    return {
      ...message,
      reply: {
        url: `${PASSIVE}${message.dedupeKey}`,
        expiresAt: new Date(now().getTime() + ANSWER_WITHIN_MS),
      },
      location: location === null ? null : fromGcj02(location, deps.datum),
      ...(gridCode === null ? {} : { gridCode }),
    };
  }
}

/** The stable token: all instances get the same, and none of them ends another's. */
export async function fetchStableToken(config: WeChatConfig, fetch: typeof globalThis.fetch) {
  const answer = await postJson(
    `${config.apiBase}/cgi-bin/stable_token`,
    { grant_type: "client_credential", appid: config.appId, secret: config.appSecret },
    { fetch, within: CALL_WITHIN_MS },
  );
  return tokenOf(
    answer,
    "The 公众号",
    "WECHAT_MP_APP_ID, WECHAT_MP_APP_SECRET and WECHAT_MP_API_BASE",
  );
}
