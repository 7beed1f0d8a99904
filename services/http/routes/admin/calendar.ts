import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { calendarExceptions } from "../../../../db/queries/directory.ts";
import { lastCoveredYear } from "../../../calendar-coverage.ts";
import { calendarYear } from "../../../calendar-year.ts";
import { DAY_KINDS } from "../../../domain/calendar.ts";
import { localDay } from "../../../domain/time.ts";
import { removeRegistryRow, setRegistryRow } from "../../../workflows/change-registry.ts";
import type { AppDeps } from "../../app.ts";
import { callerOf } from "../../auth.ts";
import { problems, sendProblem } from "../../problem.ts";
import { rowProblem } from "./import-answer.ts";

const YearResource = z.object({
  year: z.number().int(),
  coveredUntil: z.string().describe("the last day whose holidays are known or looked after"),
  days: z.array(
    z.object({
      date: z.string(),
      kind: z.enum(DAY_KINDS),
      source: z.enum(["week", "statutory", "district"]),
      name: z.string().nullable(),
    }),
  ),
});

/** The district's calendar, a year at a time, and its own days, by the road calendar.csv takes. */
export function calendarRoutes(plain: FastifyInstance, deps: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { database, office, clock } = deps;

  app.get(
    "/api/calendar/:year",
    {
      schema: {
        tags: ["administration"],
        summary: "Every day of a year: worked or not, and who says so",
        params: z.object({ year: z.coerce.number().int().min(2010).max(2100) }),
        response: { 200: YearResource, ...problems(400, 401, 403, 429, 503) },
      },
    },
    async (request, reply) => {
      const { year } = request.params;
      const own = await calendarExceptions(database);
      const present = Number(localDay(clock.now()).slice(0, 4));
      const covered = lastCoveredYear(
        present,
        own.map(({ date }) => date),
      );
      return reply.send({
        year,
        coveredUntil: `${covered}-12-31`,
        days: calendarYear(year, new Map(own.map(({ date, kind }) => [date, kind]))),
      });
    },
  );

  app.put(
    "/api/calendar/days/:date",
    {
      schema: {
        tags: ["administration"],
        summary: "Sets a day; open deadlines are counted anew at once",
        params: z.object({ date: z.iso.date() }),
        body: z.object({
          kind: z.enum(DAY_KINDS).nullable().describe("null: as the statutory calendar has it"),
          reason: z.string().trim().min(1).max(300),
        }),
        response: {
          200: z.object({
            moved: z
              .number()
              .int()
              .nullable()
              .describe("deadlines that moved; null where another instance counts them"),
          }),
          ...problems(400, 401, 403, 422, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { date } = request.params;
      const { kind, reason } = request.body;
      const { actor } = callerOf(request);
      const noted = {
        action: "setCalendarDay",
        subject: { type: "calendarDay", no: date },
        reason: `${kind ?? "statutory"}: ${reason}`,
      };
      const outcome =
        kind === null
          ? await removeRegistryRow(database, office, "calendar.csv", [date], actor, noted)
          : await setRegistryRow(database, office, "calendar.csv", [date, kind], actor, noted);
      if (!outcome.ok) return sendProblem(request, reply, rowProblem(outcome, "日历"));
      return reply.send({ moved: (await deps.rulesChanged?.()) ?? null });
    },
  );
}
