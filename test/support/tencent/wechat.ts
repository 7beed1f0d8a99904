import { createLedger, type Heard, type Sent } from "../dingtalk-gateway/ledger.ts";
import { decrypted, fieldOf, type Keys, sealedCall, sha1, xmlOf } from "./sealing.ts";
import {
  createTokens,
  error,
  fine,
  postCallback,
  startServer,
  type TencentServer,
} from "./server.ts";

export type Said =
  | string
  | { picture: Uint8Array }
  | { voice: Uint8Array; recognition: string }
  | { location: { lng: number; lat: number }; label: string }
  | { link: string };

export interface WeChatPush {
  /** what WeChat was answered; null: nothing within its five seconds */
  answered: Promise<{ status: number; body: string } | null>;
  again(): Promise<WeChatPush>;
}

export interface Follower {
  openId: string;
  says(said: Said): Promise<WeChatPush>;
  /** scans a QR code that bears a scene; `follows`: for the first time */
  scans(scene: string, how?: { follows?: boolean }): Promise<WeChatPush>;
  hears(pattern: RegExp | string, withinMs?: number): Promise<Heard>;
}

export interface WeChat {
  keys: Keys;
  env(): Record<string, string>;
  /** where the product's callbacks are */
  callAt(productUrl: string): void;
  follower(openId: string): Follower;
  /** the scene of a permanent code that was made here */
  sceneOf(url: string): string | null;
  /** how many permanent codes the account may have */
  allowScenes(most: number): void;
  sent(): Sent[];
  unfollows(openId: string): void;
  /** two days pass for everybody's window */
  closeWindows(): void;
  revokeTokens(): void;
  api: TencentServer;
  stop(): Promise<void>;
}

const SECRET = "a-wechat-secret";
const ACCOUNT = "gh_yihu";
const MOST_BYTES = 2_048;

