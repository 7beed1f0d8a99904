import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import {
  type Call,
  ok,
  type Reply,
  type Routes,
  readCall,
  writeReply,
} from "../dingtalk-gateway/http-exchange.ts";

export interface TencentServer {
  baseUrl: string;
  server: Server;
  /** the next calls of `path` are answered so */
  next(path: string, reply: Reply, times?: number): void;
  calls(path: string): Call[];
  stop(): Promise<void>;
}

/** A Tencent API on a port of this machine: what is not known, is `errcode` 40066. */
export async function startServer(routes: Routes): Promise<TencentServer> {
  const faults: { path: string; reply: Reply }[] = [];
  const calls: Call[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    readCall(request)
      .then((call) => {
        calls.push(call);
        const fault = faults.findIndex((one) => one.path === call.path);
        const [taken] = fault === -1 ? [] : faults.splice(fault, 1);
        const route = routes[`${call.method} ${call.path}`];
        writeReply(taken?.reply ?? route?.(call) ?? error(40066, "invalid url"), request, response);
      })
      .catch(() => response.destroy());
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server,
    next: (path, reply, times = 1) => {
      for (let n = 0; n < times; n += 1) faults.push({ path, reply });
    },
    calls: (path) => calls.filter((call) => call.path === path),
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Every error is a 200. */
export const error = (errcode: number, errmsg: string): Reply => ok({ errcode, errmsg });

export const fine = (body: Record<string, unknown> = {}): Reply =>
  ok({ errcode: 0, errmsg: "ok", ...body });

/** Tokens that the platform gave, and whether one is still good. */
export function createTokens() {
  let given = 0;
  let revoked = 0;
  return {
    give: () => `token-${++given}`,
    good: (token: string | null) => token === `token-${given}` && given > revoked,
    revoke: () => {
      revoked = given;
    },
  };
}

/** A callback that the platform makes: resolves with the answer, or null when there is none. */
export async function postCallback(
  url: string,
  query: Record<string, string>,
  body: string,
): Promise<{ status: number; body: string } | null> {
  try {
    const response = await fetch(`${url}?${new URLSearchParams(query)}`, {
      method: "POST",
      headers: { "content-type": "text/xml" },
      body,
      // No platform waits longer.
      signal: AbortSignal.timeout(5_000),
    });
    return { status: response.status, body: await response.text() };
  } catch {
    return null;
  }
}
