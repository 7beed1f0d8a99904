import { createCipheriv, randomBytes } from "node:crypto";
import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";

export interface BotAnswer {
  /** user or group */
  to: string;
  text: string;
  via: "stream" | "push" | "welcome";
}

export interface AiBot {
  botId: string;
  secret: string;
  /** Pushes a message to the one connection there is; false when there is none. */
  message(body: Record<string, unknown>, to: string): boolean;
  event(eventtype: string, userId: string): boolean;
  /** Encrypts bytes as the platform does with files; gives the key. */
  sealFile(bytes: Uint8Array): { bytes: Uint8Array; aeskey: string };
  connections(): number;
  /** how often somebody subscribed */
  subscriptions(): number;
  /** the connection breaks */
  drop(): void;
  /** the next answer or message is refused with this number */
  refuseNext(errcode: number): void;
  known: Set<string>;
}

interface Frame {
  cmd?: string;
  headers?: { req_id?: string };
  body?: Record<string, unknown>;
}

/** The long-connection side of 智能机器人: one connection a bot, a newer one ends the older. */
export function attachAiBot(server: Server, onAnswer: (answer: BotAnswer) => void): AiBot {
  const hub = new WebSocketServer({ noServer: true });
  const [botId, secret] = ["bot-yihu", "a-bot-secret"];
  let live: WebSocket | null = null;
  let subscribed = 0;
  let refusal: number | null = null;
  let ids = 0;
  /** where each frame's answer goes */
  const asked = new Map<string, { to: string; finished: boolean }>();
  /** conversations in which the bot was spoken to */
  const known = new Set<string>();

  server.on("upgrade", (request, socket, head) =>
    hub.handleUpgrade(request, socket, head, (connection) => {
      connection.on("message", (data) => hear(connection, JSON.parse(String(data)) as Frame));
      connection.on("close", () => {
        if (live === connection) live = null;
      });
    }),
  );

  return {
    botId,
    secret,
    known,
    message: (body, to) => {
      known.add(to);
      return push("aibot_msg_callback", { msgid: `m${++ids}`, aibotid: botId, ...body }, to);
    },
    event: (eventtype, userId) =>
      push(
        "aibot_event_callback",
        { msgid: `e${++ids}`, from: { userid: userId }, msgtype: "event", event: { eventtype } },
        userId,
      ),
    sealFile: (bytes) => {
      const key = randomBytes(32);
      const pad = 32 - (bytes.length % 32);
      const cipher = createCipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false);
      const padded = Buffer.concat([bytes, Buffer.alloc(pad, pad)]);
      return {
        bytes: Buffer.concat([cipher.update(padded), cipher.final()]),
        aeskey: key.toString("base64"),
      };
    },
    connections: () => (live === null ? 0 : 1),
    subscriptions: () => subscribed,
    drop: () => live?.terminate(),
    refuseNext: (errcode) => {
      refusal = errcode;
    },
  };

  function push(cmd: string, body: Record<string, unknown>, to: string): boolean {
    if (live === null) return false;
    const req_id = `req-${++ids}`;
    asked.set(req_id, { to, finished: false });
    live.send(JSON.stringify({ cmd, headers: { req_id }, body }));
    return true;
  }

  function hear(connection: WebSocket, { cmd = "", headers = {}, body = {} }: Frame): void {
    const errcode = take(connection, cmd, headers.req_id ?? "", body);
    connection.send(JSON.stringify({ headers, errcode, errmsg: errcode === 0 ? "ok" : "no" }));
    if (cmd === "aibot_subscribe" && errcode === 0) replace(connection);
  }

  /** The number that the frame is answered with. */
  function take(
    connection: WebSocket,
    cmd: string,
    reqId: string,
    body: Record<string, unknown>,
  ): number {
    if (cmd === "ping") return 0;
    if (cmd === "aibot_subscribe")
      return body.bot_id === botId && body.secret === secret ? 0 : 40058;
    if (connection !== live) return 40058;
    if (refusal === null) return answer(cmd, reqId, body);
    const errcode = refusal;
    refusal = null;
    return errcode;
  }

  function replace(connection: WebSocket): void {
    const older = live;
    subscribed += 1;
    live = connection;
    const body = {
      msgid: `e${++ids}`,
      msgtype: "event",
      event: { eventtype: "disconnected_event" },
    };
    const headers = { req_id: `req-${++ids}` };
    older?.send(JSON.stringify({ cmd: "aibot_event_callback", headers, body }));
    older?.close();
  }

  function answer(cmd: string, reqId: string, body: Record<string, unknown>): number {
    if (cmd === "aibot_send_msg") {
      const to = String(body.chatid);
      if (!known.has(to)) return 846609;
      onAnswer({ to, text: (body.markdown as { content: string }).content, via: "push" });
      return 0;
    }
    const frame = asked.get(reqId);
    if (frame === undefined || frame.finished) return 846605;
    if (cmd === "aibot_respond_welcome_msg") {
      frame.finished = true;
      onAnswer({ to: frame.to, text: (body.text as { content: string }).content, via: "welcome" });
      return 0;
    }
    const stream = body.stream as { finish?: boolean; content: string };
    if (Buffer.byteLength(stream.content) > 20_480) return 40058;
    if (stream.finish) {
      frame.finished = true;
      onAnswer({ to: frame.to, text: stream.content, via: "stream" });
    }
    return 0;
  }
}
