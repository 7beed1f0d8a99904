import type { FastifyInstance } from "fastify";
import type { CallbackAnswer, CallbackRequest } from "./callback.ts";

const BODY_LIMIT = 64 * 1024;

/** Where 浙政钉 hands over what people say to the robot (outgoingUrl). Its token is its right. */
export function callbackRoute(
  app: FastifyInstance,
  receive: (request: CallbackRequest) => Promise<CallbackAnswer>,
): void {
  app.post(
    "/channels/zhezhengding",
    { bodyLimit: BODY_LIMIT, schema: { hide: true } },
    async (request, reply) => {
      const { headers, body } = request;
      const query = request.query as Record<string, unknown>;
      const answer = await receive({
        token: text(headers.token) ?? text(query.token),
        timestamp: text(headers.timestamp),
        sign: text(headers.sign),
        body,
      });
      if (answer === "stored") return reply.send({ msgtype: "empty" });
      const refusal = REFUSALS[answer];
      return reply.code(refusal.status).type("application/problem+json").send(refusal);
    },
  );
}

/** Of a field given several times nothing counts. */
const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

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
