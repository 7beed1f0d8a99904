import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { allCategories, allOrgs } from "../../../db/queries/directory.ts";
import { isOfficial } from "../../domain/actor.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { noRight, problems, sendProblem } from "../problem.ts";

/** The names behind the codes that events, calls and duties carry. */
export function directoryRoute(plain: FastifyInstance, { database }: AppDeps): void {
  plain.withTypeProvider<ZodTypeProvider>().get(
    "/api/directory",
    {
      schema: {
        tags: ["policy"],
        summary: "Names of organisations and categories",
        response: {
          200: z.object({
            orgs: z.array(
              z.object({
                code: z.string(),
                name: z.string(),
                type: z.string(),
                streetCode: z.string().nullable(),
              }),
            ),
            categories: z.array(z.object({ slug: z.string(), name: z.string() })),
          }),
          ...problems(401, 403, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { actor } = callerOf(request);
      if (actor.power === undefined && !isOfficial(actor))
        return sendProblem(request, reply, noRight("名录只对工作人员开放。"));
      const orgs = await allOrgs(database);
      const categories = await allCategories(database);
      return reply.send({
        orgs: orgs.map(({ code, name, type, streetCode }) => ({ code, name, type, streetCode })),
        categories: categories.map(({ slug, name }) => ({ slug, name })),
      });
    },
  );
}
