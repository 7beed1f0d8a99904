import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { countCalls } from "../../../db/queries/stats/call-counts.ts";
import { countAllEvents, countCreated } from "../../../db/queries/stats/event-counts.ts";
import type { Period } from "../../../db/queries/stats/event-rows.ts";
import { NO_CALLS } from "../../domain/call-rates.ts";
import { type ClosedPeriod, lastYear, previousPeriod } from "../../domain/stats-period.ts";
import type { StatsScope } from "../../domain/stats-scope.ts";
import { isoLocal } from "../../domain/time.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { problems, sendProblem } from "../problem.ts";
import { Moment, momentOrNull } from "../resources/shared.ts";
import { BareRates, bareRates, RatesResource, ratesOf, ScopeResource } from "../resources/stats.ts";
import { statsQuery, statsScopeFor } from "../stats-scope.ts";

const Tally = z.record(z.string(), z.number().int());

const ComparedResource = z
  .object({ from: Moment, to: Moment, created: z.number().int(), rates: BareRates })
  .describe("the same figures of the period compared with");

const OverviewResource = z.object({
  scope: ScopeResource,
  rates: RatesResource,
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
  previous: ComparedResource.optional().describe("only where `compare` asked for it"),
  lastYear: ComparedResource.optional(),
});

export function statsRoutes(plain: FastifyInstance, { database, clock }: AppDeps): void {
  const { reading } = database;
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.get(
    "/api/stats/overview",
    {
      schema: {
        tags: ["stats"],
        summary: "Counts and rates of the events and calls of a period",
        querystring: z.object({
          ...statsQuery,
          compare: z
            .enum(["true", "false"])
            .default("false")
            .describe("with `from` and `to`: also of the period before and of the year before"),
        }),
        response: { 200: OverviewResource, ...problems(400, 401, 403, 422, 429, 503) },
      },
    },
    async (request, reply) => {
      const { from = null, to = null, org, compare } = request.query;
      const allowed = await statsScopeFor(reading, callerOf(request).actor, org);
      if ("problem" in allowed) return sendProblem(request, reply, allowed.problem);
      const { scope } = allowed;
      const period = { from, to };
      const now = clock.now();
      const counts = await countAllEvents(reading, scope, period, now);
      const tallies = await countCreated(reading, scope, period, [
        "level",
        "source",
        "platform",
        "status",
      ]);
      return reply.send({
        scope: { from: momentOrNull(from), to: momentOrNull(to), org: org ?? scope.street },
        rates: ratesOf(counts, await allCalls(scope, period, now)),
        counts: {
          created: counts.created,
          open: counts.open,
          completed: counts.done,
          closed: counts.closed,
          byLevel: Object.fromEntries(tallies.level),
          bySource: Object.fromEntries(tallies.source),
          byPlatform: Object.fromEntries(tallies.platform),
          byStatus: Object.fromEntries(tallies.status),
        },
        ...(compare === "true" && from !== null && to !== null
          ? {
              previous: await compared(scope, previousPeriod({ from, to }), now),
              lastYear: await compared(scope, lastYear({ from, to }), now),
            }
          : {}),
      });
    },
  );

  async function compared(scope: StatsScope, period: ClosedPeriod, now: Date) {
    const events = await countAllEvents(reading, scope, period, now);
    return {
      from: isoLocal(period.from),
      to: isoLocal(period.to),
      created: events.created,
      rates: bareRates(events, await allCalls(scope, period, now)),
    };
  }

  const allCalls = async (scope: StatsScope, period: Period, now: Date) =>
    (await countCalls(reading, scope, period, now)).get("") ?? NO_CALLS;
}
