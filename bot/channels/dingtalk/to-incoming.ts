import type { IncomingMessage } from "../../../services/domain/incoming.ts";
import { withoutBotMention } from "./bot-mention.ts";
import { cleanText } from "./clean-text.ts";
import { type MessageBody, readBody } from "./message-body.ts";
import { RobotMessage } from "./robot-message.ts";
import { senderIdOf } from "./sender-id.ts";

export type Incoming =
  /** `problem` says what was odd about the frame, without anybody's words */
  | { ok: true; message: IncomingMessage; problem: string | null }
  /** nothing that could be recognised when it comes again */
  | { ok: false; problem: string };

/**
 * A robot message of DingTalk as the product's own. Never throws, whatever arrives.
 *
 * @param frameData - the `data` of the frame, JSON text
 * @param receivedAt - stands in for a missing or impossible `createAt`
 */
export function toIncoming(frameData: unknown, receivedAt: Date): Incoming {
  const json = parse(frameData);
  if (json === undefined) return { ok: false, problem: "data is not JSON" };
  const parsed = RobotMessage.safeParse(json);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join(".") || "data");
    return { ok: false, problem: `unusable: ${[...new Set(fields)].join(", ")}` };
  }
  return read(parsed.data, json, receivedAt);
}

function read(robotMessage: RobotMessage, json: unknown, receivedAt: Date): Incoming {
  const body = readBody(robotMessage);
  const problem = whatIsOdd(robotMessage, body);
  const message: IncomingMessage = {
    channel: "dingtalk",
    dedupeKey: `${robotMessage.robotCode ?? ""}:${robotMessage.msgId}`,
    conversation: conversationOf(robotMessage),
    sender: { platformUserId: senderIdOf(robotMessage), nick: robotMessage.senderNick ?? null },
    sentAt: robotMessage.createAt ?? receivedAt,
    text: withoutBotMention(body.text, robotMessage),
    attachments: body.attachments,
    location: null,
    reply: replyOf(robotMessage, receivedAt),
    unsupported: body.unsupported,
    source: null,
    onBehalfOf: null,
    placeHint: null,
    ...(body.problem === null ? {} : { raw: rawOf(json) }),
  };
  return { ok: true, message, problem };
}

const whatIsOdd = (message: RobotMessage, body: MessageBody): string | null =>
  body.problem ?? (message.conversationId === undefined ? "conversationId is missing" : null);

/** What is said in a group is guarded more closely, so a conversation of unknown kind counts as one. */
const conversationOf = (message: RobotMessage): IncomingMessage["conversation"] => ({
  id: message.conversationId ?? `unknown:${message.msgId}`,
  type: message.conversationType === "1" ? "private" : "group",
  title: message.conversationTitle ?? null,
});

/** DingTalk keeps a session webhook open for 90 minutes; told only where the frame does not say. */
const WEBHOOK_LIFE_MS = 90 * 60_000;

function replyOf(message: RobotMessage, receivedAt: Date): IncomingMessage["reply"] {
  if (message.sessionWebhook === undefined) return null;
  const bornAt = message.createAt ?? receivedAt;
  const expiresAt =
    message.sessionWebhookExpiredTime ?? new Date(bornAt.getTime() + WEBHOOK_LIFE_MS);
  return { url: message.sessionWebhook, expiresAt };
}

const RAW_CHARACTERS = 4_000;

/** The webhook is a key to the conversation and is left out. */
function rawOf(json: unknown): string {
  try {
    const whole = JSON.stringify({ ...(json as object), sessionWebhook: undefined });
    return cleanText(whole.slice(0, RAW_CHARACTERS));
  } catch {
    // Too deeply nested to be written again.
    return "";
  }
}

function parse(frameData: unknown): unknown {
  if (typeof frameData !== "string") return frameData ?? undefined;
  try {
    return JSON.parse(frameData) ?? undefined;
  } catch {
    return undefined;
  }
}
