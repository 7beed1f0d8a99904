import { createHash } from "node:crypto";
import type { WSClient } from "@wecom/aibot-node-sdk";
import type { OutgoingMessage, SendResult } from "../channel.ts";
import { fitInto, utf8Room } from "../common/fit-into.ts";
import type { RateLimiter } from "../common/rate-limit.ts";
import { noAnswer, type Verdict } from "../common/verdict.ts";
import { resultOf } from "../tencent/send-result.ts";
import { verdictOf } from "../tencent/verdict.ts";
import { ANSWER, WELCOME } from "./bot-messages.ts";
import { plainMarkdown } from "./plain-markdown.ts";

/** Of a message written first; an answer may be longer, and the same everywhere is simpler to read. */
const ROOM = utf8Room(4_096);

export interface BotSendOptions {
  client: WSClient;
  /** answers that have been used, by their frame */
  spent: Set<string>;
  perConversation: RateLimiter;
  /** real time */
  now(): Date;
  random(): number;
}

const MOST_SPENT = 5_000;

/** Answers on the frame of the message, once; else writes into the conversation. */
export async function botSend(
  message: OutgoingMessage,
  options: BotSendOptions,
): Promise<SendResult> {
  const { to, reply, key, priority } = message;
  const { client, spent, now } = options;
  const chatId = to.type === "person" ? to.platformUserId : to.conversationId;
  if (priority === "notice") {
    const retryAt = options.perConversation.ask(chatId, key, now());
    if (retryAt !== null)
      return { outcome: "retry", reason: "our own limit for this conversation", retryAt };
  }
  const content = fitInto(plainMarkdown(message.text), ROOM);
  const url = reply !== null && reply.expiresAt > now() && !spent.has(reply.url) ? reply.url : "";
  if (url.startsWith(ANSWER) || url.startsWith(WELCOME)) {
    spend(spent, url);
    const verdict = await told(answerOn(client, url, key, content, message.text), options);
    // Where it may have arrived only an emergency risks saying it twice.
    if (verdict.outcome !== "rejected" && !(priority === "emergency" && verdict.outcome !== "ok")) {
      if (verdict.outcome !== "ok") spent.delete(url);
      return resultOf(verdict);
    }
  }
  const mentions = to.type === "person" ? "" : message.mentions.map((id) => `\n<@${id}>`).join("");
  return resultOf(
    await told(
      client.sendMessage(chatId, {
        msgtype: "markdown",
        markdown: { content: content + mentions },
      }),
      options,
    ),
  );
}

function answerOn(client: WSClient, url: string, key: string, content: string, text: string) {
  if (url.startsWith(WELCOME)) {
    return client.replyWelcome(
      { headers: { req_id: url.slice(WELCOME.length) } },
      { msgtype: "text", text: { content: fitInto(text, ROOM) } },
    );
  }
  const streamId = createHash("sha256").update(key).digest("hex").slice(0, 32);
  return client.replyStream(
    { headers: { req_id: url.slice(ANSWER.length) } },
    streamId,
    content,
    true,
  );
}

/** The SDK resolves with what was accepted, and rejects with a frame that says why not, or an error. */
async function told(
  calling: Promise<unknown>,
  { now, random }: Pick<BotSendOptions, "now" | "random">,
): Promise<Verdict> {
  try {
    return verdictOf({ status: 200, body: await calling }, now(), random());
  } catch (answer) {
    return answer instanceof Error
      ? noAnswer(answer)
      : verdictOf({ status: 200, body: answer }, now(), random());
  }
}

function spend(spent: Set<string>, url: string): void {
  spent.add(url);
  const [oldest] = spent;
  if (spent.size > MOST_SPENT && oldest !== undefined) spent.delete(oldest);
}