/** A WeChat with one 公众号 (service account), in safe mode unless `plain`. */
export async function startWeChat({ plain = false } = {}): Promise<WeChat> {
  const keys: Keys = {
    token: "wechattoken",
    aesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    receiver: "wx0123456789abcdef",
  };
  const ledger = createLedger();
  const tokens = createTokens();
  const files = new Map<string, Uint8Array>();
  /** messages left to say, by openid; who is absent never wrote */
  const left = new Map<string, number>();
  const gone = new Set<string>();
  const scenes = new Map<string, string>();
  let mostScenes = 100_000;
  let product = "";
  let ids = 7_000_000_000_000_000;

  const api = await startServer({
    "POST /cgi-bin/stable_token": ({ body }) =>
      body.appid === keys.receiver && body.secret === SECRET
        ? fine({ access_token: tokens.give(), expires_in: 7_200 })
        : error(40125, "invalid appsecret"),
    "POST /cgi-bin/message/custom/send": ({ query, body }) => {
      if (!tokens.good(query.get("access_token"))) return error(40001, "invalid credential");
      const openId = String(body.touser);
      const text = String((body.text as { content?: unknown })?.content ?? "");
      if (gone.has(openId)) return error(43004, "require subscribe");
      if (Buffer.byteLength(text) > MOST_BYTES) return error(45002, "content size out of limit");
      const more = left.get(openId);
      if (more === undefined) return error(45015, "response out of time limit");
      if (more === 0) return error(45047, "out of response count limit");
      left.set(openId, more - 1);
      said(openId, text, "custom");
      return fine();
    },
    "POST /cgi-bin/message/template/send": ({ query, body }) => {
      if (!tokens.good(query.get("access_token"))) return error(40001, "invalid credential");
      if (body.template_id !== "template-1") return error(40037, "invalid template_id");
      const data = body.data as Record<string, { value: string }>;
      const [field] = Object.values(data);
      if ([...(field?.value ?? "")].length > 20) return error(47003, "argument invalid");
      said(String(body.touser), field?.value ?? "", "template");
      return fine({ msgid: ++ids });
    },
    "POST /cgi-bin/qrcode/create": ({ query, body }) => {
      if (!tokens.good(query.get("access_token"))) return error(40001, "invalid credential");
      const { scene } = body.action_info as { scene: { scene_str?: string } };
      const text = scene.scene_str ?? "";
      if (body.action_name !== "QR_LIMIT_STR_SCENE") return error(40053, "invalid action info");
      if (text.length < 1 || text.length > 64) return error(40052, "invalid scene");
      if (scenes.size >= mostScenes) return error(45029, "qrcode count out of limit");
      const url = `http://weixin.qq.com/q/${Buffer.from(text).toString("base64url")}`;
      scenes.set(url, text);
      return fine({ ticket: `ticket-${scenes.size}`, url });
    },
    "GET /cgi-bin/media/get": ({ query }) => {
      const bytes = files.get(query.get("media_id") ?? "");
      return bytes === undefined ? error(40007, "invalid media_id") : { status: 200, body: bytes };
    },
  });

  const said = (userId: string, text: string, via: string) =>
    ledger.add({ conversationId: null, userId, text, via, mentions: [], at: new Date() });

  return {
    keys,
    env: () => ({
      WECHAT_MP_APP_ID: keys.receiver,
      WECHAT_MP_APP_SECRET: SECRET,
      WECHAT_MP_TOKEN: keys.token,
      ...(plain ? {} : { WECHAT_MP_AES_KEY: keys.aesKey }),
      WECHAT_MP_API_BASE: api.baseUrl,
    }),
    callAt: (productUrl) => {
      product = `${productUrl}/callbacks/wechat`;
    },
    follower: (openId) => ({
      openId,
      says: async (what) => {
        left.set(openId, 5);
        return push(openId, { ...bodyOf(what), MsgId: ++ids });
      },
      scans: async (scene, { follows = false } = {}) =>
        push(openId, {
          MsgType: "event",
          Event: follows ? "subscribe" : "SCAN",
          EventKey: follows ? `qrscene_${scene}` : scene,
          Ticket: "ticket",
        }),
      hears: (pattern, withinMs = 5_000) =>
        ledger.hears(
          { name: openId, belongs: (sent) => sent.userId === openId },
          pattern,
          withinMs,
        ),
    }),
    sceneOf: (url) => scenes.get(url) ?? null,
    allowScenes: (most) => {
      mostScenes = most;
    },
    sent: ledger.all,
    unfollows: (openId) => void gone.add(openId),
    closeWindows: () => left.clear(),
    revokeTokens: tokens.revoke,
    api,
    stop: api.stop,
  };

  function push(openId: string, fields: Record<string, string | number>): WeChatPush {
    const xml = xmlOf({
      ToUserName: ACCOUNT,
      FromUserName: openId,
      CreateTime: Math.floor(Date.now() / 1_000),
      ...fields,
    });
    const once = (): WeChatPush => ({
      answered: deliver(openId, xml),
      again: async () => once(),
    });
    return once();
  }

  async function deliver(openId: string, xml: string) {
    const call = sealedCall(keys, xml);
    const { signature = "", timestamp = "", nonce = "" } = call.query;
    const answer = plain
      ? await postCallback(product, { signature, timestamp, nonce, openid: openId }, xml)
      : await postCallback(product, call.query, call.body);
    const text = answer?.status === 200 ? passiveText(answer.body) : null;
    if (text !== null) said(openId, text, "passive");
    return answer;
  }

  /** What the product answered at once; null for `success`. */
  function passiveText(body: string): string | null {
    if (body === "success" || body === "") return null;
    if (plain) return fieldOf(body, "Content");
    const sealed = fieldOf(body, "Encrypt");
    const signed = sha1(keys.token, fieldOf(body, "TimeStamp"), fieldOf(body, "Nonce"), sealed);
    if (signed !== fieldOf(body, "MsgSignature")) throw new Error("The answer is signed badly.");
    return fieldOf(decrypted(keys, sealed), "Content");
  }

  function bodyOf(what: Said): Record<string, string | number> {
    if (typeof what === "string") return { MsgType: "text", Content: what };
    if ("link" in what) return { MsgType: "link", Title: "t", Url: what.link };
    if ("location" in what) {
      const { lng, lat } = what.location;
      return {
        MsgType: "location",
        Location_X: lat,
        Location_Y: lng,
        Scale: 16,
        Label: what.label,
      };
    }
    const MediaId = `media-${++ids}`;
    if ("picture" in what) {
      files.set(MediaId, what.picture);
      return { MsgType: "image", PicUrl: "http://mmbiz.example/0", MediaId };
    }
    files.set(MediaId, what.voice);
    return { MsgType: "voice", Format: "amr", MediaId, Recognition: what.recognition };
  }
}
