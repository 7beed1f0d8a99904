import type { DWClientDownStream } from "dingtalk-stream";
import { deferred } from "../common/deferred.ts";
import type { Subscription } from "./open-endpoint.ts";
import { StreamClient } from "./stream-client.ts";
import type { Timings } from "./timings.ts";

/** One socket to DingTalk, from its handshake to its end. It never comes back: the next is another. */
export interface StreamConnection {
  /**
   * Answers a frame that came on this connection, on this connection only.
   *
   * @returns false when it is closed; DingTalk then delivers again
   */
  answer(messageId: string, code: AnswerCode): boolean;
  /** settles once: a fresh connection is wanted while this one still works, or this one is gone */
  readonly over: Promise<"replace" | "closed">;
  readonly closed: Promise<void>;
  /** Closes politely, or by force after a second. */
  close(): Promise<void>;
}

/** `event`: what answers an EVENT frame, whose codes are all 200 */
export const ANSWER_CODES = { ok: 200, event: "event", noListener: 404 } as const;
export type AnswerCode = (typeof ANSWER_CODES)[keyof typeof ANSWER_CODES];

export interface ConnectOptions {
  clientId: string;
  clientSecret: string;
  subscriptions: readonly Subscription[];
  timings: Timings;
  now(): Date;
  openEndpoint(subscriptions: readonly Subscription[], signal: AbortSignal): Promise<string>;
  /** must not throw; told of the connection it came on, for the answer */
  onFrame(frame: DWClientDownStream, connection: StreamConnection): void;
  onNoise(): void;
}

const CLOSE_BY_FORCE_MS = 1_000;
const OPEN = 1;

/**
 * Opens one connection: one question for the endpoint, one handshake.
 *
 * @throws when either fails or `signal` aborts; nothing is left open then
 */
export async function connect(
  options: ConnectOptions,
  signal: AbortSignal,
): Promise<StreamConnection> {
  const over = deferred<"replace" | "closed">();
  const closed = deferred<void>();
  let missedPongs = 0;
  let lastFrameAt = options.now().getTime();

  const client = new StreamClient({
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    subscriptions: options.subscriptions,
    openWithin: options.timings.openWithin,
    openEndpoint: (subscriptions) => options.openEndpoint(subscriptions, signal),
    onNoise: options.onNoise,
    onFrame: (frame) => {
      lastFrameAt = options.now().getTime();
      if (frame.type !== "SYSTEM") options.onFrame(frame, connection);
      else if (frame.headers.topic === "disconnect") over.resolve("replace");
    },
  });
  const connection: StreamConnection = {
    answer: (messageId, code) => answer(client, messageId, code),
    over: over.promise,
    closed: closed.promise,
    close: () => close(client, closed.promise),
  };

  const socket = await client.open(signal);
  const heartbeat = setInterval(() => {
    if (missedPongs >= 2) return socket.terminate();
    missedPongs += 1;
    socket.ping();
    if (options.now().getTime() - lastFrameAt > options.timings.silentAfter)
      over.resolve("replace");
  }, options.timings.pingEvery);
  const alive = () => {
    missedPongs = 0;
  };
  const end = () => {
    clearInterval(heartbeat);
    over.resolve("closed");
    closed.resolve();
  };
  socket.on("pong", alive);
  socket.on("message", alive);
  socket.on("close", end);
  if (socket.readyState !== OPEN) end();
  return connection;
}

function answer(client: StreamClient, messageId: string, code: AnswerCode): boolean {
  const socket = client.connection;
  if (socket?.readyState !== OPEN) return false;
  if (code === ANSWER_CODES.ok) {
    client.socketCallBackResponse(messageId, "OK");
    return true;
  }
  if (code === ANSWER_CODES.event) {
    client.send(messageId, { status: "SUCCESS" });
    return true;
  }
  const headers = { contentType: "application/json", messageId };
  socket.send(JSON.stringify({ code, headers, message: "no listener", data: "{}" }));
  return true;
}

async function close(client: StreamClient, closed: Promise<void>): Promise<void> {
  const socket = client.connection;
  if (socket === undefined) return;
  // Not `client.disconnect()`, which writes to the console.
  socket.close();
  const force = setTimeout(() => socket.terminate(), CLOSE_BY_FORCE_MS);
  await closed;
  clearTimeout(force);
}
