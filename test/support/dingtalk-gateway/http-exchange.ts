import type { IncomingMessage, ServerResponse } from "node:http";

/** One HTTP request as a route sees it. */
export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage["headers"];
  /** parsed by its content type: JSON, or the fields of a form */
  body: Record<string, unknown>;
  raw: Buffer;
}

export type Reply =
  | { status: number; body: unknown; headers?: Record<string, string> }
  /** never answers */
  | { fails: "timeout" }
  /** ends the TCP connection with RST */
  | { fails: "reset" };

export type Route = (call: Call) => Reply;
/** by `METHOD /path` */
export type Routes = Record<string, Route>;

export const ok = (body: unknown): Reply => ({ status: 200, body });

let requests = 0;

/** An error of api.dingtalk.com. */
export const apiError = (status: number, code: string, message: string): Reply => ({
  status,
  body: { code, message, requestid: `REQ-${++requests}` },
});

/** An error of oapi.dingtalk.com, which is always a 200. */
export const oapiError = (errcode: number, errmsg: string): Reply => ok({ errcode, errmsg });

export async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const url = new URL(request.url ?? "/", "http://gateway");
  return {
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: parse(request.headers["content-type"] ?? "", raw),
    raw,
  };
}

function parse(contentType: string, raw: Buffer): Record<string, unknown> {
  if (contentType.startsWith("application/x-www-form-urlencoded")) {
    return Object.fromEntries(new URLSearchParams(raw.toString()));
  }
  if (!contentType.startsWith("application/json")) return {};
  try {
    const body: unknown = JSON.parse(raw.toString());
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

export function writeReply(reply: Reply, request: IncomingMessage, response: ServerResponse): void {
  if ("fails" in reply) {
    if (reply.fails === "reset") request.socket.resetAndDestroy();
    return;
  }
  const isBytes = reply.body instanceof Uint8Array;
  const isText = typeof reply.body === "string";
  const type = isBytes ? "application/octet-stream" : isText ? "text/html" : "application/json";
  response.writeHead(reply.status, { "content-type": `${type};charset=utf-8`, ...reply.headers });
  response.end(isBytes || isText ? reply.body : JSON.stringify(reply.body));
}
