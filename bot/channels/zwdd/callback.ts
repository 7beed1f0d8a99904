import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Log } from "../../../services/log.ts";
import type { ZwddConfig } from "../../../services/zwdd-config.ts";
import type { StoreIncoming } from "../channel.ts";
import { toIncoming } from "./to-incoming.ts";

export interface CallbackDeps {
  config: Pick<ZwddConfig, "outgoingToken" | "appSecret">;
  store: StoreIncoming;
  log: Log;
  /** real time */
  now(): Date;
}

export interface CallbackRequest {
  /** as the robot sent it: in a header, or in the address; null: none */
  token: string | null;
  /** headers `timestamp` and `sign` of DingTalk's HTTP robots, where they come along */
  timestamp: string | null;
  sign: string | null;
  body: unknown;
}

export type CallbackAnswer = "stored" | "forged" | "stale" | "unusable";

/** What is older, or further ahead, is a recording of an earlier callback. */
const FRESH_MS = 3_600_000;

/**
 * Takes one callback: looks whether it is the platform's and of now, stores it once, and only then says
 * so. A repeat within the hour is known by its msgId.
 *
 * @throws what storing throws; the platform is then not told that all is well
 */
export function callbackReceiver(
  deps: CallbackDeps,
): (request: CallbackRequest) => Promise<CallbackAnswer> {
  const { config, log } = deps;
  return async ({ token, timestamp, sign, body }) => {
    if (token === null || !isSame(token, config.outgoingToken)) return refuse("forged", "token");
    if (sign !== null && !isSame(sign, signOf(timestamp ?? "", config.appSecret)))
      return refuse("forged", "sign");
    const now = deps.now().getTime();
    const isFresh = (moment: number) => Math.abs(now - moment) <= FRESH_MS;
    if (timestamp !== null && !isFresh(Number(timestamp))) return refuse("stale", "timestamp");
    const incoming = toIncoming(body);
    if (!incoming.ok) return refuse("unusable", incoming.problem);
    if (!isFresh(incoming.message.sentAt.getTime())) return refuse("stale", "createAt");
    await deps.store(incoming.message);
    return "stored";
  };

  function refuse(answer: CallbackAnswer, problem: string): CallbackAnswer {
    log.warn({ answer, problem }, "zhezhengding: a callback was refused, nothing is stored");
    return answer;
  }
}

const signOf = (timestamp: string, secret: string): string =>
  createHmac("sha256", secret).update(`${timestamp}\n${secret}`).digest("base64");

/** In constant time, whatever the lengths. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
