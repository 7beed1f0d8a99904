import type { HotlineRef } from "./hotline/line.ts";

/**
 * A message as any channel delivers it. Private to no channel: DingTalk, the sandbox and the report
 * API all make this shape, and everything after the inbox reads only this.
 */
export interface IncomingMessage {
  channel: string;
  /** recognises a redelivery; unique within the channel */
  dedupeKey: string;
  conversation: { id: string; type: "group" | "private"; title: string | null };
  /** `platformUserId` is the id that people.csv binds; `nick` is for logs and never for rights */
  sender: { platformUserId: string; nick: string | null };
  /** when the sender sent it, by the channel's clock */
  sentAt: Date;
  /** what was typed or recognised from speech, the bot's own mention removed; may be empty */
  text: string;
  attachments: Attachment[];
  /** shared position, where a channel has one */
  location: { lng: number; lat: number } | null;
  /** the platform's own road for an answer, while it lasts */
  reply: { url: string; expiresAt: Date } | null;
  /** what came in a form the product does not know: said to the person, kept for the log */
  unsupported: string | null;
  /** the frame as it came, only where its body could not be read; emptied together with the words */
  raw?: string;
  /** set by `POST /api/reports` and imports; chat derives it from the conversation */
  source: string | null;
  /** who reported by an app or a hotline, and where, when the sender is only the relay */
  onBehalfOf: { name: string | null; phone: string | null } | null;
  placeHint: string | null;
  /** a button of a card; what was typed beside it stands in `text` */
  press?: { card: string; word: string };
  /** nobody spoke: the bot was put into this group */
  joined?: true;
  /** where the sender reports from unless their words say otherwise: the grid whose QR code they scanned */
  gridCode?: string;
  /** nothing was said: the sender opened the chat, followed the account or scanned a code */
  arrived?: true;
  /** it is an order of a hotline: it becomes one event, whatever its words would be taken for in chat */
  order?: HotlineRef;
  /** slug of the catalog that the reporter picked from a list, where their app has one */
  chosenCategory?: string;
}

export const ATTACHMENT_KINDS = ["picture", "audio", "video", "file"] as const;
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number];

export interface Attachment {
  kind: AttachmentKind;
  /** what the channel needs to fetch it, such as DingTalk's download code */
  ref: string;
  fileName: string | null;
  /** speech as text, by the platform */
  transcript: string | null;
}
