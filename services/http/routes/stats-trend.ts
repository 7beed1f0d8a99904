import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { countCalls } from "../../../db/queries/stats/call-counts.ts";
import { countCreated, countEvents } from "../../../db/queries/stats/event-counts.ts";
import { NO_CALLS } from "../../domain/call-rates.ts";
import { addUp, NO_EVENTS } from "../../domain/rates.ts";
import {
  beginningOf,
  nextBeginning,
  TREND_UNITS,
  type TrendUnit,
  trendUnit,
} from "../../domain/stats-period.ts";
import { addDays, type Day, localDay } from "../../domain/time.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { invalidValue, problems, sendProblem } from "../problem.ts";
import { momentOrNull } from "../resources/shared.ts";
import {
  BareRates,
  bareRates,
  DEFINITIONS,
  Definitions,
  ScopeResource,
} from "../resources/stats.ts";
import { statsQuery, statsScopeFor } from "../stats-scope.ts";

const TrendResource = z.object({
  unit: z.enum(TREND_UNITS),
  scope: ScopeResource,
  definitions: Definitions,
  items: z.array(
    z.object({
      from: z.iso.date().describe("first day, within the period asked for"),
      to: z.iso.date().describe("last day"),
      created: z.number().int(),
      completed: z.number().int(),
      rates: BareRates,
    }),
  ),
});

const HeatResource = z.object({
  scope: ScopeResource,
  items: z
    .array(
      z.object({
        weekday: z.number().int().describe("1 Monday … 7 Sunday"),
        hour: z.number().int().describe("0 … 23"),
        created: z.number().int(),
      }),
    )
    .length(168),
});

/** How figures went over time, and at which hours of the week people report. */
export function statsTrendRoutes(plain: FastifyInstance, { database, clock }: AppDeps): void {
  const { reading } = database;
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.get(
    "/api/stats/trend",
    {
      schema: {
        tags: ["stats"],
        summary: "Rates by day, week or month of creation, without gaps",
        querystring: z.object({
          ...statsQuery,
          unit: z.enum(TREND_UNITS).optional().describe("absent: whichever suits the length"),
        }),
        response: { 200: TrendResource, ...problems(400, 401, 403, 422, 429, 503) },
      },
    },
    async (request, reply) => {
      const { from = null, to = null, org, unit: asked } = request.query;
      const allowed = await statsScopeFor(reading, callerOf(request).actor, org);
      if ("problem" in allowed) return sendProblem(request, reply, allowed.problem);
      const { scope } = allowed;
      const now = clock.now();
      const { day: events } = await countEvents(reading, scope, { from, to }, now, ["day"]);
      const calls = await countCalls(reading, scope, { from, to }, now, "day");
      const days = [...events.keys(), ...calls.keys()].sort();
      const today = localDay(now);
      const first = from === null ? (days.at(0) ?? today) : localDay(from);
      const last = to === null ? (days.at(-1) ?? today) : localDay(new Date(to.getTime() - 1));
      const unit = asked ?? trendUnit(first, last);
      const parts = stretches(first, last, unit);
      if (parts === null) {
        const detail = `这段时间太长,一次最多看 ${MOST_PARTS} 段。请缩短时间,或把 unit 改为 week 或 month。`;
        return sendProblem(request, reply, invalidValue("querystring.unit", detail));
      }
      return reply.send({
        unit,
        scope: { from: momentOrNull(from), to: momentOrNull(to), org: org ?? scope.street },
        definitions: DEFINITIONS,
        items: parts.map((stretch) => {
          const within = ([day]: [Day, unknown]) => day >= stretch.from && day <= stretch.to;
          const counts = addUp(
            NO_EVENTS,
            [...events].filter(within).map(([, count]) => count),
          );
          const called = addUp(
            NO_CALLS,
            [...calls].filter(within).map(([, count]) => count),
          );
          return {
            ...stretch,
            created: counts.created,
            completed: counts.done,
            rates: bareRates(counts, called),
          };
        }),
      });
    },
  );

  app.get(
    "/api/stats/heat",
    {
      schema: {
        tags: ["stats"],
        summary: "How many events came in at each hour of the week",
        querystring: z.object(statsQuery),
        response: { 200: HeatResource, ...problems(400, 401, 403, 422, 429, 503) },
      },
    },
    async (request, reply) => {
      const { from = null, to = null, org } = request.query;
      const allowed = await statsScopeFor(reading, callerOf(request).actor, org);
      if ("problem" in allowed) return sendProblem(request, reply, allowed.problem);
      const { scope } = allowed;
      const { hour } = await countCreated(reading, scope, { from, to }, ["hour"]);
      return reply.send({
        scope: { from: momentOrNull(from), to: momentOrNull(to), org: org ?? scope.street },
        items: Array.from({ length: 168 }, (_, at) => ({
          weekday: Math.floor(at / 24) + 1,
          hour: at % 24,
          created: hour.get(String(at)) ?? 0,
        })),
      });
    },
  );
}

/** More than anybody can look at in one picture. */
const MOST_PARTS = 1500;

/** The days, weeks or months from one day to another, the first and last cut to them; null: too many. */
function stretches(first: Day, last: Day, unit: TrendUnit): { from: Day; to: Day }[] | null {
  const found: { from: Day; to: Day }[] = [];
  let beginning = beginningOf(first, unit);
  while (beginning <= last) {
    if (found.length === MOST_PARTS) return null;
    const next = nextBeginning(beginning, unit);
    const end = addDays(next, -1);
    found.push({ from: beginning < first ? first : beginning, to: end > last ? last : end });
    beginning = next;
  }
  return found;
}
