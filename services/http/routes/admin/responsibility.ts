import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { allOrgs, allResponsibilityItems } from "../../../../db/queries/directory.ts";
import {
  itemsOfListVersion,
  listVersions,
} from "../../../../db/queries/responsibility-versions.ts";
import { listDifferences } from "../../../domain/list-differences.ts";
import { isoLocal } from "../../../domain/time.ts";
import { setRegistryRow } from "../../../workflows/change-registry.ts";
import type { AppDeps } from "../../app.ts";
import { callerOf } from "../../auth.ts";
import { notFound, problems, sendProblem } from "../../problem.ts";
import { Moment } from "../../resources/shared.ts";
import { rowProblem } from "./import-answer.ts";

const figure = z.number().int().min(1).max(1_000_000).nullable();
const ItemResource = z.object({
  no: z.string(),
  name: z.string(),
  categories: z.array(z.string()),
  leadDept: z.string(),
  supportDepts: z.array(z.string()),
  headcount: z.number().int().nullable(),
  respondMinutes: z.number().int().nullable(),
  arriveMinutes: z.number().int().nullable(),
  completeWorkdays: z.number().int().nullable(),
});

/** 属地管理清单: as it stands, as it stood, and what a version changed. */
export function responsibilityRoutes(plain: FastifyInstance, deps: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { database, office } = deps;

  app.get(
    "/api/responsibility",
    {
      schema: {
        tags: ["administration"],
        summary: "The list as it stands, and its versions, newest first",
        response: {
          200: z.object({
            items: z.array(ItemResource),
            versions: z.array(
              z.object({
                version: z.number().int(),
                at: Moment,
                by: z.string().nullable(),
                count: z.number().int(),
              }),
            ),
          }),
          ...problems(401, 403, 429, 503),
        },
      },
    },
    async (_request, reply) =>
      reply.send({
        items: await allResponsibilityItems(database),
        versions: (await listVersions(database)).map(({ version, at, by, count }) => ({
          version,
          at: isoLocal(at),
          by: by.name,
          count,
        })),
      }),
  );

  app.get(
    "/api/responsibility/differences",
    {
      schema: {
        tags: ["administration"],
        summary: "What differs between two versions",
        querystring: z.object({
          before: z.coerce.number().int().min(1),
          after: z.coerce.number().int().min(1),
        }),
        response: {
          200: z.object({
            items: z.array(
              z.object({
                no: z.string(),
                name: z.string(),
                kind: z.enum(["added", "changed", "removed"]),
                fields: z.array(
                  z.object({ field: z.string(), before: z.string(), after: z.string() }),
                ),
              }),
            ),
          }),
          ...problems(400, 401, 403, 404, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { before, after } = request.query;
      const [was, is] = [
        await itemsOfListVersion(database, before),
        await itemsOfListVersion(database, after),
      ];
      if (was === null || is === null)
        return sendProblem(request, reply, notFound("清单的这个版本"));
      const names = new Map((await allOrgs(database)).map(({ code, name }) => [code, name]));
      const named = (text: string) =>
        text
          .split(";")
          .map((code) => names.get(code) ?? code)
          .join("、");
      return reply.send({
        items: listDifferences(was, is).map(({ fields, ...item }) => ({
          ...item,
          fields: fields.map(({ field, before: one, after: other }) =>
            field === "leadDept" || field === "supportDepts"
              ? { field, before: named(one), after: named(other) }
              : { field, before: one, after: other },
          ),
        })),
      });
    },
  );

  app.put(
    "/api/responsibility/:no",
    {
      schema: {
        tags: ["administration"],
        summary:
          "Changes an item and makes a version; calls under way keep the item they came under",
        params: z.object({ no: z.string().max(200) }),
        body: z.object({
          name: z.string().trim().min(1).max(200),
          headcount: figure,
          respondMinutes: figure,
          arriveMinutes: figure,
          completeWorkdays: figure,
          reason: z.string().trim().min(1).max(300),
        }),
        response: {
          200: z.object({ version: z.number().int() }),
          ...problems(400, 401, 403, 404, 422, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { no } = request.params;
      const { reason, ...given } = request.body;
      const present = (await allResponsibilityItems(database)).find((item) => item.no === no);
      if (present === undefined) return sendProblem(request, reply, notFound(`清单第 ${no} 项`));
      const item = { ...present, ...given };
      const row = [
        no,
        item.name,
        item.categories.join(";"),
        item.leadDept,
        item.supportDepts.join(";"),
        ...[item.headcount, item.respondMinutes, item.arriveMinutes, item.completeWorkdays].map(
          (one) => (one === null ? "" : String(one)),
        ),
      ];
      const { actor } = callerOf(request);
      const outcome = await setRegistryRow(database, office, "responsibility.csv", row, actor, {
        action: "setResponsibilityItem",
        subject: { type: "responsibilityItem", no },
        reason,
      });
      if (!outcome.ok) return sendProblem(request, reply, rowProblem(outcome, "清单"));
      const [latest] = await listVersions(database);
      return reply.send({ version: latest?.version ?? 0 });
    },
  );
}
