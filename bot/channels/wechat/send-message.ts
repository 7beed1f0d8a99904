import { createHash } from "node:crypto";
import type { Db } from "../../../db/client.ts";
import type { WeChatConfig } from "../../../services/tencent-config.ts";
import type { OutgoingMessage, SendResult } from "../channel.ts";
import { fitInto, utf8Room } from "../common/fit-into.ts";
import type { TencentApi } from "../tencent/api.ts";
import { resultOf } from "../tencent/send-result.ts";
import { type WindowRule, withinWindow } from "../tencent/window.ts";
import type { PassiveReplies } from "./passive-replies.ts";
import { WECHAT } from "./to-incoming.ts";

/** The platform takes 2,048 bytes of text. */
export const MOST_BYTES = 2_048;
const ROOM = utf8Room(MOST_BYTES);

/** 客服消息: as the platform counts since 2023. */
export const WINDOW: WindowRule = { windowHours: 48, messages: 5 };

/** What the platform itself says of a window that is closed or used up. */
const WINDOW_OVER = ["45015", "45047"];

/** A field of a template takes so many signs. */
const TEMPLATE_SIGNS = 20;

export const PASSIVE = "wechat-passive:";

export interface SendOptions {
  config: WeChatConfig;
  db: Db;
  api: TencentApi;
  passive: PassiveReplies;
  /** real time */
  now(): Date;
}

/**
 * Answers as the answer to WeChat's own call while that is open, else by 客服消息 within the window, else
 * by a template notice where there is one.
 */
export async function sendMessage(
  message: OutgoingMessage,
  { config, db, api, passive, now }: SendOptions,
): Promise<SendResult> {
  const { to } = message;
  if (message.text.trim() === "") return refused("the message is empty");
  if (to.type === "conversation") return refused("公众号 has no groups");
  const text = fitInto(message.text, ROOM);
  const url = message.reply?.url ?? "";
  if (url.startsWith(PASSIVE) && (await passive.answer(url.slice(PASSIVE.length), text)))
    return { outcome: "sent", platformMessageId: null };

  const account = { channel: WECHAT, platformUserId: to.platformUserId };
  const verdict = await withinWindow(db, account, WINDOW, now(), () =>
    api.call("/cgi-bin/message/custom/send", {
      touser: to.platformUserId,
      msgtype: "text",
      text: { content: text },
    }),
  );
  const over =
    verdict === null || (verdict.outcome === "rejected" && WINDOW_OVER.includes(verdict.code));
  if (!over) return resultOf(verdict);
  if (config.templateId === null) {
    return refused(
      "the person did not write within 48 hours, or had five messages since; they can be told again once they write. Set WECHAT_MP_TEMPLATE_ID to send a notice meanwhile",
    );
  }
  return resultOf(
    await api.call("/cgi-bin/message/template/send", {
      touser: to.platformUserId,
      template_id: config.templateId,
      client_msg_id: createHash("sha256").update(message.key).digest("hex").slice(0, 32),
      data: { [config.templateField]: { value: shortened(message.text) } },
    }),
  );
}

function shortened(text: string): string {
  const signs = [...text.replace(/\s+/g, " ").trim()];
  return signs.length <= TEMPLATE_SIGNS
    ? signs.join("")
    : `${signs.slice(0, TEMPLATE_SIGNS - 1).join("")}…`;
}

const refused = (reason: string): SendResult => ({ outcome: "refused", reason });
