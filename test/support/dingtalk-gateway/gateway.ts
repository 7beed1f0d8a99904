import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { apiRoutes } from "./api-routes.ts";
import { cardRoutes } from "./card-routes.ts";
import { pressCard } from "./cards.ts";
import { type GroupChat, groupChat, type PrivateChat, privateChat, type Speaker } from "./chats.ts";
import { createTickets, createTokens } from "./credentials.ts";
import type { Ack, Delivery } from "./deliveries.ts";
import { createFaults, type Faults, replyOfFault } from "./faults.ts";
import {
  apiError,
  type Call,
  type Reply,
  type Routes,
  readCall,
  writeReply,
} from "./http-exchange.ts";
import { createLedger, type Sent } from "./ledger.ts";
import { createLimit } from "./limits.ts";
import { oapiRoutes } from "./oapi-routes.ts";
import { putFile } from "./robot-messages.ts";
import { createStreamHub, type StreamHub } from "./stream-hub.ts";
import type { CallRecord, Card, GatewaySettings, OpenRecord, Random, World } from "./world.ts";

/** Paths for `faults`. */
export const PATHS = {
  open: "/v1.0/gateway/connections/open",
  connect: "/connect",
  token: "/v1.0/oauth2/accessToken",
  groupSend: "/v1.0/robot/groupMessages/send",
  privateSend: "/v1.0/robot/oToMessages/batchSend",
  createCard: "/v1.0/card/instances/createAndDeliver",
  updateCard: "/v1.0/card/instances",
  ding: "/v1.0/robot/ding/send",
  download: "/v1.0/robot/messageFiles/download",
  sessionWebhook: "/robot/sendBySession",
  userInfo: "/topapi/v2/user/getuserinfo",
} as const;

const SETTINGS: GatewaySettings = {
  clientId: "dingyihutest",
  clientSecret: "a-client-secret",
  robotCode: "dingyihutest",
  corpId: "dingcorp",
  redeliverAfterMs: 60_000,
  redeliveries: 1,
  closeAfterDisconnectMs: 10_000,
  webhookLifeMs: 90 * 60_000,
  published: true,
  callsPerSecond: 20,
  webhookPerMinute: null,
  waitForConnectionMs: 5_000,
};

export interface StartOptions extends Partial<GatewaySettings> {
  /** real time unless given */
  now?: () => number;
  random?: Random;
}

