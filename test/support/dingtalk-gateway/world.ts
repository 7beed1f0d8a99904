import type { createTickets, createTokens } from "./credentials.ts";
import type { Faults } from "./faults.ts";
import type { Ledger } from "./ledger.ts";
import type { createLimit } from "./limits.ts";
import type { StreamHub } from "./stream-hub.ts";

export type Random = () => number;

export interface GatewaySettings {
  clientId: string;
  clientSecret: string;
  robotCode: string;
  corpId: string;
  /** milliseconds after which a message without acknowledgement comes again; null: never */
  redeliverAfterMs: number | null;
  /** how often at most a message comes again by itself */
  redeliveries: number;
  /** milliseconds between the `disconnect` frame and the end of the connection */
  closeAfterDisconnectMs: number;
  /** how long a session webhook is open */
  webhookLifeMs: number;
  /** false: the app is not published yet, and nobody's staff id is told */
  published: boolean;
  /** calls a second for each API; null: no limit */
  callsPerSecond: number | null;
  /** messages a minute that one session webhook takes; null: no limit */
  webhookPerMinute: number | null;
  /** milliseconds to wait for a connection when there is none to push to */
  waitForConnectionMs: number;
}

export interface Session {
  conversationId: string;
  /** the reader of a private conversation */
  userId: string | null;
  expiresAt: number;
}

export interface Card {
  outTrackId: string;
  cardParamMap: Record<string, string>;
  /** by userId */
  privateData: Record<string, Record<string, string>>;
  spaces: string[];
  callbackType: string | null;
}

export interface StoredFile {
  bytes: Uint8Array;
  /** where the file is said to lie, if not here */
  url: string | null;
}

/** Everything the simulated platform knows. */
export interface World {
  settings: GatewaySettings;
  now(): number;
  random: Random;
  baseUrl(): string;
  faults: Faults;
  ledger: Ledger;
  tickets: ReturnType<typeof createTickets>;
  tokens: ReturnType<typeof createTokens>;
  qps: ReturnType<typeof createLimit>;
  perWebhook: ReturnType<typeof createLimit>;
  customWebhook: ReturnType<typeof createLimit>;
  sessions: Map<string, Session>;
  files: Map<string, StoredFile>;
  /** codes of `requestAuthCode` that were not used yet, with whose they are */
  authCodes: Map<string, string>;
  cards: Map<string, Card>;
  groups: Set<string>;
  /** staff ids that exist no more */
  left: Set<string>;
  /** staff ids whose messages are held back */
  held: Set<string>;
  hub: StreamHub;
  opens: OpenRecord[];
  calls: CallRecord[];
  nextId(prefix: string): string;
}

export interface OpenRecord {
  at: Date;
  subscriptions: unknown;
  status: number;
}

export interface CallRecord {
  at: Date;
  method: string;
  path: string;
}
