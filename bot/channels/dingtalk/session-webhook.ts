import type { OutgoingMessage } from "../channel.ts";
import { postJson } from "../common/post-json.ts";
import { noAnswer, type Verdict } from "../common/verdict.ts";
import { fitText } from "./fit-text.ts";
import { COUNTERS, type Meter } from "./meter.ts";
import { isOutsider } from "./sender-id.ts";
import type { Timings } from "./timings.ts";
import type { TrustUrl } from "./trusted-urls.ts";
import { oapiVerdict } from "./verdict.ts";

export interface SessionWebhookOptions {
  fetch: typeof fetch;
  trustUrl: TrustUrl;
  timings: Timings;
  meter: Meter;
  /** real time */
  now(): Date;
  random(): number;
}

export interface SessionWebhook {
  /** The address that is open for this message, or null. */
  openFor(message: OutgoingMessage): URL | null;
  /** Answers in the conversation the webhook belongs to. Never throws. */
  send(url: URL, message: OutgoingMessage): Promise<Verdict>;
}

/** The road of an answer: free of the monthly quota, open for about 90 minutes, and it can mention. */
export function createSessionWebhook(options: SessionWebhookOptions): SessionWebhook {
  const { timings, now } = options;
  return {
    openFor: ({ reply }) => {
      if (reply === null) return null;
      const open = reply.expiresAt.getTime() - timings.webhookMargin > now().getTime();
      return open ? options.trustUrl(reply.url, "web") : null;
    },
    send: async (url, message) => {
      const verdict = await postJson(url.toString(), bodyOf(message), {
        fetch: options.fetch,
        within: message.priority === "emergency" ? timings.urgentWithin : timings.callWithin,
      }).then((answer) => oapiVerdict(answer, now(), options.random()), noAnswer);
      options.meter.count(COUNTERS.apiCalls, { api: "sendBySession", outcome: verdict.outcome });
      return verdict;
    },
  };
}

/**
 * Always plain text: every sentence arrives letter for letter, also one that begins like a heading or
 * a list. A mention shines only if the text says `@userId` as well as the `at` block.
 */
function bodyOf(message: OutgoingMessage) {
  const atUserIds =
    message.to.type === "person" ? [] : message.mentions.filter((id) => !isOutsider(id));
  const unsaid = atUserIds.filter((id) => !message.text.includes(`@${id}`));
  const mentions = unsaid.map((id) => `@${id}`).join(" ");
  const text = fitText(message.text);
  return {
    msgtype: "text",
    text: { content: mentions === "" ? text : `${text}\n${mentions}` },
    at: { atUserIds, isAtAll: false },
  };
}
