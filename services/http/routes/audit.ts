import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { listAudit } from "../../../db/queries/audit-lists.ts";
import { mayReadAudit } from "../../domain/admin-rights.ts";
import { isoLocal } from "../../domain/time.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { badCursor, cursorOf, cutPage, pageOf, pageQuery, positionIn } from "../keyset.ts";
import { noRight, problems, sendProblem } from "../problem.ts";
import { timeBound } from "../query-values.ts";
import { ActorResource, Moment, SubjectResource } from "../resources/shared.ts";

const AuditEntryResource = z
  .object({
    at: Moment,
    actor: ActorResource,
    action: z.string(),
    subject: SubjectResource,
    outcome: z.enum(["done", "refused"]),
    reason: z.string().nullable().describe("why it was refused, or what else there is to say"),
  })
  .meta({ id: "AuditEntry" });

const ListQuery = z.object({
  ...pageQuery,
  no: z
    .string()
    .max(100)
    .optional()
    .describe("SJ…, HJ… or GJ…, or the id of another kind of subject"),
  actor: z.string().max(100).optional().describe("id of people.csv"),
  action: z.string().max(40).optional(),
  outcome: z.enum(["done", "refused"]).optional(),
  from: timeBound("since"),
  to: timeBound("until"),
});

export function auditRoutes(plain: FastifyInstance, { database }: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.get(
    "/api/audit",
    {
      schema: {
        tags: ["audit"],
        summary: "Who did, tried or looked at what; for administrators and supervisors",
        querystring: ListQuery,
        response: { 200: pageOf(AuditEntryResource), ...problems(400, 401, 403, 429, 503) },
      },
    },
    async (request, reply) => {
      if (!mayReadAudit(callerOf(request).actor)) {
        return sendProblem(
          request,
          reply,
          noRight("您没有查看审计记录的权限。请由系统管理员或督查人员查看。"),
        );
      }
      const { limit, cursor, ...filter } = request.query;
      const [beforeId = null] = cursor === undefined ? [] : (positionIn(cursor, 1) ?? [""]);
      if (beforeId !== null && !z.uuid().safeParse(beforeId).success) {
        return sendProblem(request, reply, badCursor);
      }
      const found = await listAudit(database, filter, beforeId, limit + 1);
      const page = cutPage(found, limit, (row) => cursorOf(row.id));
      return reply.send({
        items: page.rows.map((row) => ({
          at: isoLocal(row.at),
          actor: row.actor,
          action: row.action,
          subject: { type: row.subjectType, no: row.subjectNo },
          outcome: row.outcome,
          reason: row.reason,
        })),
        nextCursor: page.nextCursor,
      });
    },
  );
}
