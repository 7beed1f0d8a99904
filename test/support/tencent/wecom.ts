import { createLedger, type Heard, type Sent } from "../dingtalk-gateway/ledger.ts";
import { type AiBot, attachAiBot } from "./aibot.ts";
import { type Keys, sealedCall, xmlOf } from "./sealing.ts";
import {
  createTokens,
  error,
  fine,
  postCallback,
  startServer,
  type TencentServer,
} from "./server.ts";

export interface AppPush {
  answered: Promise<{ status: number; body: string } | null>;
  again(): Promise<AppPush>;
}

export interface WeCom {
  keys: Keys;
  api: TencentServer;
  bot: AiBot;
  /** the settings of app and bot; `only` leaves the other out */
  env(only?: "app" | "bot"): Record<string, string>;
  callAt(productUrl: string): void;
  /** one to one with the app */
  person(userId: string): {
    says(said: string | { picture: Uint8Array }): Promise<AppPush>;
    hears(pattern: RegExp | string, withinMs?: number): Promise<Heard>;
  };
  /** an internal group with the bot in it */
  group(chatId: string): {
    /** somebody mentions the bot */
    says(userId: string, text: string): void;
    hears(pattern: RegExp | string, withinMs?: number): Promise<Heard>;
  };
  putFile(bytes: Uint8Array): string;
  leaves(userId: string): void;
  sent(): Sent[];
  stop(): Promise<void>;
}

const SECRET = "an-agent-secret";
const AGENT = 1_000_002;

/** 企业微信 of one corporation: the self-built app's API and callbacks, and the bot's long connection. */
export async function startWeCom(): Promise<WeCom> {
  const keys: Keys = {
    token: "wecomtoken",
    aesKey: "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefg",
    receiver: "ww0123456789",
  };
  const ledger = createLedger();
  const tokens = createTokens();
  const files = new Map<string, Uint8Array>();
  const gone = new Set<string>();
  let product = "";
  let ids = 6_000_000_000_000_000;

  const api = await startServer({
    "GET /cgi-bin/gettoken": ({ query }) =>
      query.get("corpid") === keys.receiver && query.get("corpsecret") === SECRET
        ? fine({ access_token: tokens.give(), expires_in: 7_200 })
        : error(40001, "invalid credential"),
    "POST /cgi-bin/message/send": ({ query, body }) => {
      if (!tokens.good(query.get("access_token"))) return error(42001, "access_token expired");
      const userId = String(body.touser);
      const text = (body.text as { content: string }).content;
      if (body.agentid !== AGENT) return error(301002, "not allow operate another agent");
      if (Buffer.byteLength(text) > 2_048) return error(45002, "content size out of limit");
      if (gone.has(userId)) return fine({ invaliduser: userId });
      heard(null, userId, text, "app");
      return fine({ msgid: `sent${++ids}` });
    },
    "GET /cgi-bin/media/get": ({ query }) => {
      const bytes = files.get(query.get("media_id") ?? "");
      return bytes === undefined ? error(40007, "invalid media_id") : { status: 200, body: bytes };
    },
    "GET /bot-file": ({ query }) => {
      const bytes = files.get(query.get("id") ?? "");
      return bytes === undefined ? { status: 404, body: "" } : { status: 200, body: bytes };
    },
  });
  const groups = new Set<string>();
  const bot = attachAiBot(api.server, ({ to, text, via }) =>
    groups.has(to) ? heard(to, null, text, via) : heard(null, to, text, via),
  );

  function heard(conversationId: string | null, userId: string | null, text: string, via: string) {
    ledger.add({ conversationId, userId, text, via, mentions: [], at: new Date() });
  }

  return {
    keys,
    api,
    bot,
    env: (only) => ({
      WECOM_API_BASE: api.baseUrl,
      ...(only === "bot"
        ? {}
        : {
            WECOM_CORP_ID: keys.receiver,
            WECOM_AGENT_ID: String(AGENT),
            WECOM_AGENT_SECRET: SECRET,
            WECOM_TOKEN: keys.token,
            WECOM_AES_KEY: keys.aesKey,
          }),
      ...(only === "app"
        ? {}
        : {
            WECOM_BOT_ID: bot.botId,
            WECOM_BOT_SECRET: bot.secret,
            WECOM_BOT_URL: api.baseUrl.replace("http", "ws"),
          }),
    }),
    callAt: (productUrl) => {
      product = `${productUrl}/callbacks/wecom`;
    },
    person: (userId) => ({
      says: async (said) => {
        const MediaId = `media-${++ids}`;
        if (typeof said === "object") files.set(MediaId, said.picture);
        const xml = xmlOf({
          ToUserName: keys.receiver,
          FromUserName: userId,
          CreateTime: Math.floor(Date.now() / 1_000),
          ...(typeof said === "string"
            ? { MsgType: "text", Content: said }
            : { MsgType: "image", PicUrl: "http://x", MediaId }),
          MsgId: ++ids,
          AgentID: AGENT,
        });
        const once = (): AppPush => {
          const call = sealedCall(keys, xml);
          return {
            answered: postCallback(product, call.query, call.body),
            again: async () => once(),
          };
        };
        return once();
      },
      hears: (pattern, withinMs = 5_000) =>
        ledger.hears(
          { name: userId, belongs: (sent) => sent.userId === userId },
          pattern,
          withinMs,
        ),
    }),
    group: (chatId) => {
      groups.add(chatId);
      return {
        says: (userId, text) => {
          const body = {
            chatid: chatId,
            chattype: "group",
            from: { userid: userId },
            msgtype: "text",
            text: { content: `@一呼 ${text}` },
          };
          if (!bot.message(body, chatId)) throw new Error("The bot is not connected.");
        },
        hears: (pattern, withinMs = 5_000) =>
          ledger.hears(
            { name: chatId, belongs: (sent) => sent.conversationId === chatId },
            pattern,
            withinMs,
          ),
      };
    },
    putFile: (bytes) => {
      const id = `file-${++ids}`;
      files.set(id, bytes);
      return `${api.baseUrl}/bot-file?id=${id}`;
    },
    leaves: (userId) => void gone.add(userId),
    sent: ledger.all,
    stop: api.stop,
  };
}
