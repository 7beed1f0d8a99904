import type { DWClientDownStream } from "dingtalk-stream";
import { TOPIC_CARD, TOPIC_ROBOT } from "dingtalk-stream";
import { isDatabaseAway } from "../../../services/database-fault.ts";
import type { DingTalkConfig } from "../../../services/dingtalk-config.ts";
import type { IncomingMessage } from "../../../services/domain/incoming.ts";
import { failpoint } from "../../../services/failpoint.ts";
import type { Log } from "../../../services/log.ts";
import type { StoreIncoming } from "../channel.ts";
import { sleep } from "../common/deferred.ts";
import { COUNTERS, type Meter } from "./meter.ts";
import type { Subscription } from "./open-endpoint.ts";
import { ANSWER_CODES, type AnswerCode } from "./stream-connection.ts";
import type { Timings } from "./timings.ts";
import { type Incoming, toIncoming } from "./to-incoming.ts";
import { BOT_JOINED, toJoined } from "./to-joined.ts";
import { toPress } from "./to-press.ts";
import type { TrustUrl } from "./trusted-urls.ts";

/** What has a listener here. Events come all or none; those we do not read are acknowledged. */
export const SUBSCRIPTIONS: readonly Subscription[] = [
  { type: "CALLBACK", topic: TOPIC_ROBOT },
  { type: "CALLBACK", topic: TOPIC_CARD },
  { type: "EVENT", topic: "*" },
];

export interface ReceiverOptions {
  config: Pick<DingTalkConfig, "robotCode">;
  store: StoreIncoming;
  trustUrl: TrustUrl;
  timings: Timings;
  log: Log;
  meter: Meter;
  /** real time */
  now(): Date;
}

export interface Receiver {
  /** Takes a frame and answers it on the connection it came on. Never throws. */
  receive(frame: DWClientDownStream, connection: Answering): void;
  /** Resolves when nothing is being stored, or after `ms`. */
  settled(ms: number): Promise<void>;
  /** Gives up waiting between the tries of a failing store. */
  stop(): void;
}

const answerTo = (frame: DWClientDownStream): AnswerCode =>
  frame.type === "EVENT" ? ANSWER_CODES.event : ANSWER_CODES.ok;

interface Answering {
  answer(messageId: string, code: AnswerCode): boolean;
}

/**
 * Stores each message, then acknowledges it. A message whose storing fails is kept and tried again for
 * a while, and for as long as the database is away, because DingTalk does not promise to deliver it again;
 * it is acknowledged only when stored.
 */
export function createReceiver(options: ReceiverOptions): Receiver {
  const { log, meter, timings } = options;
  const stopping = new AbortController();
  /** one storing at a time per message: a redelivery that overtakes it waits for the same result */
  const inFlight = new Map<string, Promise<boolean>>();

  return {
    receive: (frame, connection) => {
      const incoming = read(frame);
      if (incoming === "noListener") {
        count("noListener");
        return answer(frame, connection, ANSWER_CODES.noListener);
      }
      if (incoming === "nothing") {
        count("event");
        return answer(frame, connection, ANSWER_CODES.event);
      }
      if (incoming.problem !== null) {
        log.warn(
          { problem: incoming.problem, messageId: frame.headers.messageId },
          "dingtalk: an odd message",
        );
      }
      if (!incoming.ok) {
        // It could never be stored: without an answer it would come again for ever.
        count("malformed");
        return answer(frame, connection, answerTo(frame));
      }
      storeOnce(withTrustedReply(incoming.message)).then((stored) => {
        if (!stored) return;
        answer(frame, connection, answerTo(frame));
        failpoint("acknowledged");
      }, fault);
    },
    settled: async (ms) => {
      const enough = new AbortController();
      const all = Promise.allSettled(inFlight.values());
      await Promise.race([all, sleep(ms, enough.signal)]);
      enough.abort();
    },
    stop: () => stopping.abort(),
  };

  function read(frame: DWClientDownStream): Incoming | "noListener" | "nothing" {
    if (frame.type === "EVENT") {
      return frame.headers.eventType === BOT_JOINED
        ? toJoined(frame, options.config.robotCode, options.now())
        : "nothing";
    }
    switch (String(frame.headers.topic)) {
      case TOPIC_ROBOT:
        return toIncoming(frame.data, options.now());
      case TOPIC_CARD:
        return toPress(frame.data, options.now());
      default:
        return "noListener";
    }
  }

  function storeOnce(message: IncomingMessage): Promise<boolean> {
    const running = inFlight.get(message.dedupeKey);
    if (running !== undefined) return running;
    const started = storeWithRetries(message).finally(() => inFlight.delete(message.dedupeKey));
    inFlight.set(message.dedupeKey, started);
    return started;
  }

  async function storeWithRetries(message: IncomingMessage): Promise<boolean> {
    const waits = [...timings.storeRetries];
    let toldAway = false;
    for (let wait: number | undefined = 0; wait !== undefined; ) {
      await sleep(wait, stopping.signal);
      try {
        count(await options.store(message));
        return true;
      } catch (error) {
        const away = isDatabaseAway(error);
        count("storeFailed");
        if (!away || !toldAway) notStored(message, error);
        toldAway = away;
        wait = away ? timings.storeWhileAway : waits.shift();
      }
      if (stopping.signal.aborted) return false;
    }
    return false;
  }

  function notStored({ dedupeKey }: IncomingMessage, error: unknown): void {
    log.error(
      { dedupeKey, problem: error instanceof Error ? error.name : "unknown" },
      "dingtalk: a message could not be stored and is not acknowledged; check the database",
    );
  }

  function withTrustedReply(message: IncomingMessage): IncomingMessage {
    if (message.reply === null) return message;
    const url = options.trustUrl(message.reply.url, "web");
    if (url === null) {
      log.warn({ dedupeKey: message.dedupeKey }, "dingtalk: a session webhook of a foreign host");
      return { ...message, reply: null };
    }
    return { ...message, reply: { ...message.reply, url: url.href } };
  }

  function answer(frame: DWClientDownStream, connection: Answering, code: AnswerCode): void {
    const { messageId } = frame.headers;
    try {
      if (typeof messageId === "string" && connection.answer(messageId, code)) return;
    } catch (error) {
      fault(error);
    }
    count("notAnswered");
  }

  function fault(error: unknown): void {
    log.error(
      { problem: error instanceof Error ? error.name : "unknown" },
      "dingtalk: answering failed; the message comes again",
    );
  }

  function count(outcome: string): void {
    meter.count(COUNTERS.frames, { outcome });
  }
}
