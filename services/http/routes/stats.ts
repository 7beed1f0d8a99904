import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Db } from "../../../db/client.ts";
import { countCalls } from "../../../db/queries/call-stats.ts";
import { findGrid, findOrg } from "../../../db/queries/directory.ts";
import { breakDownEvents, countEvents, type StatsScope } from "../../../db/queries/stats.ts";
import { isOfficial } from "../../domain/actor.ts";
import { CALL_RATES, type CallRateName, callRates } from "../../domain/call-rates.ts";
import { overviewRates, RATES, type RateName } from "../../domain/rates.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { noRight, problems, sendProblem, unknownOrg } from "../problem.ts";
import { timeBound } from "../query-values.ts";
import { Moment, momentOrNull } from "../resources/shared.ts";

const RateResource = z.object({
  name: z.string(),
  numerator: z.number().describe("a sum, where the rate is an average"),
  denominator: z.number().int(),
  value: z.number().nullable().describe("null where there is nothing to divide by"),
  definition: z.string(),
});
const Tally = z.record(z.string(), z.number().int());

const OverviewResource = z.object({
  scope: z.object({
    from: Moment.nullable(),
    to: Moment.nullable(),
    org: z.string().nullable().describe("null: the whole district"),
  }),
  rates: z.object(
    Object.fromEntries([...RATES, ...CALL_RATES].map((name) => [name, RateResource])) as Record<
      RateName | CallRateName,
      typeof RateResource
    >,
  ),
  counts: z.object({
    created: z.number().int(),
    open: z.number().int(),
    completed: z.number().int().describe("completed and not sent back since, closed ones included"),
    closed: z.number().int(),
    byLevel: Tally,
    bySource: Tally,
    byPlatform: Tally,
    byStatus: Tally,
  }),
});

export function statsRoutes(plain: FastifyInstance, { database, clock }: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.get(
    "/api/stats/overview",
    {
      schema: {
        tags: ["stats"],
        summary: "Counts and rates of the events and calls of a period",
        querystring: z.object({
          from: timeBound("since"),
          to: timeBound("until"),
          org: z
            .string()
            .max(100)
            .optional()
            .describe(
              "a street, community or grid: its events and calls; a department or station: those it took part in",
            ),
        }),
        response: { 200: OverviewResource, ...problems(400, 401, 403, 422, 429, 503) },
      },
    },
    async (request, reply) => {
      const { actor } = callerOf(request);
      if (actor.power === undefined && !isOfficial(actor)) {
        return sendProblem(request, reply, noRight("统计只对工作人员开放。"));
      }
      const { from = null, to = null, org } = request.query;
      const scope =
        org === undefined ? { kind: "district" as const } : await scopeOf(database, org);
      if (scope === null) {
        return sendProblem(request, reply, unknownOrg("querystring.org", org ?? ""));
      }
      const now = clock.now();
      const counts = await countEvents(database, scope, { from, to }, now);
      const calls = await countCalls(database, scope, { from, to }, now);
      return reply.send({
        scope: { from: momentOrNull(from), to: momentOrNull(to), org: org ?? null },
        rates: { ...overviewRates(counts), ...callRates(calls) },
        counts: {
          created: counts.created,
          open: counts.open,
          completed: counts.done,
          closed: counts.closed,
          ...(await breakDownEvents(database, scope, { from, to })),
        },
      });
    },
  );
}

/** What a code of an organisation or a grid narrows the figures to; null where nobody has it. */
async function scopeOf(db: Db, code: string): Promise<StatsScope | null> {
  const org = await findOrg(db, code);
  switch (org?.type) {
    case "district":
      return { kind: "district" };
    case "street":
    case "community":
      return { kind: org.type, code };
    case "department":
    case "station":
      return { kind: "handler", code };
    default:
      return (await findGrid(db, code)) === null ? null : { kind: "grid", code };
  }
}
