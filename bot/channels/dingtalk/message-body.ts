import type { Attachment, AttachmentKind } from "../../../services/domain/incoming.ts";
import type { RichTextItem, RobotMessage } from "./robot-message.ts";

export interface MessageBody {
  text: string;
  attachments: Attachment[];
  /** Chinese, said to the sender */
  unsupported: string | null;
  /** what is wrong with the frame, without anybody's words; null when nothing is */
  problem: string | null;
}

/** What a robot message says and carries, by its type. Never throws. */
export function readBody(message: RobotMessage): MessageBody {
  switch (message.msgtype) {
    case "text":
      return message.text?.content === undefined
        ? withoutBody(message, "text without content")
        : { ...EMPTY, text: message.text.content };
    case "picture":
      return carrying("picture", message);
    case "richText":
      return richText(message);
    case "audio":
      return carrying("audio", message);
    case "video":
      return carrying("video", message);
    case "file":
      return carrying("file", message);
    case "unknownMsgType":
      return { ...EMPTY, unsupported: message.content?.unknownMsgType || "这种消息" };
    default:
      return ofOtherType(message);
  }
}

const EMPTY: MessageBody = { text: "", attachments: [], unsupported: null, problem: null };

/** Types that DingTalk delivers and the product does not read, as people call them. */
const KNOWN_OTHERS: Readonly<Record<string, string>> = {
  interactiveCard: "卡片",
  chatRecord: "聊天记录",
};

function ofOtherType(message: RobotMessage): MessageBody {
  const text = message.text?.content ?? "";
  if (message.msgtype === undefined) {
    return text === ""
      ? withoutBody(message, "neither type nor text")
      : { ...EMPTY, text, problem: "text without a type" };
  }
  const known = KNOWN_OTHERS[message.msgtype];
  return {
    ...EMPTY,
    text,
    unsupported: known ?? "这种消息",
    problem: known === undefined ? "unknown message type" : null,
  };
}

function carrying(kind: AttachmentKind, message: RobotMessage): MessageBody {
  const content = message.content;
  const ref = content?.downloadCode ?? content?.pictureDownloadCode;
  const transcript = kind === "audio" ? (content?.recognition ?? null) : null;
  const text = transcript ?? "";
  if (ref === undefined) {
    return { ...withoutBody(message, `${kind} without download code`), text };
  }
  const fileName = content?.fileName ?? null;
  return { ...EMPTY, text, attachments: [{ kind, ref, fileName, transcript }] };
}

function richText(message: RobotMessage): MessageBody {
  const items = message.content?.richText;
  if (items === undefined) return withoutBody(message, "rich text without items");
  return {
    ...EMPTY,
    text: items.map((item) => item.text ?? "").join(""),
    attachments: items.flatMap(pictureOf),
  };
}

function pictureOf(item: RichTextItem): Attachment[] {
  const ref = item.downloadCode ?? item.pictureDownloadCode;
  return ref === undefined ? [] : [{ kind: "picture", ref, fileName: null, transcript: null }];
}

/** DingTalk delivers a message without its body when the month's quota of the organisation is used up. */
const withoutBody = (message: RobotMessage, problem: string): MessageBody => ({
  ...EMPTY,
  unsupported: "没有内容的消息",
  problem:
    message.errorMessage === undefined ? problem : `${problem}; the platform reports an error`,
});
