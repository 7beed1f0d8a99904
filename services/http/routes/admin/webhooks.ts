import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { latestDeliveries, listWebhooks } from "../../../../db/queries/webhooks.ts";
import { isoLocal } from "../../../domain/time.ts";
import { isWebhookUrl, WEBHOOK_STATES, WEBHOOK_SUBJECTS } from "../../../domain/webhook.ts";
import { inTransaction } from "../../../in-transaction.ts";
import { addWebhook, removeWebhook, replayWebhook } from "../../../workflows/manage-webhooks.ts";
import type { AppDeps } from "../../app.ts";
import { callerOf } from "../../auth.ts";
import { notFound, type ProblemSaid, problems, sendProblem } from "../../problem.ts";
import { timeBound } from "../../query-values.ts";
import { Moment, momentOrNull } from "../../resources/shared.ts";

const Id = z.object({ id: z.uuid() });
const MOST_SHOWN = 100;

const privateAddress = (message: string): ProblemSaid => ({
  status: 422,
  code: "privateAddress",
  title: "The address leads into a private network",
  detail:
    "地址指向内部网络,没有登记。确需推送到内网系统的,请运维人员把主机名或网段写入 WEBHOOK_PRIVATE_HOSTS 后重试。",
  errors: [{ field: "body.url", message }],
});

/** Other systems that are told of every change: a city brain, a cockpit of the city's. */
export function webhookRoutes(
  plain: FastifyInstance,
  { database, clock, webhookGuard }: AppDeps,
): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.post(
    "/api/webhooks",
    {
      schema: {
        tags: ["administration"],
        summary: "Another system is told of changes from now on; the secret is shown once",
        body: z.object({
          url: z.string().max(500).refine(isWebhookUrl, {
            error: "url must be an http or https address without a name in it.",
          }),
          subjects: z
            .array(z.enum(WEBHOOK_SUBJECTS))
            .min(1)
            .default([...WEBHOOK_SUBJECTS]),
        }),
        response: {
          201: z.object({
            id: z.string(),
            secret: z.string().describe("verifies `webhook-signature` (Standard Webhooks)"),
          }),
          ...problems(400, 401, 403, 422, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { actor } = callerOf(request);
      const problem = await webhookGuard.problemOf(request.body.url);
      if (problem !== null) return sendProblem(request, reply, privateAddress(problem));
      const made = await inTransaction(database, (tx) =>
        addWebhook(tx, clock, request.body, actor),
      );
      return reply.code(201).send(made);
    },
  );

  app.get(
    "/api/webhooks",
    {
      schema: {
        tags: ["administration"],
        summary: "Systems that are told of changes, and what waits for them",
        response: {
          200: z.object({
            items: z.array(
              z.object({
                id: z.string(),
                url: z.string(),
                subjects: z.array(z.enum(WEBHOOK_SUBJECTS)),
                createdAt: Moment,
                waiting: z.number().int(),
                failed: z.number().int(),
                lastSentAt: Moment.nullable(),
              }),
            ),
          }),
          ...problems(401, 403, 429, 503),
        },
      },
    },
    async (_request, reply) =>
      reply.send({
        items: (await listWebhooks(database)).map((one) => ({
          ...one,
          createdAt: isoLocal(one.createdAt),
          lastSentAt: momentOrNull(one.lastSentAt),
        })),
      }),
  );

  app.delete(
    "/api/webhooks/:id",
    {
      schema: {
        tags: ["administration"],
        summary: "The system is told nothing more; what waits for it is let go",
        params: Id,
        response: { 204: z.null(), ...problems(400, 401, 403, 404, 429, 503) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { actor } = callerOf(request);
      const ended = await inTransaction(database, (tx) => removeWebhook(tx, clock, id, actor));
      if (!ended) return sendProblem(request, reply, notFound("这个接收系统"));
      return reply.code(204).send(null);
    },
  );

  app.get(
    "/api/webhooks/:id/deliveries",
    {
      schema: {
        tags: ["administration"],
        summary: `The newest ${MOST_SHOWN} changes for a system, and what became of each`,
        params: Id,
        response: {
          200: z.object({
            items: z.array(
              z.object({
                id: z.string(),
                no: z.string(),
                action: z.string(),
                status: z.string(),
                at: Moment,
                state: z.enum(WEBHOOK_STATES),
                attempts: z.number().int(),
                problem: z.string().nullable(),
                sentAt: Moment.nullable(),
              }),
            ),
          }),
          ...problems(400, 401, 403, 429, 503),
        },
      },
    },
    async (request, reply) =>
      reply.send({
        items: (await latestDeliveries(database, request.params.id, MOST_SHOWN)).map((one) => ({
          id: one.id,
          no: one.subjectNo,
          action: one.action,
          status: one.status,
          at: isoLocal(one.at),
          state: one.state,
          attempts: one.attempts,
          problem: one.problem,
          sentAt: momentOrNull(one.sentAt),
        })),
      }),
  );

  app.post(
    "/api/webhooks/:id/replay",
    {
      schema: {
        tags: ["administration"],
        summary: "Tells a system everything since a moment once more, in order, under the old ids",
        params: Id,
        body: z.object({ since: timeBound("since").unwrap() }),
        response: {
          202: z.object({ replayed: z.number().int() }),
          ...problems(400, 401, 403, 404, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { actor } = callerOf(request);
      const replayed = await inTransaction(database, (tx) =>
        replayWebhook(tx, clock, id, request.body.since, actor),
      );
      if (replayed === null) return sendProblem(request, reply, notFound("这个接收系统"));
      return reply.code(202).send({ replayed });
    },
  );
}
