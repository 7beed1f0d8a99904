import { z } from "zod";
import type { Attachment, IncomingMessage } from "../../../services/domain/incoming.ts";

export const WECOM = "wecom";

const Media = z.object({ url: z.string().min(1), aeskey: z.string().optional() });
const Text = z.object({ content: z.string() });

/** The body of `aibot_msg_callback` and `aibot_event_callback`, as far as it is read. */
const BotMessage = z.object({
  msgid: z.string().min(1),
  chatid: z.string().optional(),
  chattype: z.enum(["single", "group"]).optional(),
  from: z.object({ userid: z.string().min(1) }),
  create_time: z.number().optional(),
  msgtype: z.string(),
  text: Text.optional(),
  voice: Text.optional(),
  image: Media.optional(),
  file: Media.optional(),
  video: Media.optional(),
  mixed: z
    .object({
      msg_item: z.array(
        z.object({ msgtype: z.string(), text: Text.optional(), image: Media.optional() }),
      ),
    })
    .optional(),
  event: z.object({ eventtype: z.string() }).optional(),
});
type BotMessage = z.infer<typeof BotMessage>;

/** An answer on the frame that brought the message; WeCom keeps a stream open for some minutes. */
export const ANSWER = "wecom-answer:";
const ANSWER_MS = 5 * 60_000;
export const WELCOME = "wecom-welcome:";
const WELCOME_MS = 5_000;

/** A frame of the bot's connection as the product's message; null for what is no message. */
export function readBotFrame(
  frame: { headers?: { req_id?: string }; body?: unknown },
  now: Date,
): IncomingMessage | null {
  const parsed = BotMessage.safeParse(frame.body);
  if (!parsed.success) return null;
  const message = parsed.data;
  const reqId = frame.headers?.req_id ?? "";
  const userId = message.from.userid;
  const group = message.chattype === "group" ? (message.chatid ?? null) : null;
  const entered = message.event?.eventtype === "enter_chat";
  if (message.msgtype === "event" && !entered) return null;
  const body = bodyOf(message);
  return {
    channel: WECOM,
    dedupeKey: `bot:${message.msgid}`,
    conversation:
      group === null
        ? { id: `private:${userId}`, type: "private", title: null }
        : { id: group, type: "group", title: null },
    sender: { platformUserId: userId, nick: null },
    sentAt: message.create_time === undefined ? now : new Date(message.create_time * 1_000),
    text: "",
    attachments: [],
    location: null,
    reply: entered
      ? { url: `${WELCOME}${reqId}`, expiresAt: new Date(now.getTime() + WELCOME_MS) }
      : { url: `${ANSWER}${reqId}`, expiresAt: new Date(now.getTime() + ANSWER_MS) },
    unsupported: null,
    source: null,
    onBehalfOf: null,
    placeHint: null,
    ...(entered ? { arrived: true } : body),
    ...(group === null || body.text === undefined ? {} : { text: withoutMention(body.text) }),
  };
}

/** In a group every message mentions the bot: at its beginning, else at its end. */
function withoutMention(text: string): string {
  const begun = text.replace(/^\s*@[^\s\u2005]+[\s\u2005]*/, "");
  return (begun === text ? text.replace(/[\s\u2005]*@[^\s\u2005]+\s*$/, "") : begun).trim();
}

function bodyOf(message: BotMessage): Partial<IncomingMessage> {
  switch (message.msgtype) {
    case "text":
      return { text: message.text?.content ?? "" };
    case "voice":
      // It arrives as the words recognised in it, without the sound.
      return { text: message.voice?.content ?? "" };
    case "image":
      return carrying("picture", message.image);
    case "file":
      return carrying("file", message.file);
    case "video":
      return carrying("video", message.video);
    case "mixed": {
      const items = message.mixed?.msg_item ?? [];
      return {
        text: items.map((item) => item.text?.content ?? "").join(""),
        attachments: items.flatMap((item) => carrying("picture", item.image).attachments ?? []),
      };
    }
    default:
      return { unsupported: "这种消息" };
  }
}

const carrying = (
  kind: Attachment["kind"],
  media: z.infer<typeof Media> | undefined,
): Partial<IncomingMessage> =>
  media === undefined
    ? { unsupported: "没有内容的消息" }
    : { attachments: [{ kind, ref: JSON.stringify(media), fileName: null, transcript: null }] };
