import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { readHotlineMapping } from "../../../db/queries/hotline.ts";
import { takeNonce } from "../../../db/queries/hotline-calls.ts";
import { realClock } from "../../clock.ts";
import type { FeedRow } from "../../domain/hotline/feed.ts";
import { hotlineNamed } from "../../domain/hotline/line.ts";
import { type CallProblem, callProblem } from "../../hotline/signed-call.ts";
import { NO_HOTLINES } from "../../hotline-config.ts";
import { minuteCounter } from "../../minute-counter.ts";
import { takeFeedAtOnce } from "../../workflows/hotline/take-feed.ts";
import type { AppDeps } from "../app.ts";
import { type ProblemSaid, problems, sendProblem } from "../problem.ts";
import { TakenResource, takenResource } from "../resources/hotline.ts";

const BODY_LIMIT = 1024 * 1024;
const MOST_ORDERS = 500;

const Value = z.union([z.string().max(20_000), z.number(), z.boolean(), z.null()]);
const Feed = z.object({
  orders: z
    .array(z.record(z.string().max(100), Value))
    .min(1)
    .max(MOST_ORDERS)
    .describe(
      "each in the hotline's own fields, or in ours; hotline-mapping.csv says which is which",
    ),
});

/**
 * Orders that a hotline posts. The signature is over every byte, so nothing is read before it was checked,
 * and nothing is written but together with the nonce: a call that is refused has done nothing, and one that
 * was taken is taken once.
 */
export function hotlineFeedRoute(plain: FastifyInstance, deps: AppDeps): void {
  const real = deps.realClock ?? realClock;
  const failures = minuteCounter(real);
  plain.register(async (feed) => {
    feed.removeAllContentTypeParsers();
    feed.addContentTypeParser(
      "application/json",
      { parseAs: "buffer", bodyLimit: BODY_LIMIT },
      (_request, body, done) => done(null, body),
    );
    const app = feed.withTypeProvider<ZodTypeProvider>();
    app.post(
      "/api/hotline/:line/orders",
      {
        bodyLimit: BODY_LIMIT,
        schema: {
          tags: ["hotline orders"],
          summary:
            "A hotline posts orders, signed as Standard Webhooks are, each call under an id of its own",
          security: [],
          params: z.object({ line: z.string().max(40).describe("12345 or 8890") }),
          body: z.any().describe("{ orders: [{ … }] }, at most 500 and 1 MB"),
          response: {
            200: TakenResource,
            207: TakenResource,
            ...problems(400, 401, 404, 409, 413, 415, 429, 503),
          },
        },
      },
      async (request, reply) => {
        const line = hotlineNamed(request.params.line);
        const secret = line === null ? null : (deps.config.hotlines ?? NO_HOTLINES)[line].secret;
        if (failures.waitSeconds(request.ip) > 0) return sendProblem(request, reply, HELD_OFF);
        // Whether a line is set up is nobody's business who cannot sign for it.
        const problem: CallProblem | null =
          line === null || secret === null ? "unsigned" : checked(request, secret);
        if (line === null || problem !== null) {
          failures.note(request.ip);
          return sendProblem(request, reply, REFUSED[problem ?? "unsigned"]);
        }
        const read = Feed.safeParse(jsonOf(request.body as Buffer));
        if (!read.success) return sendProblem(request, reply, unreadable(read.error.issues[0]));
        const rows = read.data.orders.map(asRow);
        const mapping = await readHotlineMapping(deps.database, line);
        const taken = await deps.database.transaction(async (tx) => {
          const isFirst = await takeNonce(tx, nonceOf(request), real.now());
          return isFirst ? takeFeedAtOnce(tx, deps.office, line, rows, "rest", mapping) : null;
        });
        if (taken === null) return sendProblem(request, reply, REPLAYED);
        deps.arrived?.();
        return reply.code(taken.problems.length === 0 ? 200 : 207).send(takenResource(taken));
      },
    );
  });

  const checked = (request: FastifyRequest, secret: string): CallProblem | null =>
    callProblem(request.headers, request.body as Buffer, secret, real.now());
}

const nonceOf = (request: FastifyRequest): string => String(request.headers["webhook-id"]);

const asRow = (order: Record<string, z.infer<typeof Value>>, index: number): FeedRow => ({
  at: index + 1,
  row: Object.entries(order).map(([column, value]) => [
    column,
    value === null ? "" : String(value),
  ]),
});

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

const unauthorized = (code: string, title: string, detail: string): ProblemSaid => ({
  status: 401,
  code,
  title,
  detail,
});

const REFUSED: Record<CallProblem, ProblemSaid> = {
  unsigned: unauthorized(
    "signatureMissing",
    "The call is not signed",
    "请求没有签名,没有处理。请带 webhook-id、webhook-timestamp、webhook-signature 三个请求头后重发。",
  ),
  forged: unauthorized(
    "signatureInvalid",
    "The signature does not fit",
    "签名与内容不符,没有处理。请核对密钥,并对原样的请求体签名后重发。",
  ),
  stale: unauthorized(
    "signatureStale",
    "The signature is too old",
    "签名时间与本机相差超过 5 分钟,没有处理。请校准时钟,重新签名后重发。",
  ),
};

const REPLAYED: ProblemSaid = {
  status: 409,
  code: "replayed",
  title: "This call was taken before",
  detail:
    "这个 webhook-id 已经用过,没有再次处理。要重发请换一个 id 重新签名;重复的工单不会再登记。",
};

const HELD_OFF: ProblemSaid = {
  status: 429,
  code: "tooManyAttempts",
  title: "Too many failed attempts",
  detail: "多次签名不符,请一分钟后再试。",
};

const unreadable = (
  issue: { path: readonly PropertyKey[]; message: string } | undefined,
): ProblemSaid => ({
  status: 400,
  code: "invalidRequest",
  title: "The request does not fit",
  detail: `请求体应为 {"orders":[…]},1 至 500 张工单:${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}。请改正后用新的 id 重发。`,
});
