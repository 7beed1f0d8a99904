import type { IncomingMessage } from "../../../services/domain/incoming.ts";
import { withoutBotMention } from "../dingtalk/bot-mention.ts";
import { readBody } from "../dingtalk/message-body.ts";
import { RobotMessage } from "../dingtalk/robot-message.ts";

export type Incoming = { ok: true; message: IncomingMessage } | { ok: false; problem: string };

/**
 * A message of the robot's callback as the product's own. The body is taken to be that of DingTalk's
 * HTTP robots; ids are accountIds. Never throws, whatever arrives.
 */
export function toIncoming(body: unknown): Incoming {
  const parsed = RobotMessage.safeParse(body);
  if (!parsed.success) return { ok: false, problem: "msgId is missing" };
  const said = parsed.data;
  const sender = said.senderStaffId ?? said.senderId;
  if (sender === undefined) return { ok: false, problem: "senderId is missing" };
  if (said.conversationId === undefined) return { ok: false, problem: "conversationId is missing" };
  if (said.createAt === undefined) return { ok: false, problem: "createAt is missing" };
  const { text, attachments, unsupported } = readBody(said);
  const [attachment] = attachments;
  return {
    ok: true,
    message: {
      channel: "zhezhengding",
      dedupeKey: `${said.robotCode ?? ""}:${said.msgId}`,
      conversation: {
        id: said.conversationId,
        // What is said in a group is guarded more closely, so a conversation of unknown kind counts as one.
        type: said.conversationType === "1" ? "private" : "group",
        title: said.conversationTitle ?? null,
      },
      sender: { platformUserId: sender, nick: said.senderNick ?? null },
      sentAt: said.createAt,
      text: withoutBotMention(text, said),
      // No road to fetch a picture by is known; its sender is told, rather than it being lost silently.
      attachments: [],
      location: null,
      reply: null,
      unsupported: unsupported ?? (attachment === undefined ? null : NAMES[attachment.kind]),
      source: null,
      onBehalfOf: null,
      placeHint: null,
    },
  };
}

const NAMES = { picture: "图片", audio: "语音", video: "视频", file: "文件" } as const;
