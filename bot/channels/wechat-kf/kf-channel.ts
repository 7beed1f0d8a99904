import { createHash } from "node:crypto";
import { cursorNames } from "../../../db/queries/cursors.ts";
import type { WeChatKfConfig } from "../../../services/tencent-config.ts";
import type {
  Capabilities,
  Channel,
  ChannelHealth,
  OutgoingMessage,
  SendResult,
  StoreIncoming,
} from "../channel.ts";
import { fitInto, utf8Room } from "../common/fit-into.ts";
import { trackWork } from "../common/under-way.ts";
import { createTencentApi } from "../tencent/api.ts";
import { callbackRoutes } from "../tencent/callback-routes.ts";
import { corpToken } from "../tencent/corp-token.ts";
import { resultOf } from "../tencent/send-result.ts";
import type { TencentSurroundings } from "../tencent/surroundings.ts";
import { type WindowRule, withinWindow } from "../tencent/window.ts";
import { textOf } from "../tencent/xml.ts";
import { customerOf, WECHAT_KF, WELCOME } from "./kf-messages.ts";
import { CURSOR, syncMessages } from "./kf-sync.ts";

const WINDOW: WindowRule = { windowHours: 48, messages: 5 };

const CAPABILITIES: Capabilities = {
  groupHearing: "none",
  cards: false,
  edits: false,
  markdown: false,
  stream: false,
  // The platform does not recognise what is said.
  voice: false,
  location: true,
  proactive: WINDOW,
  quotas: [],
};

/** The platform takes 2,048 bytes of text. */
const ROOM = utf8Room(2_048);
/** What failed to be fetched is tried again by ourselves: the platform calls three times only. */
const RETRY_MS = 30_000;

/** 微信客服: anybody with WeChat writes to it from a QR code or a link, without following anything. */
export function createWeChatKfChannel(config: WeChatKfConfig, deps: TencentSurroundings): Channel {
  const { database, now, log } = deps;
  const api = createTencentApi({
    ...deps,
    base: config.apiBase,
    name: WECHAT_KF,
    fetchToken: () =>
      corpToken(config, deps.fetch, "微信客服", "WECHAT_KF_CORP_ID and WECHAT_KF_SECRET"),
  });
  const underWay = trackWork();
  /** one fetching at a time for each account: two would store everything twice to no end */
  const queues = new Map<string, Promise<void>>();
  const retries = new Map<string, NodeJS.Timeout>();
  let state: "ready" | "stopped" = "stopped";
  let since = now();

  return {
    name: WECHAT_KF,
    capabilities: CAPABILITIES,
    callbacks: (app, store) =>
      callbackRoutes(app, {
        ...deps,
        path: "/callbacks/wechat-kf",
        name: WECHAT_KF,
        keys: { token: config.token, aesKey: config.aesKey, receiver: config.corpId },
        take: async (fields) => {
          const openKfId = textOf(fields, "OpenKfId");
          if (textOf(fields, "Event") !== "kf_msg_or_event" || openKfId === undefined) return null;
          await underWay.add(sync(openKfId, textOf(fields, "Token") ?? null, store));
          return null;
        },
      }),
    start: async (store) => {
      state = "ready";
      since = now();
      // What came while nobody listened lies there for three days.
      for (const name of await cursorNames(database, CURSOR))
        void underWay.add(sync(name.slice(CURSOR.length), null, store)).catch(() => {});
    },
    stop: async () => {
      if (state === "stopped") return;
      state = "stopped";
      since = now();
      for (const timer of retries.values()) clearTimeout(timer);
      await underWay.settled();
    },
    send: (message) => send(message),
    fetchAttachment: async ({ ref, fileName }) => ({
      bytes: await api.media("/cgi-bin/media/get", ref),
      fileName,
    }),
    health: (): ChannelHealth => {
      const detail = state === "ready" ? api.problem() : null;
      return { state: detail === null ? state : "down", since, detail };
    },
  };

  function sync(openKfId: string, token: string | null, store: StoreIncoming): Promise<void> {
    const before = queues.get(openKfId) ?? Promise.resolve();
    const next = before
      .catch(() => {})
      .then(() => syncMessages(openKfId, token, store, { ...deps, api }));
    queues.set(openKfId, next);
    return next.catch((error: unknown) => {
      const problem = error instanceof Error ? error.message : "unknown";
      log.error({ problem }, "wechatKf: messages could not be fetched and stored; tried again");
      retryLater(openKfId, store);
      throw error;
    });
  }

  function retryLater(openKfId: string, store: StoreIncoming): void {
    if (state === "stopped" || retries.has(openKfId)) return;
    const timer = setTimeout(() => {
      retries.delete(openKfId);
      void underWay.add(sync(openKfId, null, store)).catch(() => {});
    }, RETRY_MS);
    retries.set(openKfId, timer);
  }

  async function send({ to, key, text, reply }: OutgoingMessage): Promise<SendResult> {
    if (text.trim() === "") return { outcome: "refused", reason: "the message is empty" };
    const customer = to.type === "person" ? customerOf(to.platformUserId) : null;
    if (to.type !== "person" || customer === null)
      return { outcome: "refused", reason: "微信客服 writes to its customers, and has no groups" };
    const body = {
      // The platform knows a repeat by it.
      msgid: createHash("sha256").update(key).digest("hex").slice(0, 32),
      msgtype: "text",
      text: { content: fitInto(text, ROOM) },
    };
    if (reply?.url.startsWith(WELCOME) && reply.expiresAt > now()) {
      const code = reply.url.slice(WELCOME.length);
      const welcomed = await api.call("/cgi-bin/kf/send_msg_on_event", { ...body, code });
      if (welcomed.outcome !== "rejected") return resultOf(welcomed);
    }
    const account = { channel: WECHAT_KF, platformUserId: to.platformUserId };
    const verdict = await withinWindow(database, account, WINDOW, now(), () =>
      api.call("/cgi-bin/kf/send_msg", { ...body, ...customer }),
    );
    return verdict === null
      ? {
          outcome: "refused",
          reason:
            "the person did not write within 48 hours, or had five messages since; they can be told again once they write",
        }
      : resultOf(verdict);
  }
}
