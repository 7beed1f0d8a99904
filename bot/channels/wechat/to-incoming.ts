import type { Attachment, IncomingMessage } from "../../../services/domain/incoming.ts";
import { textOf } from "../tencent/xml.ts";

export const WECHAT = "wechat";

/** What a callback brings: a message, a scanned code, or nothing to be read. */
export interface WeChatCall {
  openId: string;
  /** `gh_…`, whom it was sent to and who answers */
  account: string;
  message: IncomingMessage | null;
  /** the grid whose QR code was scanned */
  gridCode: string | null;
}

/** Null where nobody can be named who sent it. */
export function readCall(fields: Readonly<Record<string, unknown>>, now: Date): WeChatCall | null {
  const openId = textOf(fields, "FromUserName");
  const account = textOf(fields, "ToUserName");
  const type = textOf(fields, "MsgType");
  if (openId === undefined || account === undefined || type === undefined || openId === "")
    return null;
  const seconds = Number(textOf(fields, "CreateTime"));
  const sentAt = seconds > 0 ? new Date(seconds * 1_000) : now;
  const base = messageOf(openId, sentAt, dedupeKeyOf(fields, openId));
  if (type !== "event") {
    return { openId, account, gridCode: null, message: { ...base, ...bodyOf(type, fields) } };
  }
  const event = (textOf(fields, "Event") ?? "").toLowerCase();
  if (event !== "subscribe" && event !== "scan")
    return { openId, account, message: null, gridCode: null };
  const gridCode = gridOfScene((textOf(fields, "EventKey") ?? "").replace(/^qrscene_/, ""));
  // A scan that names no grid says nothing new to a follower.
  const message =
    event === "scan" && gridCode === null ? null : ({ ...base, arrived: true } as const);
  return { openId, account, gridCode, message };
}

/** A code for the grid 南塘1 bears the scene `grid:SLQ-WC-NT-1`; `grid_` where a colon is not allowed. */
export function gridOfScene(scene: string): string | null {
  const [, code] = /^grid[:_](\S{1,60})$/.exec(scene) ?? [];
  return code ?? null;
}

/** Events have no MsgId; the platform advises sender and time for them. */
const dedupeKeyOf = (fields: Readonly<Record<string, unknown>>, openId: string): string =>
  textOf(fields, "MsgId") ??
  `${openId}:${textOf(fields, "CreateTime") ?? ""}:${textOf(fields, "Event") ?? ""}`;

export const messageOf = (
  openId: string,
  sentAt: Date,
  dedupeKey: string,
  channel = WECHAT,
): IncomingMessage => ({
  channel,
  dedupeKey,
  conversation: { id: `private:${openId}`, type: "private", title: null },
  sender: { platformUserId: openId, nick: null },
  sentAt,
  text: "",
  attachments: [],
  location: null,
  reply: null,
  unsupported: null,
  source: null,
  onBehalfOf: null,
  placeHint: null,
});

function bodyOf(type: string, fields: Readonly<Record<string, unknown>>): Partial<IncomingMessage> {
  const media = (kind: Attachment["kind"], transcript: string | null = null) => {
    const ref = textOf(fields, "MediaId");
    return ref === undefined
      ? { unsupported: "没有内容的消息" }
      : {
          text: transcript ?? "",
          attachments: [{ kind, ref, fileName: null, transcript }],
        };
  };
  switch (type) {
    case "text":
      return { text: textOf(fields, "Content") ?? "" };
    case "image":
      return media("picture");
    case "voice":
      // Recognised where the account has 语音识别 switched on.
      return media("audio", textOf(fields, "Recognition") || null);
    case "video":
    case "shortvideo":
      return media("video");
    case "location": {
      const [lat, lng] = [
        Number(textOf(fields, "Location_X")),
        Number(textOf(fields, "Location_Y")),
      ];
      const label = textOf(fields, "Label") ?? "";
      return Number.isFinite(lat) && Number.isFinite(lng)
        ? { text: label, location: { lng, lat } }
        : { unsupported: "这个位置" };
    }
    case "link":
      return { unsupported: "链接" };
    default:
      return { unsupported: "这种消息" };
  }
}
