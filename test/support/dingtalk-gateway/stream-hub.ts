import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { createDeliveryLog, type Delivery, type DeliveryLog } from "./deliveries.ts";
import type { World } from "./world.ts";

export interface StreamConnectionInfo {
  connectionId: string;
  openedAt: Date;
  closedAt: Date | null;
  /** it was told to go and gets nothing more */
  leaving: boolean;
}

interface Connection extends StreamConnectionInfo {
  socket: WebSocket;
  tcp: Duplex & { resetAndDestroy?: () => void };
}

/** The Stream side: connections with a ticket, frames down, acknowledgements up. */
export interface StreamHub {
  upgrade(request: IncomingMessage, tcp: Duplex, head: Buffer): void;
  /** Pushes `data` under `topic` on one connection, chosen by chance. */
  push(
    topic: string,
    data: string,
    msgId: string,
    type?: string,
    more?: Record<string, string>,
  ): Promise<Delivery>;
  deliveries: DeliveryLog;
  connections(): StreamConnectionInfo[];
  /** Resolves when `count` connections are open and not told to leave. */
  connected(count?: number, withinMs?: number): Promise<void>;
  /** Asks every connection to go; closes it after the time of the settings, or `closeAfterMs`. */
  disconnect(closeAfterMs?: number): void;
  /** Stops reading what comes on every connection, pings too, as a half-open line does. */
  deafen(): void;
  /** Ends every connection with a TCP reset. */
  reset(): void;
  /** A SYSTEM frame, such as `ping` or `KEEPALIVE`, to every connection. */
  system(topic: string, data?: string): void;
  /** Text as it is, to every connection. */
  raw(text: string): void;
  /** Answers to the platform's pings: headers and data as they came back. */
  pongs: { messageId: string; data: unknown }[];
  close(): void;
}

export function createStreamHub(world: () => World): StreamHub {
  const server = new WebSocketServer({ noServer: true });
  const all: Connection[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const arrivals = new Set<() => void>();
  const pongs: StreamHub["pongs"] = [];
  const deliveries = createDeliveryLog();
  const takers = () => all.filter((one) => one.closedAt === null && !one.leaving);

  const hub: StreamHub = {
    upgrade: (request, tcp, head) => {
      if (ticketProblem(request.url ?? "/") !== null) {
        tcp.end("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        return;
      }
      server.handleUpgrade(request, tcp, head, (socket) => welcome(socket, tcp));
    },
    push: async (topic, data, msgId, type = "CALLBACK", more = {}) => {
      const delivery = deliveries.begin(msgId, () => pushOnce(delivery, topic, data, type, more));
      await pushOnce(delivery, topic, data, type, more);
      return delivery;
    },
    deliveries,
    connections: () => all.map(({ socket: _socket, tcp: _tcp, ...info }) => info),
    connected,
    disconnect: (closeAfterMs = world().settings.closeAfterDisconnectMs) => {
      for (const one of takers()) {
        one.leaving = true;
        send(one, "SYSTEM", "disconnect", JSON.stringify({ reason: "connection is expired" }));
        later(() => one.socket.terminate(), closeAfterMs);
      }
    },
    deafen: () => {
      for (const one of takers()) one.socket.pause();
    },
    reset: () => {
      for (const one of all) if (one.closedAt === null) one.tcp.resetAndDestroy?.();
    },
    system: (topic, data = "{}") => {
      for (const one of takers()) send(one, "SYSTEM", topic, data);
    },
    raw: (text) => {
      for (const one of takers()) one.socket.send(text);
    },
    pongs,
    close: () => {
      for (const timer of timers) clearTimeout(timer);
      for (const one of all) one.socket.terminate();
      server.close();
    },
  };
  return hub;

  /** The SDK writes the ticket unencoded, others encode it: both are right. */
  function ticketProblem(url: string): string | null {
    const encoded = new URL(url, "http://gateway").searchParams.get("ticket") ?? "";
    const problem = world().tickets.use(encoded);
    const asWritten = url.split("?ticket=")[1] ?? "";
    return problem === "unknown ticket" ? world().tickets.use(asWritten) : problem;
  }

  function welcome(socket: WebSocket, tcp: Connection["tcp"]): void {
    const connectionId = world().nextId("conn");
    const one: Connection = {
      connectionId,
      openedAt: new Date(world().now()),
      closedAt: null,
      leaving: false,
      socket,
      tcp,
    };
    all.push(one);
    socket.on("message", (data) => receive(one, String(data)));
    socket.on("error", () => {});
    socket.on("close", () => {
      one.closedAt = new Date(world().now());
    });
    send(one, "SYSTEM", "CONNECTED", "{}");
    send(one, "SYSTEM", "REGISTERED", "{}");
    for (const look of arrivals) look();
  }

  function receive(one: Connection, text: string): void {
    const answer = JSON.parse(text) as {
      code: number;
      headers: { messageId: string; topic?: string };
      data: unknown;
    };
    const messageId = answer.headers.messageId;
    if (answer.headers.topic === "ping") pongs.push({ messageId, data: answer.data });
    else deliveries.acked(messageId, one.connectionId, answer, world().now());
  }

  async function pushOnce(
    delivery: Delivery,
    topic: string,
    data: string,
    type: string,
    more: Record<string, string>,
  ): Promise<void> {
    await connected(1, world().settings.waitForConnectionMs);
    const open = takers();
    const one = open[Math.floor(world().random() * open.length)];
    if (one === undefined)
      throw new Error("The connection closed while a message was to be pushed.");
    const messageId = send(one, type, topic, data, more);
    deliveries.pushed(delivery, messageId, one.connectionId, world().now());
    const { redeliverAfterMs, redeliveries } = world().settings;
    if (redeliverAfterMs === null || delivery.pushes.length > redeliveries) return;
    later(() => {
      if (delivery.acks.length === 0) pushOnce(delivery, topic, data, type, more).catch(() => {});
    }, redeliverAfterMs);
  }

  function send(
    one: Connection,
    type: string,
    topic: string,
    data: string,
    more: Record<string, string> = {},
  ): string {
    const messageId = world().nextId("frame");
    const headers = {
      appId: "app",
      connectionId: one.connectionId,
      contentType: "application/json",
      messageId,
      time: String(world().now()),
      topic,
      ...more,
    };
    one.socket.send(JSON.stringify({ specVersion: "1.0", type, headers, data }));
    return messageId;
  }

  function connected(count = 1, withinMs = 60_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (takers().length < count) return;
        done();
        resolve();
      };
      const giveUp = setTimeout(() => {
        done();
        reject(
          new Error(`${takers().length} of ${count} connections are open after ${withinMs} ms.`),
        );
      }, withinMs);
      const done = () => {
        clearTimeout(giveUp);
        arrivals.delete(look);
      };
      arrivals.add(look);
      look();
    });
  }

  function later(work: () => void, ms: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms);
    timers.add(timer);
  }
}
