import type { DingTalkConfig } from "../../../services/dingtalk-config.ts";
import type { OutgoingMessage, SendResult } from "../channel.ts";
import type { RateLimiter } from "../common/rate-limit.ts";
import type { Verdict } from "../common/verdict.ts";
import type { Cards } from "./cards.ts";
import { raiseDing } from "./ding.ts";
import type { OpenApi } from "./open-api.ts";
import { robotSend } from "./robot-send.ts";
import type { SessionWebhook } from "./session-webhook.ts";
import type { Timings } from "./timings.ts";

export interface SendOptions {
  config: DingTalkConfig;
  openApi: OpenApi;
  webhook: SessionWebhook;
  cards: Cards;
  timings: Timings;
  /** messages a minute for each conversation */
  perConversation: RateLimiter;
  /** real time */
  now(): Date;
}

/** Sends by the session webhook while it is open, else by the robot's API. Never throws. */
export async function sendMessage(
  message: OutgoingMessage,
  options: SendOptions,
): Promise<SendResult> {
  if (message.text.trim() === "") return { outcome: "refused", reason: "the message is empty" };
  if (message.priority === "notice") {
    const where = addressOf(message);
    const retryAt = options.perConversation.ask(where, message.key, options.now());
    if (retryAt !== null) {
      return { outcome: "retry", reason: "our own limit for this conversation", retryAt };
    }
  }
  if (message.ding === true && (await raiseDing(message, options)))
    return { outcome: "sent", platformMessageId: null };
  const shown = await options.cards.show(message);
  if (shown !== null) return shown;
  const url = options.webhook.openFor(message);
  if (url === null) return robotSend(message, options);

  const verdict = await options.webhook.send(url, message);
  if (verdict.outcome === "ok") return { outcome: "sent", platformMessageId: null };
  if (!goesOtherRoad(verdict, message)) return retry(verdict);
  const second = await robotSend(message, options);
  // The other road may be closed for good while this one is only busy.
  return second.outcome === "refused" && verdict.outcome !== "rejected" ? retry(verdict) : second;
}

const addressOf = ({ to }: OutgoingMessage) =>
  to.type === "person" ? `person ${to.platformUserId}` : `conversation ${to.conversationId}`;

/**
 * A webhook that definitely did nothing (300001: it expired early) leaves the other road. Where it may
 * have sent, only an emergency risks saying it twice rather than late.
 */
function goesOtherRoad(verdict: Verdict, message: OutgoingMessage): boolean {
  if (verdict.outcome === "rejected" || message.priority === "emergency") return true;
  return verdict.outcome === "limited" && message.priority === "direct";
}

function retry(verdict: Exclude<Verdict, { outcome: "ok" }>): SendResult {
  return verdict.outcome === "limited"
    ? { outcome: "retry", reason: verdict.reason, retryAt: verdict.retryAt }
    : { outcome: "retry", reason: verdict.reason };
}
