import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { policyVersionsOf } from "../../../db/queries/rules.ts";
import { isOfficial } from "../../domain/actor.ts";
import { LIMIT_NAMES, type LimitName, type LimitTable, limitsOf } from "../../domain/limits.ts";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import { isoLocal } from "../../domain/time.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { noRight, problems, sendProblem } from "../problem.ts";
import { Moment } from "../resources/shared.ts";

const LimitResource = z.union([
  z.object({ naturalMinutes: z.number() }),
  z.object({ workMinutes: z.number() }),
  z.object({ workdays: z.number() }),
]);
const LimitsResource = z.object(
  Object.fromEntries(LIMIT_NAMES.map((name) => [name, LimitResource])) as Record<
    LimitName,
    typeof LimitResource
  >,
);

/** What the district works by now, and what it worked by before: each duty names the version it keeps. */
export function policyRoutes(plain: FastifyInstance, { database, office }: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  app.get(
    "/api/policy",
    {
      schema: {
        tags: ["policy"],
        summary: "The limits in force, and every earlier version",
        response: {
          200: z.object({
            version: z.string(),
            limits: LimitsResource,
            versions: z.array(
              z.object({ version: z.string(), since: Moment, limits: LimitsResource }),
            ),
          }),
          ...problems(401, 403, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { actor } = callerOf(request);
      if (actor.power === undefined && !isOfficial(actor))
        return sendProblem(request, reply, noRight("时限只对工作人员开放。"));
      const table = (limits: LimitTable) => ({ ...limits });
      const versions = await policyVersionsOf(database);
      return reply.send({
        version: office.policy.version,
        limits: table(limitsOf(office.policy)),
        versions: versions.map(({ version, since, limits }) => ({
          version,
          since: isoLocal(since),
          // A limit that came later is there as it comes along.
          limits: table({ ...limitsOf(DEFAULT_POLICY), ...limits }),
        })),
      });
    },
  );
}
