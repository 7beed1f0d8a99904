import { z } from "zod";
import type { AttachmentKind, IncomingMessage } from "../../../services/domain/incoming.ts";
import { gridOfScene, messageOf } from "../wechat/to-incoming.ts";

export const WECHAT_KF = "wechatKf";

const Media = z.object({ media_id: z.string().min(1) });

/** One entry of `msg_list`; what the product does not read of it is left out. */
const KfMessage = z.object({
  msgid: z.string().min(1),
  open_kfid: z.string().optional(),
  external_userid: z.string().optional(),
  send_time: z.number().optional(),
  /** 3: the customer, 4: the system, 5: a person at the desk of 微信客服 */
  origin: z.number(),
  msgtype: z.string(),
  text: z.object({ content: z.string() }).optional(),
  image: Media.optional(),
  voice: Media.optional(),
  video: Media.optional(),
  file: Media.optional(),
  location: z
    .object({
      latitude: z.number(),
      longitude: z.number(),
      name: z.string().default(""),
      address: z.string().default(""),
    })
    .optional(),
  event: z
    .object({
      event_type: z.string(),
      open_kfid: z.string().optional(),
      external_userid: z.string().optional(),
      scene: z.string().optional(),
      scene_param: z.string().optional(),
      welcome_code: z.string().optional(),
    })
    .optional(),
});
type KfMessage = z.infer<typeof KfMessage>;

export const SyncAnswer = z.object({
  next_cursor: z.string().default(""),
  has_more: z.number().default(0),
  msg_list: z.array(z.unknown()).default([]),
});

/** A customer is known to one service account only, and answered from it. */
export const customerId = (externalUserId: string, openKfId: string): string =>
  `${externalUserId}@${openKfId}`;

export function customerOf(platformUserId: string): { touser: string; open_kfid: string } | null {
  const at = platformUserId.lastIndexOf("@");
  return at < 1
    ? null
    : { touser: platformUserId.slice(0, at), open_kfid: platformUserId.slice(at + 1) };
}

/** 「您好」 may be said to whoever opens the chat, once, by this code. */
export const WELCOME = "kf-welcome:";
const WELCOME_MS = 20_000;

export interface KfCall {
  message: IncomingMessage;
  /** the grid whose QR code or link brought them */
  gridCode: string | null;
}

/** A customer's message, or that they opened the chat; null for everything else. */
export function readKfMessage(entry: unknown, openKfId: string, now: Date): KfCall | null {
  const parsed = KfMessage.safeParse(entry);
  if (!parsed.success) return null;
  const message = parsed.data;
  const sentAt = message.send_time === undefined ? now : new Date(message.send_time * 1_000);
  const of = (userId: string | undefined) =>
    userId === undefined
      ? null
      : messageOf(
          customerId(userId, message.open_kfid ?? openKfId),
          sentAt,
          message.msgid,
          WECHAT_KF,
        );
  if (message.msgtype === "event") return readEvent(message, of(message.event?.external_userid));
  const base = message.origin === 3 ? of(message.external_userid) : null;
  return base === null ? null : { message: { ...base, ...bodyOf(message) }, gridCode: null };
}

function readEvent({ event }: KfMessage, base: IncomingMessage | null): KfCall | null {
  if (event?.event_type !== "enter_session" || base === null) return null;
  const { welcome_code: code, scene = "", scene_param: param = "" } = event;
  // Without a code they were here in the last 48 hours, and know what this is.
  const gridCode = gridOfScene(decoded(param)) ?? gridOfScene(scene);
  if (code === undefined && gridCode === null) return null;
  const reply =
    code === undefined
      ? null
      : { url: `${WELCOME}${code}`, expiresAt: new Date(base.sentAt.getTime() + WELCOME_MS) };
  return { message: { ...base, arrived: true, reply }, gridCode };
}

function decoded(param: string): string {
  try {
    return decodeURIComponent(param);
  } catch {
    return param;
  }
}

function bodyOf(message: KfMessage): Partial<IncomingMessage> {
  const media = (kind: AttachmentKind, carried: { media_id: string } | undefined) =>
    carried === undefined
      ? { unsupported: "没有内容的消息" }
      : { attachments: [{ kind, ref: carried.media_id, fileName: null, transcript: null }] };
  switch (message.msgtype) {
    case "text":
      return { text: message.text?.content ?? "" };
    case "image":
      return media("picture", message.image);
    case "voice":
      return {
        ...media("audio", message.voice),
        // Speech comes without its words here: somebody has to be asked for them.
        unsupported: "语音",
      };
    case "video":
      return media("video", message.video);
    case "file":
      return media("file", message.file);
    case "location": {
      const { location } = message;
      return location === undefined
        ? { unsupported: "这个位置" }
        : {
            text: location.name === "" ? location.address : location.name,
            location: { lng: location.longitude, lat: location.latitude },
          };
    }
    default:
      return { unsupported: "这种消息" };
  }
}
