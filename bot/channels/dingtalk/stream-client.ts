import { DWClient, type DWClientDownStream } from "dingtalk-stream";
import type WebSocket from "ws";
import type { Subscription } from "./open-endpoint.ts";

export interface StreamClientOptions {
  clientId: string;
  clientSecret: string;
  subscriptions: readonly Subscription[];
  /** milliseconds for the handshake of the socket */
  openWithin: number;
  openEndpoint(subscriptions: readonly Subscription[]): Promise<string>;
  /** every frame; the platform's ping is answered by the SDK already */
  onFrame(frame: DWClientDownStream): void;
  /** text that is no frame; the SDK itself would end the process over it */
  onNoise(): void;
}

/**
 * DingTalk's own client, held to one connection: who asks for the endpoint, reconnects, watches the
 * heartbeat and answers is decided outside. Version 2.1.5 multiplies its reconnects and heartbeats,
 * has no time limits, and lets a listener's error end the process.
 */
export class StreamClient extends DWClient {
  readonly #options: StreamClientOptions;

  constructor(options: StreamClientOptions) {
    super({ clientId: options.clientId, clientSecret: options.clientSecret, keepAlive: false });
    this.#options = options;
    this.config.autoReconnect = false;
    // The SDK's default list is shared by all clients of the process.
    this.config.subscriptions = options.subscriptions.map((subscription) => ({ ...subscription }));
    inside(this).sslopts = { rejectUnauthorized: true, handshakeTimeout: options.openWithin };
  }

  override async getEndpoint(): Promise<this> {
    inside(this).dw_url = await this.#options.openEndpoint(this.config.subscriptions);
    return this;
  }

  /**
   * One question for the endpoint, one handshake.
   *
   * @throws when either fails or `signal` aborts; nothing is left open then
   */
  async open(signal: AbortSignal): Promise<WebSocket> {
    await this.getEndpoint();
    signal.throwIfAborted();
    this._connect().catch(() => {});
    const socket = this.connection;
    if (socket === undefined) throw new Error("The endpoint that the gateway names is no socket.");
    // The SDK's listeners for these two only write to the console.
    socket.removeAllListeners("open").removeAllListeners("error");
    const abort = () => socket.terminate();
    signal.addEventListener("abort", abort, { once: true });
    try {
      await opened(socket);
      return socket;
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  override onDownStream(data: unknown): void {
    const frame = frameOf(data);
    if (frame === null) {
      this.#options.onNoise();
      return;
    }
    if (frame.type === "SYSTEM") this.onSystem(frame);
    this.#options.onFrame(frame);
  }

  /** The socket of this client, once `_connect` was called. */
  get connection(): WebSocket | undefined {
    return inside(this).socket;
  }
}

const opened = (socket: WebSocket): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.on("open", resolve);
    socket.on("error", (error) => {
      socket.terminate();
      reject(error);
    });
  });

/** Fields that exist at run time and are private in the SDK's types. */
const inside = (client: DWClient) =>
  client as unknown as {
    socket?: WebSocket;
    dw_url?: string;
    sslopts: { rejectUnauthorized: boolean; handshakeTimeout: number };
  };

function frameOf(data: unknown): DWClientDownStream | null {
  try {
    const frame: unknown = JSON.parse(String(data));
    return isFrame(frame) ? frame : null;
  } catch {
    return null;
  }
}

function isFrame(value: unknown): value is DWClientDownStream {
  if (typeof value !== "object" || value === null) return false;
  const { type, headers } = value as Record<string, unknown>;
  return typeof type === "string" && typeof headers === "object" && headers !== null;
}