/** A DingTalk of one organisation on a port of this machine: api, oapi and Stream at one address. */
export interface Gateway {
  baseUrl: string;
  /** The settings with which the product, also in another process, talks to this gateway. */
  env(): Record<string, string>;
  /** A group of the organisation with the bot in it. */
  group(conversationId: string, title: string): GroupChat;
  /** The private chat of somebody with the bot. */
  person(userId: string, who?: { nick?: string; outsider?: boolean }): PrivateChat;
  sent(): Sent[];
  acks(): Ack[];
  /** every question for an endpoint, with its answer's status */
  opens(): OpenRecord[];
  /** every HTTP call */
  calls(): CallRecord[];
  cards(): Card[];
  pressCard(outTrackId: string, userId: string, params: Record<string, unknown>): Promise<Ack>;
  /** Somebody puts the bot into a group. */
  joins(conversationId: string, operator: string): Promise<Delivery>;
  /** Stores a file; `url` makes `messageFiles/download` name another place. */
  putFile(bytes: Uint8Array, url?: string): string;
  /** Somebody leaves the organisation, or their messages are held back. */
  leaves(userId: string): void;
  holdsBack(userId: string): void;
  expireWebhooks(): void;
  expireTickets(): void;
  revokeTokens(): void;
  /** What `requestAuthCode` gives somebody who opens a page in the web view: good once. */
  authCode(userId: string): string;
  /** The Stream side: `disconnect`, `reset`, `system("ping")`, `raw("no frame")`, `connected()`. */
  stream: Omit<StreamHub, "upgrade" | "close">;
  faults: Faults;
  /** Refuses connections and ends those that are open, until `comeBack`. */
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

export async function startGateway(options: StartOptions = {}): Promise<Gateway> {
  const { now = Date.now, random = Math.random, ...given } = options;
  const settings = { ...SETTINGS, ...given };
  const people = new Map<string, Speaker>();
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  let port = 0;
  let ids = 0;

  const world: World = {
    settings,
    now,
    random,
    baseUrl: () => `http://127.0.0.1:${port}`,
    faults: createFaults(),
    ledger: createLedger(),
    tickets: createTickets(now, random),
    tokens: createTokens(now, random),
    qps: createLimit(settings.callsPerSecond, 1_000, now),
    perWebhook: createLimit(settings.webhookPerMinute, 60_000, now),
    customWebhook: createLimit(20, 60_000, now),
    sessions: new Map(),
    files: new Map(),
    authCodes: new Map(),
    cards: new Map(),
    groups: new Set(),
    left: new Set(),
    held: new Set(),
    hub: createStreamHub(() => world),
    opens: [],
    calls: [],
    // Unlike a counter alone, these stay unique when a test starts a second gateway.
    nextId: (prefix) => `${prefix}${now().toString(36)}${(++ids).toString(36)}`,
  };
  const routes: Routes = { ...apiRoutes(world), ...oapiRoutes(world), ...cardRoutes(world) };
  await listen();

  const speakerOf = (userId: string): Speaker => {
    const known = people.get(userId) ?? { userId, nick: userId, outsider: false };
    people.set(userId, known);
    return known;
  };
  return {
    baseUrl: world.baseUrl(),
    env: () => ({
      DINGTALK_CLIENT_ID: settings.clientId,
      DINGTALK_CLIENT_SECRET: settings.clientSecret,
      DINGTALK_ROBOT_CODE: settings.robotCode,
      DINGTALK_API_BASE: world.baseUrl(),
      DINGTALK_OAPI_BASE: world.baseUrl(),
      DINGTALK_CORP_ID: settings.corpId,
    }),
    group: (conversationId, title) => groupChat(world, conversationId, title, speakerOf),
    person: (userId, who = {}) => {
      const speaker = { ...speakerOf(userId), ...who };
      people.set(userId, speaker);
      return privateChat(world, speaker);
    },
    sent: world.ledger.all,
    acks: world.hub.deliveries.acks,
    opens: () => [...world.opens],
    calls: () => [...world.calls],
    cards: () => [...world.cards.values()],
    pressCard: (outTrackId, userId, params) => pressCard(world, outTrackId, userId, params),
    joins: (conversationId, operator) => {
      world.groups.add(conversationId);
      const event = {
        coolAppCode: "COOLAPP-1",
        openConversationCorpId: settings.corpId,
        openConversationId: conversationId,
        operateTime: String(now()),
        operator,
        robotCode: settings.robotCode,
      };
      const eventId = world.nextId("event");
      const headers = { eventType: "im_cool_app_install", eventId, eventCorpId: settings.corpId };
      return world.hub.push("*", JSON.stringify(event), eventId, "EVENT", headers);
    },
    putFile: (bytes, url) => putFile(world, bytes, url ?? null),
    leaves: (userId) => void world.left.add(userId),
    holdsBack: (userId) => void world.held.add(userId),
    expireWebhooks: () => {
      for (const session of world.sessions.values()) session.expiresAt = 0;
    },
    expireTickets: world.tickets.expireAll,
    revokeTokens: world.tokens.revoke,
    authCode: (userId) => {
      const code = world.nextId("auth-");
      world.authCodes.set(code, userId);
      return code;
    },
    stream: world.hub,
    faults: world.faults,
    goDown: close,
    comeBack: listen,
    stop: async () => {
      world.hub.close();
      await close();
    },
  };

  async function listen(): Promise<void> {
    const made = createServer((request, response) => {
      readCall(request)
        .then((call) => writeReply(answer(call), request, response))
        .catch(() => response.destroy());
    });
    made.on("connection", (socket) => {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    });
    made.on("upgrade", (request, tcp, head) => {
      const fault = world.faults.take(PATHS.connect);
      if (fault === null) world.hub.upgrade(request, tcp, head);
      else if (fault === "reset") request.socket.resetAndDestroy();
      else if (fault !== "timeout") tcp.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    });
    await new Promise<void>((resolve) => made.listen(port, "127.0.0.1", resolve));
    port = (made.address() as AddressInfo).port;
    server = made;
  }

  async function close(): Promise<void> {
    const running = server;
    server = null;
    if (running === null) return;
    world.hub.reset();
    const closed = new Promise((resolve) => running.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  function answer(call: Call): Reply {
    const { method, path } = call;
    const at = new Date(now());
    world.calls.push({ at, method, path });
    const fault = world.faults.take(path);
    const reply = fault === null ? route(call) : replyOfFault(fault);
    if (path === PATHS.open) {
      const status = "status" in reply ? reply.status : 0;
      world.opens.push({ at, subscriptions: call.body.subscriptions, status });
    }
    return reply;
  }

  function route(call: Call): Reply {
    const known = routes[`${call.method} ${call.path}`];
    if (known !== undefined) return known(call);
    if (call.method === "GET" && call.path.startsWith("/files/")) {
      const file = world.files.get(decodeURIComponent(call.path.slice("/files/".length)));
      if (file !== undefined) return { status: 200, body: file.bytes };
    }
    return apiError(404, "InvalidAction.NotFound", "Specified api is not found");
  }
}
