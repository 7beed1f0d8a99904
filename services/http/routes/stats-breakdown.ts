import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Db } from "../../../db/client.ts";
import { allCategories, allGrids, allOrgs } from "../../../db/queries/directory.ts";
import { countCalls } from "../../../db/queries/stats/call-counts.ts";
import { countEvents } from "../../../db/queries/stats/event-counts.ts";
import { NO_CALLS } from "../../domain/call-rates.ts";
import { NO_EVENTS } from "../../domain/rates.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { problems, sendProblem } from "../problem.ts";
import { momentOrNull } from "../resources/shared.ts";
import {
  BareRates,
  bareRates,
  DEFINITIONS,
  Definitions,
  ScopeResource,
} from "../resources/stats.ts";
import { statsQuery, statsScopeFor } from "../stats-scope.ts";

export const BREAKDOWNS = ["street", "grid", "department", "category"] as const;
type Breakdown = (typeof BREAKDOWNS)[number];

const BreakdownResource = z.object({
  by: z.enum(BREAKDOWNS),
  scope: ScopeResource,
  definitions: Definitions,
  items: z.array(
    z.object({
      key: z.string().describe("a code or slug; empty: in no known street or grid"),
      name: z.string(),
      created: z.number().int(),
      open: z.number().int(),
      rates: BareRates,
    }),
  ),
});

/** The same figures, told apart. What several departments held counts for each of them. */
export function statsBreakdownRoute(plain: FastifyInstance, { database, clock }: AppDeps): void {
  const { reading } = database;
  plain.withTypeProvider<ZodTypeProvider>().get(
    "/api/stats/breakdown",
    {
      schema: {
        tags: ["stats"],
        summary: "Rates by street, grid, department or category, whoever has the most events first",
        description:
          "An event that several departments held counts for each, so departments do not add up to the whole. Calls belong to no category: their rates are empty there.",
        querystring: z.object({ ...statsQuery, by: z.enum(BREAKDOWNS) }),
        response: { 200: BreakdownResource, ...problems(400, 401, 403, 422, 429, 503) },
      },
    },
    async (request, reply) => {
      const { from = null, to = null, org, by } = request.query;
      const allowed = await statsScopeFor(reading, callerOf(request).actor, org);
      if ("problem" in allowed) return sendProblem(request, reply, allowed.problem);
      const { scope } = allowed;
      const now = clock.now();
      const { [by]: events } = await countEvents(reading, scope, { from, to }, now, [by]);
      const calls =
        by === "category"
          ? new Map<string, typeof NO_CALLS>()
          : await countCalls(reading, scope, { from, to }, now, by);
      const names = await namesOf(reading, by);
      const items = [...new Set([...events.keys(), ...calls.keys()])].map((key) => {
        const counts = events.get(key) ?? NO_EVENTS;
        return {
          key,
          name: names.get(key) ?? (key === "" ? "未落到辖区" : key),
          created: counts.created,
          open: counts.open,
          rates: bareRates(counts, calls.get(key) ?? NO_CALLS),
        };
      });
      items.sort((a, b) => b.created - a.created || (a.key < b.key ? -1 : 1));
      return reply.send({
        by,
        scope: { from: momentOrNull(from), to: momentOrNull(to), org: org ?? scope.street },
        definitions: DEFINITIONS,
        items,
      });
    },
  );
}

async function namesOf(db: Db, by: Breakdown): Promise<Map<string, string>> {
  if (by === "category")
    return new Map((await allCategories(db)).map(({ slug, name }) => [slug, name]));
  const named = by === "grid" ? await allGrids(db) : await allOrgs(db);
  return new Map(named.map(({ code, name }) => [code, name]));
}
