import type { FastifyInstance } from "fastify";
import { type Datum, fromGcj02 } from "../../../services/browser-position.ts";
import type { Log } from "../../../services/log.ts";
import type { Metrics } from "../../../services/metrics.ts";
import type { WeComAppConfig } from "../../../services/tencent-config.ts";
import type { OutgoingMessage, SendResult, StoreIncoming } from "../channel.ts";
import { fitInto, utf8Room } from "../common/fit-into.ts";
import { field } from "../common/post-json.ts";
import type { UnderWay } from "../common/under-way.ts";
import { createTencentApi } from "../tencent/api.ts";
import { callbackRoutes } from "../tencent/callback-routes.ts";
import { corpToken } from "../tencent/corp-token.ts";
import { resultOf } from "../tencent/send-result.ts";
import { textOf } from "../tencent/xml.ts";
import { readCall } from "../wechat/to-incoming.ts";
import { WECOM } from "./bot-messages.ts";

export interface WeComAppDeps {
  log: Log;
  metrics: Pick<Metrics, "count">;
  fetch: typeof fetch;
  datum: Datum;
  underWay: UnderWay;
  /** real time */
  now(): Date;
  random(): number;
}

export interface WeComApp {
  callbacks(app: FastifyInstance, store: StoreIncoming): void;
  /** to one person */
  send(userId: string, message: OutgoingMessage): Promise<SendResult>;
  media(mediaId: string): Promise<Uint8Array>;
  problem(): string | null;
}

/** The app takes 2,048 bytes of text. */
const ROOM = utf8Room(2_048);

/** The self-built app (自建应用): one to one with everybody whom it is shown to. */
export function openWeComApp(config: WeComAppConfig, deps: WeComAppDeps): WeComApp {
  const api = createTencentApi({
    ...deps,
    base: config.apiBase,
    name: WECOM,
    fetchToken: () =>
      corpToken(config, deps.fetch, "企业微信", "WECOM_CORP_ID and WECOM_AGENT_SECRET"),
  });
  return {
    callbacks: (app, store) =>
      callbackRoutes(app, {
        ...deps,
        path: "/callbacks/wecom",
        name: WECOM,
        keys: { token: config.token, aesKey: config.aesKey, receiver: config.corpId },
        take: async (fields) => {
          // Following and opening the app are events, and nobody's words.
          if (textOf(fields, "MsgType") === "event") return null;
          const message = readCall(fields, deps.now())?.message;
          if (message == null) return null;
          const { location } = message;
          await deps.underWay.add(
            store({
              ...message,
              channel: WECOM,
              dedupeKey: `app:${message.dedupeKey}`,
              location: location === null ? null : fromGcj02(location, deps.datum),
            }),
          );
          return null;
        },
      }),
    async send(userId, { text }) {
      const verdict = await api.call("/cgi-bin/message/send", {
        touser: userId,
        msgtype: "text",
        agentid: config.agentId,
        text: { content: fitInto(text, ROOM) },
      });
      const unknown = verdict.outcome === "ok" ? (field(verdict.body, "invaliduser") ?? "") : "";
      return unknown === ""
        ? resultOf(verdict)
        : {
            outcome: "refused",
            reason:
              "no such person in 企业微信, or the app is not shown to them; correct accounts.csv, or the app's visible range (可见范围)",
          };
    },
    media: (mediaId) => api.media("/cgi-bin/media/get", mediaId),
    problem: () => api.problem(),
  };
}
