import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import {
  type Call,
  ok,
  type Reply,
  readCall,
  writeReply,
} from "../dingtalk-gateway/http-exchange.ts";
import { createLedger, type Heard, type Ledger, type Sent } from "../dingtalk-gateway/ledger.ts";
import { expectedSignature } from "./signature.ts";

export interface ZwddGateway {
  baseUrl: string;
  /** the settings with which the product talks to this gateway */
  env(): Record<string, string>;
  /** where the robot's callbacks go (outgoingUrl) */
  callsBack(url: string): void;
  group(chatId: string): Listening & { says(accountId: string, text: string): Promise<Response> };
  person(accountId: string): Listening & { says(text: string): Promise<Response> };
  /** one callback as the robot makes it, with what is to be odd about it */
  callBack(body: object, headers?: Record<string, string>): Promise<Response>;
  sent(): Sent[];
  /** every call, with its fields and what became of it */
  calls(): { path: string; fields: Record<string, string>; status: number }[];
  /** the robot may not write to this account */
  shuts(accountId: string): void;
  /** the next calls of the path are answered so */
  answers(path: string, reply: Reply | null): void;
  /** the next call of the path alone is answered so */
  answersOnce(path: string, reply: Reply): void;
  expireTokens(): void;
  stop(): Promise<void>;
}

interface Listening {
  hears(pattern: RegExp | string, withinMs?: number): Promise<Heard>;
}

const APP = { key: "yihu-app", secret: "a-secret-of-the-app", tenantId: "196729" };
const OUTGOING_TOKEN = "an-outgoing-token-of-enough-signs";
const SKEW_MS = 5 * 60_000;

