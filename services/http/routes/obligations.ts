import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { listObligations, type ObligationPosition } from "../../../db/queries/obligation-lists.ts";
import { nextWorkday } from "../../domain/calendar.ts";
import { DUTIES } from "../../domain/obligation.ts";
import { obligationScope } from "../../domain/obligation-scope.ts";
import { addDays, localDay, momentOf } from "../../domain/time.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { badCursor, cursorOf, cutPage, pageOf, pageQuery, positionIn } from "../keyset.ts";
import { problems, sendProblem } from "../problem.ts";
import { someOf } from "../query-values.ts";
import { ObligationResource, obligationResource } from "../resources/obligation.ts";

const ListQuery = z.object({
  ...pageQuery,
  state: z
    .enum(["open", "due", "overdue", "fulfilled"])
    .default("open")
    .describe(
      "open: everything not fulfilled yet, whatever its time; due: within the next working day; overdue: beyond its time",
    ),
  duty: someOf(z.enum(DUTIES)),
  owner: z.string().max(100).optional().describe("code of an organisation, or id of a person"),
  no: z.string().max(40).optional().describe("of the event or the call ticket"),
});

export function obligationRoutes(
  plain: FastifyInstance,
  { database, clock, office }: AppDeps,
): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.get(
    "/api/obligations",
    {
      schema: {
        tags: ["obligations"],
        summary: "What somebody owes by a time, the oldest due first",
        querystring: ListQuery,
        response: { 200: pageOf(ObligationResource), ...problems(400, 401, 429, 503) },
      },
    },
    async (request, reply) => {
      const { limit, cursor, ...filter } = request.query;
      const after = cursor === undefined ? null : obligationPosition(cursor);
      if (after === undefined) return sendProblem(request, reply, badCursor);
      const now = clock.now();
      const nextDay = nextWorkday(office.calendar, localDay(now));
      const soon = { now, dueUntil: momentOf(addDays(nextDay, 1), 0) };
      const found = await listObligations(
        database,
        obligationScope(callerOf(request).actor),
        filter,
        soon,
        after,
        limit + 1,
      );
      const page = cutPage(found, limit, (row) => cursorOf(row.dueAt.toISOString(), row.id));
      return reply.send({
        items: page.rows.map((row) => obligationResource(row, soon)),
        nextCursor: page.nextCursor,
      });
    },
  );
}

/** undefined where the cursor is none of ours. */
function obligationPosition(cursor: string): ObligationPosition | undefined {
  const [moment, id] = positionIn(cursor, 2) ?? [];
  const dueAt = new Date(moment ?? "");
  if (!z.uuid().safeParse(id).success || id === undefined || Number.isNaN(dueAt.getTime())) {
    return undefined;
  }
  return { dueAt, id };
}
