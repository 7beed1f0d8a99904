import type { ZwddConfig } from "../../../services/zwdd-config.ts";
import type { OutgoingMessage, SendResult } from "../channel.ts";
import { field } from "../common/post-json.ts";
import type { RateLimiter } from "../common/rate-limit.ts";
import type { Verdict } from "../common/verdict.ts";
import { fitText } from "../dingtalk/fit-text.ts";
import type { Gateway } from "./gateway.ts";

export interface SendOptions {
  config: ZwddConfig;
  gateway: Gateway;
  /** messages a minute for each conversation */
  perConversation: RateLimiter;
  /** real time */
  now(): Date;
}

/** Says one thing: an alarm as DING, else by the robot, and to a person whom it may not write to as 工作通知. */
export async function sendMessage(
  message: OutgoingMessage,
  options: SendOptions,
): Promise<SendResult> {
  const { to, key, priority, text } = message;
  if (text.trim() === "") return { outcome: "refused", reason: "the message is empty" };
  if (priority === "notice") {
    const where = to.type === "person" ? `person ${to.platformUserId}` : to.conversationId;
    const retryAt = options.perConversation.ask(where, key, options.now());
    if (retryAt !== null)
      return { outcome: "retry", reason: "our own limit for this conversation", retryAt };
  }
  if (to.type === "conversation") return toGroup(to.conversationId, message, options);
  if (message.ding === true && options.config.dingCreator !== null) {
    const alarm = await ding(to.platformUserId, text, options.config.dingCreator, options);
    if (alarm.outcome === "sent") return alarm;
  }
  return toPerson(to.platformUserId, message, options);
}

async function toGroup(
  chatId: string,
  message: OutgoingMessage,
  { config, gateway }: SendOptions,
): Promise<SendResult> {
  const say = (token: string) =>
    gateway.post("/robot/message/sendgroup", {
      appKey: config.appKey,
      tenantId: config.tenantId,
      chatId,
      token,
      ...textBody(message.text),
    });
  if (config.robotToken !== null) return resultOf(await say(config.robotToken));
  try {
    const token = await gateway.token.get();
    const verdict = await say(token);
    if (verdict.outcome !== "rejected") return resultOf(verdict);
    // No code is known for a token that ended early: another one is tried, once.
    gateway.token.drop(token);
    return resultOf(await say(await gateway.token.get()));
  } catch (error) {
    return { outcome: "retry", reason: error instanceof Error ? error.message : "no token" };
  }
}

async function toPerson(
  accountId: string,
  message: OutgoingMessage,
  options: SendOptions,
): Promise<SendResult> {
  const { config, gateway } = options;
  const verdict = await gateway.post("/robot/message/sendoto", {
    appKey: config.appKey,
    tenantId: config.tenantId,
    accountId,
    ...textBody(message.text),
  });
  if (verdict.outcome !== "rejected") return resultOf(verdict);
  return resultOf(await workNotification(accountId, message, options));
}

/** `msgBody` is JSON in a field of its own. */
const textBody = (text: string) => ({
  msgType: "text",
  msgBody: JSON.stringify({ content: fitText(text) }),
});

const MOST_NOTE_BYTES = 2_000;

/** The road that needs no robot at the receiver's. `bizMsgId` makes a repeat recognisable. */
function workNotification(
  accountId: string,
  { key, text }: OutgoingMessage,
  { config, gateway }: SendOptions,
): Promise<Verdict> {
  const content = fitText(text, MOST_NOTE_BYTES);
  return gateway.post("/message/workNotification", {
    receiverIds: accountId,
    tenantId: config.tenantId,
    bizMsgId: key,
    msg: JSON.stringify({ msgtype: "text", text: { content } }),
  });
}

async function ding(
  accountId: string,
  text: string,
  creator: string,
  { config, gateway }: SendOptions,
): Promise<SendResult> {
  const verdict = await gateway.post("/gov/ding/isv/send.json", {
    creator: JSON.stringify({ accountId: creator }),
    receivers: JSON.stringify([{ accountId }]),
    notifyType: "app",
    tenantId: config.tenantId,
    textType: "plaintext",
    bodyType: "text",
    body: JSON.stringify({ text: fitText(text, MOST_NOTE_BYTES) }),
  });
  return resultOf(verdict);
}

function resultOf(verdict: Verdict): SendResult {
  switch (verdict.outcome) {
    case "ok": {
      const data = (verdict.body as { data?: unknown } | undefined)?.data;
      const id = field(data, "msgId") ?? field(data, "messageId");
      return { outcome: "sent", platformMessageId: id ?? null };
    }
    case "limited":
      return { outcome: "retry", reason: verdict.reason, retryAt: verdict.retryAt };
    case "rejected":
      return { outcome: "refused", reason: verdict.reason };
    default:
      return { outcome: "retry", reason: verdict.reason };
  }
}
