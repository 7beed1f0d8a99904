import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { findPersonById } from "../../../db/queries/directory.ts";
import { isoLocal } from "../../domain/time.ts";
import { inTransaction } from "../../in-transaction.ts";
import { makeAccountCode } from "../../workflows/bind-account.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { invalidValue, noRight, problems, sendProblem } from "../problem.ts";
import { Moment } from "../resources/shared.ts";

/** For people whom no channel knows yet: whoever is known somewhere says 「绑定码」 there. */
export function accountCodeRoutes(plain: FastifyInstance, { database, clock }: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.post(
    "/api/account-codes",
    {
      schema: {
        tags: ["tokens"],
        summary:
          "Makes a one-time code that binds an account of 企业微信 or WeChat to a person. The administrator's token only",
        body: z.object({ personId: z.string().min(1).max(100) }),
        response: {
          201: z.object({
            code: z.string().describe("shown once; the account says 「绑定 …」 in private"),
            expiresAt: Moment,
          }),
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
          noRight("只有管理令牌可以为他人发放绑定码。本人请在已绑定的聊天中说「绑定码」。"),
        );
      }
      const { personId } = request.body;
      const made = await inTransaction(database, async (tx) => {
        const person = await findPersonById(tx, personId);
        return person === null ? null : makeAccountCode(tx, clock, person, actor);
      });
      if (made === null) {
        return sendProblem(
          request,
          reply,
          invalidValue("body.personId", `people.csv 中没有「${personId}」。请核对。`),
        );
      }
      return reply.code(201).send({ code: made.code, expiresAt: isoLocal(made.expiresAt) });
    },
  );
}
