import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { ownLimits } from "../../../../db/queries/rules.ts";
import { LIMIT_NAMES, LIMIT_UNITS, type LimitName, limitsOf } from "../../../domain/limits.ts";
import { removeRegistryRow, setRegistryRow } from "../../../workflows/change-registry.ts";
import type { AppDeps } from "../../app.ts";
import { callerOf } from "../../auth.ts";
import { problems, sendProblem } from "../../problem.ts";
import { rowProblem } from "./import-answer.ts";

/** The district's own limits, by the road limits.csv takes; `GET /api/policy` shows what counts. */
export function limitRoutes(plain: FastifyInstance, deps: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { database, office } = deps;

  app.get(
    "/api/limits",
    {
      schema: {
        tags: ["administration"],
        summary: "Which limits the district set for itself",
        response: {
          200: z.object({ own: z.array(z.string()) }),
          ...problems(401, 403, 429, 503),
        },
      },
    },
    async (_request, reply) => reply.send({ own: [...(await ownLimits(database)).keys()] }),
  );

  app.put(
    "/api/limits/:name",
    {
      schema: {
        tags: ["administration"],
        summary: "Sets a limit; what is open keeps the one it was opened under",
        params: z.object({ name: z.enum(LIMIT_NAMES as [LimitName, ...LimitName[]]) }),
        body: z.object({
          limit: z
            .object({
              amount: z.number().int().min(1).max(1_000_000),
              unit: z.enum(LIMIT_UNITS),
            })
            .nullable()
            .describe("null: the usual one"),
          reason: z.string().trim().min(1).max(300),
        }),
        response: {
          200: z.object({ version: z.string() }),
          ...problems(400, 401, 403, 422, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      const { limit, reason } = request.body;
      const { actor } = callerOf(request);
      const [[unit, amount] = ["", 0]] = Object.entries(limitsOf(office.policy)[name]);
      const wanted = limit === null ? "default" : `${limit.amount} ${limit.unit}`;
      const noted = {
        action: "setLimit",
        subject: { type: "limit", no: name },
        reason: `${amount} ${unit} → ${wanted}: ${reason}`,
      };
      const outcome =
        limit === null
          ? await removeRegistryRow(database, office, "limits.csv", [name], actor, noted)
          : await setRegistryRow(
              database,
              office,
              "limits.csv",
              [name, String(limit.amount), limit.unit],
              actor,
              noted,
            );
      if (!outcome.ok) return sendProblem(request, reply, rowProblem(outcome, "时限"));
      await deps.rulesChanged?.();
      return reply.send({ version: office.policy.version });
    },
  );
}
