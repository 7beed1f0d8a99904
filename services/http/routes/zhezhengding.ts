import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { problems, sendProblem } from "../problem.ts";

/** What a channel makes of a callback; `bot/channels/zwdd/callback.ts`. */
export type ReceiveCallback = (request: {
  token: string | null;
  timestamp: string | null;
  sign: string | null;
  body: unknown;
}) => Promise<"stored" | "forged" | "stale" | "unusable">;

const Query = z.object({ token: z.string().max(200).optional() });
const Headers = z.looseObject({
  token: z.string().max(200).optional(),
  timestamp: z.string().max(40).optional(),
  sign: z.string().max(200).optional(),
});

/** Where 浙政钉 hands over what people say to the robot (outgoingUrl). Its token is its right. */
export function zhezhengdingRoute(plain: FastifyInstance, receive: ReceiveCallback): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  app.post(
    "/channels/zhezhengding",
    {
      schema: {
        hide: true,
        querystring: Query,
        headers: Headers,
        body: z.record(z.string(), z.unknown()),
        response: { 200: z.object({ msgtype: z.literal("empty") }), ...problems(400, 401, 503) },
      },
    },
    async (request, reply) => {
      const { headers, query } = request;
      const answer = await receive({
        token: headers.token ?? query.token ?? null,
        timestamp: headers.timestamp ?? null,
        sign: headers.sign ?? null,
        body: request.body,
      });
      if (answer === "stored") return reply.send({ msgtype: "empty" });
      return sendProblem(request, reply, REFUSALS[answer]);
    },
  );
}

const REFUSALS = {
  forged: {
    status: 401,
    title: "Not from the platform",
    code: "forgedCallback",
    detail: "令牌或签名不对。请核对机器人的 outgoingToken 与 ZWDD_OUTGOING_TOKEN。",
  },
  stale: {
    status: 401,
    title: "Not of now",
    code: "staleCallback",
    detail: "回调的时间与本机相差超过一小时。请核对两边的时钟。",
  },
  unusable: {
    status: 400,
    title: "Not a robot's message",
    code: "unusableCallback",
    detail: "回调里缺少 msgId、senderId、conversationId 或 createAt。请核对机器人的回调格式。",
  },
} as const;
