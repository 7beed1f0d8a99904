import { randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Log } from "../../../services/log.ts";
import type { Metrics } from "../../../services/metrics.ts";
import {
  type CallbackKeys,
  openSealed,
  plainSignature,
  sameText,
  seal,
} from "./callback-crypto.ts";
import { type Freshness, watchFreshness } from "./freshness.ts";
import { readXml, textOf, writeXml } from "./xml.ts";

const BODY_LIMIT = 64 * 1024;

export interface CallbackOptions {
  /** such as `/callbacks/wechat` */
  path: string;
  /** in logs and metrics */
  name: string;
  keys: Omit<CallbackKeys, "aesKey"> & {
    /** null: plain mode, in which nothing but the caller is signed */
    aesKey: string | null;
  };
  /**
   * Takes what is signed well and fresh; returns the fields of an XML answer, or null for `success`. A
   * throw is answered with 500, and the platform calls again.
   */
  take(fields: Record<string, unknown>, call: FastifyReply): Promise<Answer | null>;
  log: Log;
  metrics: Pick<Metrics, "count">;
  /** real time */
  now(): Date;
}

export type Answer = Readonly<Record<string, string | number>>;

type Query = Readonly<Record<string, string | undefined>>;

/**
 * The address that WeChat or WeCom calls: `GET` proves who we are, `POST` brings something. What is
 * forged, stale, replayed or broken is refused before anything is done.
 */
export function callbackRoutes(app: FastifyInstance, options: CallbackOptions): void {
  const { keys } = options;
  const freshness = watchFreshness(options.now);
  void app.register(async (open) => {
    open.removeAllContentTypeParsers();
    open.addContentTypeParser("*", { parseAs: "string", bodyLimit: BODY_LIMIT }, (_r, body, done) =>
      done(null, body),
    );
    open.get(options.path, { schema: { hide: true } }, async (request, reply) => {
      const text = echoed(request.query as Query);
      if (text === null) return refuse(request, reply, "forged");
      return reply.type("text/plain").send(text);
    });
    open.post(options.path, { schema: { hide: true } }, async (request, reply) => {
      const read = opened(request.query as Query, String(request.body ?? ""), freshness);
      if ("problem" in read) return refuse(request, reply, read.problem);
      const answer = await options.take(read.fields, reply);
      count("taken");
      if (answer === null) return reply.type("text/plain").send("success");
      return reply.type("application/xml").send(written(answer, read.sealed));
    });
  });

  function echoed(query: Query): string | null {
    const { timestamp = "", nonce = "", echostr = "" } = query;
    if (query.msg_signature !== undefined && keys.aesKey !== null) {
      const signature = query.msg_signature;
      return openSealed(
        { ...keys, aesKey: keys.aesKey },
        { encrypt: echostr, timestamp, nonce, signature },
      );
    }
    return sameText(plainSignature(keys.token, timestamp, nonce), query.signature ?? "")
      ? echostr
      : null;
  }

  function opened(query: Query, body: string, fresh: Freshness): Opened {
    const { timestamp = "", nonce = "" } = query;
    const outer = readXml(body);
    if (outer === null) return { problem: "broken" };
    const encrypted = textOf(outer, "Encrypt");
    // With a key set nothing plain is taken: its signature says nothing about the body.
    if (keys.aesKey !== null) {
      const text = openSealed(
        { ...keys, aesKey: keys.aesKey },
        { encrypt: encrypted ?? "", timestamp, nonce, signature: query.msg_signature ?? "" },
      );
      if (text === null) return { problem: "forged" };
      const problem = fresh.problemOf({ timestamp, nonce, body: encrypted ?? "" });
      if (problem !== null) return { problem };
      const fields = readXml(text);
      return fields === null ? { problem: "broken" } : { fields, sealed: true };
    }
    if (!sameText(plainSignature(keys.token, timestamp, nonce), query.signature ?? ""))
      return { problem: "forged" };
    const problem = fresh.problemOf({ timestamp, nonce, body });
    if (problem !== null) return { problem };
    return encrypted === undefined ? { fields: outer, sealed: false } : { problem: "sealed" };
  }

  function written(answer: Answer, sealed: boolean): string {
    const text = writeXml(answer);
    if (!sealed || keys.aesKey === null) return text;
    const timestamp = Math.floor(options.now().getTime() / 1_000);
    const nonce = randomBytes(8).toString("hex");
    const made = seal({ ...keys, aesKey: keys.aesKey }, text, String(timestamp), nonce);
    return writeXml({
      Encrypt: made.encrypt,
      MsgSignature: made.signature,
      TimeStamp: timestamp,
      Nonce: nonce,
    });
  }

  function refuse(_request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
    count(problem);
    options.log.warn({ channel: options.name, problem }, ADVICE[problem]);
    return reply
      .code(problem === "broken" ? 400 : 403)
      .type("text/plain")
      .send(problem);
  }

  function count(outcome: string): void {
    options.metrics.count("tencent_callbacks_total", { channel: options.name, outcome });
  }
}

type Problem = "forged" | "stale" | "replayed" | "broken" | "sealed";
type Opened = { fields: Record<string, unknown>; sealed: boolean } | { problem: Problem };

const ADVICE: Record<Problem, string> = {
  forged:
    "a callback that is not signed and encrypted with our settings was refused; if the platform says so too, compare token and EncodingAESKey there and here",
  stale:
    "a callback of another time was refused; if there are many, set this machine's clock (NTP)",
  replayed: "a callback that was caught and changed was refused",
  broken: "a callback that is no whole XML was refused",
  sealed:
    "an encrypted callback came and there is no key to open it; set the EncodingAESKey, or plain mode (明文模式) on the platform",
};
