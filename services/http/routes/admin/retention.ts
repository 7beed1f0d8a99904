import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { keptPictures, retentionAhead } from "../../../../db/queries/retention.ts";
import { retentionRunsOf } from "../../../../db/queries/retention-runs.ts";
import { RETENTION_DAYS, RETENTION_RULES } from "../../../domain/retention.ts";
import { isoLocal } from "../../../domain/time.ts";
import type { AppDeps } from "../../app.ts";
import { badCursor, cursorOf, cutPage, pageOf, pageQuery, positionIn } from "../../keyset.ts";
import { problems, sendProblem } from "../../problem.ts";
import { Moment } from "../../resources/shared.ts";

/** What is emptied by itself: before it happens, and afterwards. */
export function retentionRoutes(plain: FastifyInstance, { database, clock }: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.get(
    "/api/retention",
    {
      schema: {
        tags: ["administration"],
        summary: "How much each rule would empty on which day, and what stays; writes nothing",
        querystring: z.object({ days: z.coerce.number().int().min(1).max(60).default(31) }),
        response: {
          200: z.object({
            rules: z.array(z.object({ rule: z.enum(RETENTION_RULES), days: z.number().int() })),
            ahead: z.array(
              z.object({
                rule: z.enum(RETENTION_RULES),
                day: z.string(),
                count: z.number().int(),
              }),
            ),
            pictures: z
              .object({ ofEvents: z.number().int(), alone: z.number().int() })
              .describe("no rule empties them: they stay with their events"),
          }),
          ...problems(400, 401, 403, 429, 503),
        },
      },
    },
    async (request, reply) =>
      reply.send({
        rules: RETENTION_RULES.map((rule) => ({ rule, days: RETENTION_DAYS[rule] })),
        ahead: await retentionAhead(database, clock.now(), request.query.days),
        pictures: await keptPictures(database),
      }),
  );

  app.get(
    "/api/retention/runs",
    {
      schema: {
        tags: ["administration"],
        summary: "What was emptied, by which rule and when, newest first",
        querystring: z.object(pageQuery),
        response: {
          200: pageOf(
            z.object({
              at: Moment,
              rule: z.enum(RETENTION_RULES),
              before: Moment.describe("what was older was emptied"),
              count: z.number().int(),
            }),
          ),
          ...problems(400, 401, 403, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { limit, cursor } = request.query;
      const [beforeId = null] = cursor === undefined ? [] : (positionIn(cursor, 1) ?? [""]);
      if (beforeId !== null && !z.uuid().safeParse(beforeId).success)
        return sendProblem(request, reply, badCursor);
      const found = await retentionRunsOf(database, beforeId, limit + 1);
      const page = cutPage(found, limit, ({ id }) => cursorOf(id));
      return reply.send({
        items: page.rows.map(({ at, rule, before, count }) => ({
          at: isoLocal(at),
          rule,
          before: isoLocal(before),
          count,
        })),
        nextCursor: page.nextCursor,
      });
    },
  );
}
