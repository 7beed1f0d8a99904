import { createLedger, type Sent } from "../dingtalk-gateway/ledger.ts";
import { type Keys, sealedCall, xmlOf } from "./sealing.ts";
import {
  createTokens,
  error,
  fine,
  postCallback,
  startServer,
  type TencentServer,
} from "./server.ts";

export interface KfPush {
  answered: Promise<{ status: number; body: string } | null>;
  /** the platform calls once more about the same */
  again(): Promise<KfPush>;
}

export interface Kf {
  keys: Keys;
  api: TencentServer;
  openKfId: string;
  env(): Record<string, string>;
  callAt(productUrl: string): void;
  customer(userId: string): {
    says(said: string | { picture: Uint8Array }): Promise<KfPush>;
    /** opens the chat from a QR code or link */
    enters(scene: { scene?: string; scene_param?: string }): Promise<KfPush>;
    /** writes without the platform getting through to us */
    saysUnheard(text: string): void;
  };
  /** another service account beside the first */
  addAccount(openKfId: string): void;
  leaves(userId: string): void;
  sent(): Sent[];
  stop(): Promise<void>;
}

const SECRET = "a-kf-secret";

/** 微信客服 with one service account: events say that there is something, `sync_msg` gives it. */
export async function startKf({ page = 2 } = {}): Promise<Kf> {
  const keys: Keys = {
    token: "kftoken",
    aesKey: "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
    receiver: "ww9876543210",
  };
  const openKfId = "wkYihu";
  const ledger = createLedger();
  const tokens = createTokens();
  const files = new Map<string, Uint8Array>();
  const messages: Record<string, unknown>[] = [];
  const left = new Map<string, number>();
  const gone = new Set<string>();
  const codes = new Map<string, string>();
  const sentIds = new Set<string>();
  const accounts = [openKfId];
  let product = "";
  let ids = 0;

  const said = (userId: string, text: string, via: string) =>
    ledger.add({ conversationId: null, userId, text, via, mentions: [], at: new Date() });
  const api = await startServer({
    "GET /cgi-bin/gettoken": ({ query }) =>
      query.get("corpsecret") === SECRET
        ? fine({ access_token: tokens.give(), expires_in: 7_200 })
        : error(40001, "invalid credential"),
    "POST /cgi-bin/kf/account/list": ({ query }) =>
      tokens.good(query.get("access_token"))
        ? fine({ account_list: accounts.map((open_kfid) => ({ open_kfid, name: "一呼" })) })
        : error(42001, "access_token expired"),
    "POST /cgi-bin/kf/add_contact_way": ({ query, body }) => {
      if (!tokens.good(query.get("access_token"))) return error(42001, "access_token expired");
      if (!accounts.includes(String(body.open_kfid))) return error(95000, "invalid open_kfid");
      if (!/^[0-9a-zA-Z_-]{1,32}$/.test(String(body.scene))) return error(40058, "invalid scene");
      return fine({ url: `https://work.weixin.qq.com/kfid/${body.open_kfid}?enc_scene=ENC1` });
    },
    "POST /cgi-bin/kf/sync_msg": ({ query, body }) => {
      if (!tokens.good(query.get("access_token"))) return error(42001, "access_token expired");
      if (body.open_kfid !== openKfId) return error(95000, "invalid open_kfid");
      const from = Number(body.cursor ?? 0);
      const some = messages.slice(from, from + page);
      const next = from + some.length;
      return fine({
        next_cursor: String(next),
        has_more: next < messages.length ? 1 : 0,
        msg_list: some,
      });
    },
    "POST /cgi-bin/kf/send_msg": ({ query, body }) => {
      if (!tokens.good(query.get("access_token"))) return error(42001, "access_token expired");
      const userId = String(body.touser);
      const text = (body.text as { content: string }).content;
      if (gone.has(userId)) return error(40096, "invalid external userid");
      if (Buffer.byteLength(text) > 2_048) return error(45002, "content size out of limit");
      if (sentIds.has(String(body.msgid))) return error(95011, "msgid is sent already");
      const more = left.get(userId) ?? 0;
      if (more === 0) return error(95001, "send msg count limit");
      left.set(userId, more - 1);
      sentIds.add(String(body.msgid));
      said(userId, text, "kf");
      return fine({ msgid: body.msgid });
    },
    "POST /cgi-bin/kf/send_msg_on_event": ({ body }) => {
      const userId = codes.get(String(body.code));
      if (userId === undefined) return error(95012, "invalid code");
      codes.delete(String(body.code));
      said(userId, (body.text as { content: string }).content, "welcome");
      return fine({ msgid: body.msgid });
    },
    "GET /cgi-bin/media/get": ({ query }) => {
      const bytes = files.get(query.get("media_id") ?? "");
      return bytes === undefined ? error(40007, "invalid media_id") : { status: 200, body: bytes };
    },
  });

  return {
    keys,
    api,
    openKfId,
    env: () => ({
      WECHAT_KF_CORP_ID: keys.receiver,
      WECHAT_KF_SECRET: SECRET,
      WECHAT_KF_TOKEN: keys.token,
      WECHAT_KF_AES_KEY: keys.aesKey,
      WECOM_API_BASE: api.baseUrl,
    }),
    callAt: (productUrl) => {
      product = `${productUrl}/callbacks/wechat-kf`;
    },
    customer: (userId) => ({
      says: async (what) => {
        write(userId, what);
        return call();
      },
      enters: async (scene) => {
        const welcome_code = `code-${++ids}`;
        codes.set(welcome_code, userId);
        const event_type = "enter_session";
        add({
          origin: 4,
          msgtype: "event",
          event: {
            event_type,
            open_kfid: openKfId,
            external_userid: userId,
            welcome_code,
            ...scene,
          },
        });
        return call();
      },
      saysUnheard: (text) => write(userId, text),
    }),
    addAccount: (id) => void accounts.push(id),
    leaves: (userId) => void gone.add(userId),
    sent: ledger.all,
    stop: api.stop,
  };

  function write(userId: string, what: string | { picture: Uint8Array }): void {
    left.set(userId, 5);
    const of = { open_kfid: openKfId, external_userid: userId, origin: 3 };
    if (typeof what === "string") {
      add({ ...of, msgtype: "text", text: { content: what } });
    } else {
      const media_id = `media-${++ids}`;
      files.set(media_id, what.picture);
      add({ ...of, msgtype: "image", image: { media_id } });
    }
  }

  function add(message: Record<string, unknown>): void {
    messages.push({ msgid: `kf${++ids}`, send_time: Math.floor(Date.now() / 1_000), ...message });
  }

  function call(): KfPush {
    const xml = xmlOf({
      ToUserName: keys.receiver,
      CreateTime: Math.floor(Date.now() / 1_000),
      MsgType: "event",
      Event: "kf_msg_or_event",
      Token: "ENCApHxnGDNAVNY4AaSJKj4Tb5mwsEMzxhFmHVGcra996NR",
      OpenKfId: openKfId,
    });
    const { query, body } = sealedCall(keys, xml);
    return { answered: postCallback(product, query, body), again: async () => call() };
  }
}
