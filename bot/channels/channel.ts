import type { FastifyInstance } from "fastify";
import type { Attachment, IncomingMessage } from "../../services/domain/incoming.ts";

/** The channels a group or a person can be on; `sandbox` is the simulated one. */
export const CHANNEL_NAMES = [
  "dingtalk",
  "sandbox",
  "wecom",
  "wechat",
  "wechatKf",
  "zhezhengding",
] as const;
export type ChannelName = (typeof CHANNEL_NAMES)[number];

/**
 * A way to talk with people. A channel carries; it knows nothing of events, rights or wording.
 * Adding one touches its own folder and one line of `bot/channels/open-channels.ts`.
 */
export interface Channel {
  readonly name: ChannelName;
  readonly capabilities: Capabilities;
  /**
   * Begins to receive. Each message is handed to `store`, which returns once it is safely in the
   * inbox; only then may the channel acknowledge it. Resolves when the channel is ready, or has given
   * its first failure to the log and keeps trying.
   */
  start(store: StoreIncoming): Promise<void>;
  /** Stops receiving, lets acknowledgements finish, closes every connection and timer. */
  stop(): Promise<void>;
  /** Sends one message. Never throws for an answer of the other side: that is a `SendResult`. */
  send(message: OutgoingMessage): Promise<SendResult>;
  /**
   * Fetches what a message carried. Absent where the channel has no attachments.
   *
   * @throws AttachmentError saying whether another try makes sense
   */
  fetchAttachment?(attachment: Attachment): Promise<FetchedAttachment>;
  /** Shows a card that was sent as it is now. Only where there are cards. Never throws. */
  updateCard?(card: CardNow): Promise<SendResult>;
  /** For `/readyz` and the doctor. */
  health(): ChannelHealth;
  /**
   * Registers the addresses that the platform calls, where it calls. What arrives is handed to `store`
   * like in `start`, in whichever process serves HTTP.
   */
  callbacks?(app: FastifyInstance, store: StoreIncoming): void;
  /** Whether this process can send now. Absent: always. False while another one holds the connection. */
  canSend?(): boolean;
}

/** What people can do on a platform, and what it costs; the shared contract test holds each to its word. */
export interface Capabilities {
  /** hears every word of a group, or only what mentions the bot; none: it is in no groups */
  groupHearing: "everything" | "mentionsOnly" | "none";
  cards: boolean;
  /** what was said can be changed afterwards */
  edits: boolean;
  markdown: boolean;
  /** an answer may grow while it is read */
  stream: boolean;
  /** speech arrives with the words recognised in it */
  voice: boolean;
  location: boolean;
  proactive: ProactiveSend;
  /** what the platform allows besides */
  quotas: readonly Quota[];
}

/**
 * Writing first, without being spoken to: to anybody; where somebody wrote before; or so many messages
 * for so long after each of theirs.
 */
export type ProactiveSend = "always" | "afterContact" | { windowHours: number; messages: number };

export interface Quota {
  messages: number;
  per: "minute" | "hour" | "day" | "month";
  each: "conversation" | "app";
}

/** Stores a message once; says whether it was new. A repeat is acknowledged all the same. */
export type StoreIncoming = (message: IncomingMessage) => Promise<"stored" | "seenBefore">;

export interface OutgoingMessage {
  /** recognises a repeat after a crash; unique per message */
  key: string;
  to: Addressee;
  text: string;
  /** the platform's own road for an answer while it is open, such as a session webhook */
  reply: { url: string; expiresAt: Date } | null;
  /** platform user ids to mention, in groups */
  mentions: readonly string[];
  /** emergencies and direct answers are exempt from the rate limit, notices are not */
  priority: Priority;
  /** the same with buttons, where the channel can show them; else, or if that fails, the text is sent */
  card?: Card;
  /** an alarm for one person (DING), where the channel may raise one; else the text is sent */
  ding?: true;
}

export interface Card extends CardNow {
  title: string;
  lines: readonly string[];
  /** what buttons with `opens` lead to */
  url: string | null;
}

/** What of a card changes as its subject moves on. */
export interface CardNow {
  /** one id is one card for ever */
  id: string;
  /** how the subject stands, or why there is nothing to press any more; may be empty */
  status: string;
  /** three at most */
  buttons: readonly CardButton[];
}

export interface CardButton {
  label: string;
  /** comes back with a press, as it is */
  action: string;
  /** number of the event or call */
  no: string;
  /** opens the card's page instead of coming back */
  opens: boolean;
}

export const PRIORITIES = ["emergency", "direct", "notice"] as const;
export type Priority = (typeof PRIORITIES)[number];

export type Addressee =
  | { type: "conversation"; conversationId: string }
  | { type: "person"; platformUserId: string };

export type SendResult =
  | { outcome: "sent"; platformMessageId: string | null }
  /** worth another try, not before `retryAt` where the platform or our own rate limit says when */
  | { outcome: "retry"; reason: string; retryAt?: Date }
  /** will never work: the address is gone, the text is refused */
  | { outcome: "refused"; reason: string };

export interface FetchedAttachment {
  bytes: Uint8Array;
  /** as the platform names it; the real type is found from the bytes */
  fileName: string | null;
}

export interface ChannelHealth {
  state: "ready" | "connecting" | "down" | "stopped";
  since: Date;
  detail: string | null;
}