/** A 浙政钉 of one tenant on a port of this machine. It checks every signature by its own rule. */
export async function startZwddGateway(): Promise<ZwddGateway> {
  const ledger = createLedger();
  const nonces = new Set<string>();
  const tokens = new Set<string>();
  const shut = new Set<string>();
  const overrides = new Map<string, Reply>();
  const once = new Map<string, Reply>();
  const calls: ReturnType<ZwddGateway["calls"]> = [];
  const sockets = new Set<Socket>();
  let outgoingUrl = "";
  let ids = 0;
  const server = createServer((request, response) => {
    readCall(request)
      .then((call) => writeReply(answer(call), request, response))
      .catch(() => response.destroy());
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const callBack: ZwddGateway["callBack"] = (body, headers = {}) =>
    fetch(outgoingUrl, {
      method: "POST",
      headers: { "content-type": "application/json", token: OUTGOING_TOKEN, ...headers },
      body: JSON.stringify(body),
    });
  return {
    baseUrl,
    env: () => ({
      ZWDD_APP_KEY: APP.key,
      ZWDD_APP_SECRET: APP.secret,
      ZWDD_OUTGOING_TOKEN: OUTGOING_TOKEN,
      ZWDD_TENANT_ID: APP.tenantId,
      ZWDD_BASE: baseUrl,
    }),
    callsBack: (url) => {
      outgoingUrl = url;
    },
    group: (chatId) => ({
      says: (accountId, text) => callBack(said(accountId, text, chatId, "2")),
      ...listening(ledger, chatId, (sent) => sent.conversationId === chatId),
    }),
    person: (accountId) => ({
      says: (text) => callBack(said(accountId, text, `single-${accountId}`, "1")),
      ...listening(ledger, `${accountId} in private`, (sent) => sent.userId === accountId),
    }),
    callBack,
    sent: ledger.all,
    calls: () => [...calls],
    shuts: (accountId) => void shut.add(accountId),
    answers: (path, reply) => {
      if (reply === null) overrides.delete(path);
      else overrides.set(path, reply);
    },
    answersOnce: (path, reply) => void once.set(path, reply),
    expireTokens: () => tokens.clear(),
    stop: () => closed(server, sockets),
  };

  function said(accountId: string, text: string, conversationId: string, type: string) {
    return {
      msgId: `msg-${Date.now().toString(36)}-${++ids}`,
      msgtype: "text",
      text: { content: type === "2" ? ` ${text}` : text },
      conversationId,
      conversationType: type,
      senderId: accountId,
      senderNick: accountId,
      createAt: Date.now(),
      robotCode: "zz-robot",
    };
  }

  function answer(call: Call): Reply {
    const fields = Object.fromEntries(new URLSearchParams(call.raw.toString()));
    const next = once.get(call.path);
    once.delete(call.path);
    const reply =
      next ?? overrides.get(call.path) ?? gatewayProblem(call) ?? route(call.path, fields);
    calls.push({ path: call.path, fields, status: "status" in reply ? reply.status : 0 });
    return reply;
  }

  /** What stands before every call: the signature, of now, and once. */
  function gatewayProblem({ method, path, headers, raw }: Call): Reply | null {
    const header = (name: string) => String(headers[name] ?? "");
    const timestamp = header("x-hmac-auth-timestamp");
    const nonce = header("x-hmac-auth-nonce");
    if (!header("content-type").startsWith("application/x-www-form-urlencoded"))
      return denied("content-type");
    if (header("apikey") !== APP.key || header("x-hmac-auth-version") !== "1.0")
      return denied("apiKey");
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$/.test(timestamp))
      return denied("timestamp");
    if (Math.abs(Date.parse(timestamp) - Date.now()) > SKEW_MS) return denied("timestamp");
    if (!/^\d{17}$/.test(nonce) || nonces.has(nonce)) return denied("nonce");
    nonces.add(nonce);
    if (header("x-hmac-auth-ip") === "" || header("x-hmac-auth-mac") === "")
      return denied("ip, mac");
    const expected = expectedSignature(APP.secret, method, path, timestamp, nonce, raw.toString());
    return header("x-hmac-auth-signature") === expected ? null : denied("signature");
  }

  function route(path: string, fields: Record<string, string>): Reply {
    switch (path) {
      case "/gettoken.json": {
        if (fields.appkey !== APP.key || fields.appsecret !== APP.secret)
          return failed("50003", "应用密钥不正确");
        const accessToken = `token-${++ids}`;
        tokens.add(accessToken);
        return done({ accessToken, expiresIn: 7200 });
      }
      case "/robot/message/sendgroup":
        if (!tokens.has(fields.token ?? "")) return failed("40014", "token 无效");
        return spoken(fields, { conversationId: fields.chatId ?? "", userId: null }, "groupSend");
      case "/robot/message/sendoto":
        if (shut.has(fields.accountId ?? "")) return failed("60001", "机器人对该用户不可见");
        return spoken(
          fields,
          { conversationId: null, userId: fields.accountId ?? "" },
          "privateSend",
        );
      case "/message/workNotification": {
        const msg = JSON.parse(fields.msg ?? "{}") as { text?: { content?: string } };
        if (Buffer.byteLength(fields.msg ?? "") > 2048) return failed("60011", "消息过长");
        for (const userId of (fields.receiverIds ?? "").split(","))
          add({ conversationId: null, userId }, msg.text?.content ?? "", "workNotice");
        return done({ msgId: fields.bizMsgId });
      }
      case "/gov/ding/isv/send.json": {
        const receivers = JSON.parse(fields.receivers ?? "[]") as { accountId: string }[];
        const text = (JSON.parse(fields.body ?? "{}") as { text?: string }).text ?? "";
        for (const { accountId } of receivers)
          add({ conversationId: null, userId: accountId }, `[DING] ${text}`, "workNotice");
        return done({ dingId: `ding-${++ids}` });
      }
      default:
        return { status: 404, body: { success: false, errorCode: "404", errorMsg: "no such api" } };
    }
  }

  function spoken(
    fields: Record<string, string>,
    to: Pick<Sent, "conversationId" | "userId">,
    via: Sent["via"],
  ): Reply {
    if (fields.appKey !== APP.key || fields.tenantId !== APP.tenantId)
      return failed("60000", "appKey 或 tenantId 不正确");
    const { content } = JSON.parse(fields.msgBody ?? "{}") as { content?: string };
    if (fields.msgType !== "text" || content === undefined) return failed("60010", "消息体不正确");
    add(to, content, via);
    return done({ msgId: `sent-${++ids}` });
  }

  function add(to: Pick<Sent, "conversationId" | "userId">, text: string, via: Sent["via"]): void {
    ledger.add({ ...to, text, via, mentions: [], at: new Date() });
  }
}

const done = (data: unknown): Reply =>
  ok({ success: true, content: { success: true, responseCode: "0", responseMessage: "OK", data } });
const failed = (responseCode: string, responseMessage: string): Reply =>
  ok({ success: true, content: { success: false, responseCode, responseMessage } });
const denied = (what: string): Reply => ({
  status: 401,
  body: { success: false, errorCode: "401", errorMsg: `HMAC: ${what}` },
});

const listening = (ledger: Ledger, name: string, belongs: (sent: Sent) => boolean): Listening => ({
  hears: (pattern, withinMs = 8_000) => ledger.hears({ name, belongs }, pattern, withinMs),
});

async function closed(server: Server, sockets: Set<Socket>): Promise<void> {
  const gone = new Promise((resolve) => server.close(resolve));
  for (const socket of sockets) socket.destroy();
  await gone;
}
