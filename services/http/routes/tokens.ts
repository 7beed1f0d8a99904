import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { isoLocal } from "../../domain/time.ts";
import { inTransaction } from "../../in-transaction.ts";
import { endTokens } from "../../workflows/end-tokens.ts";
import { issueToken, TOKEN_HOURS } from "../../workflows/issue-token.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { invalidValue, noRight, problems, sendProblem } from "../problem.ts";
import { Moment } from "../resources/shared.ts";

export function tokenRoutes(plain: FastifyInstance, { database, clock }: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.post(
    "/api/tokens",
    {
      schema: {
        tags: ["tokens"],
        summary: "Makes a token for a person; it lives 30 days. The administrator's token only",
        body: z.object({ personId: z.string().min(1).max(100) }),
        response: {
          201: z.object({ token: z.string().describe("shown once"), expiresAt: Moment }),
          ...problems(400, 401, 403, 422, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { actor } = callerOf(request);
      if (actor.power === undefined) {
        return sendProblem(
          request,
          reply,
          noRight("只有管理令牌可以为他人发放令牌。本人请在聊天中说「登录」。"),
        );
      }
      const { personId } = request.body;
      const issued = await inTransaction(database, (tx) =>
        issueToken(tx, clock, personId, TOKEN_HOURS.api, actor),
      );
      if (issued === null) {
        return sendProblem(
          request,
          reply,
          invalidValue("body.personId", `people.csv 中没有「${personId}」。请核对。`),
        );
      }
      return reply.code(201).send({ token: issued.token, expiresAt: isoLocal(issued.expiresAt) });
    },
  );

  app.delete(
    "/api/tokens",
    {
      schema: {
        tags: ["tokens"],
        summary:
          "Ends the token it is called with; the administrator's, and a page, end all of a person with their sign-ins",
        querystring: z.object({ personId: z.string().min(1).max(100).optional() }),
        response: {
          200: z.object({ revoked: z.number().int() }),
          ...problems(400, 401, 403, 422, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { actor, tokenHash } = callerOf(request);
      const { personId = actor.personId } = request.query;
      if (personId === null) {
        return sendProblem(
          request,
          reply,
          invalidValue("querystring.personId", "管理令牌由 ADMIN_TOKEN 设定。请给出 personId。"),
        );
      }
      if (actor.power === undefined && personId !== actor.personId) {
        return sendProblem(request, reply, noRight("您只能收回自己的令牌。请去掉 personId。"));
      }
      const revoked = await inTransaction(database, (tx) =>
        endTokens(tx, clock, personId, tokenHash, actor),
      );
      return reply.send({ revoked });
    },
  );
}
