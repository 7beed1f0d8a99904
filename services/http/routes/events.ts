import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { writeAudit } from "../../../db/queries/audit.ts";
import {
  type EventPosition,
  eventsWithLateDuties,
  listEvents,
  stepsOfEvents,
} from "../../../db/queries/event-lists.ts";
import { type EventRecord, findEvent, findEvents } from "../../../db/queries/events.ts";
import { ordersOfEvents } from "../../../db/queries/hotline.ts";
import type { Actor } from "../../domain/actor.ts";
import { EVENT_SOURCES, EVENT_STATUSES } from "../../domain/event.ts";
import { mayKnowReporters } from "../../domain/event-privacy.ts";
import { eventScope } from "../../domain/event-scope.ts";
import { EVENT_LEVELS } from "../../domain/level.ts";
import { PLATFORMS } from "../../domain/platform.ts";
import { isSamePerson, maySeeEvent } from "../../domain/rights.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { badCursor, cursorOf, cutPage, pageOf, pageQuery, positionIn } from "../keyset.ts";
import { notFound, problems, sendProblem } from "../problem.ts";
import { someOf, timeBound } from "../query-values.ts";
import { EventResource, eventResource } from "../resources/event.ts";

const ListQuery = z.object({
  ...pageQuery,
  no: someOf(z.string().max(40)).describe("only these, separated by commas"),
  status: someOf(z.enum(EVENT_STATUSES)).describe("one, or several separated by commas"),
  category: someOf(z.string()),
  level: someOf(
    z
      .string()
      .transform(Number)
      .pipe(z.union(EVENT_LEVELS.map((level) => z.literal(level)))),
  ),
  platform: someOf(z.enum(PLATFORMS)),
  source: someOf(z.enum(EVENT_SOURCES)),
  street: z.string().max(100).optional(),
  grid: z.string().max(100).optional(),
  from: timeBound("since"),
  to: timeBound("until"),
  q: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .optional()
    .describe("in number, hotline's number, summary or place"),
  mine: z
    .enum(["true", "false"])
    .optional()
    .describe("only what you reported, your organisation holds, or either of you owes"),
  steps: z
    .enum(["true", "false"])
    .default("true")
    .describe("false: `steps` is left empty, which makes long lists light"),
});

export function eventRoutes(plain: FastifyInstance, deps: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { database, clock } = deps;

  app.get(
    "/api/events",
    {
      schema: {
        tags: ["events"],
        summary: "Events you may see, newest first; reporters and their words are left out",
        querystring: ListQuery,
        response: { 200: pageOf(EventResource), ...problems(400, 401, 429, 503) },
      },
    },
    async (request, reply) => {
      const { limit, cursor, mine, steps, ...filter } = request.query;
      const { actor } = callerOf(request);
      const after = cursor === undefined ? null : eventPosition(cursor);
      if (after === undefined) return sendProblem(request, reply, badCursor);
      const found = await listEvents(
        database,
        eventScope(actor),
        { ...filter, mine: mine === "true" ? actor : undefined },
        after,
        limit + 1,
      );
      const page = cutPage(found, limit, (row) => cursorOf(row.createdAt.toISOString(), row.no));
      const events = await findEvents(
        database,
        page.rows.map((row) => row.no),
      );
      return reply.send({
        items: await eachWithoutReporters(deps, events, actor, steps === "true"),
        nextCursor: page.nextCursor,
      });
    },
  );

  app.get(
    "/api/events/:no",
    {
      schema: {
        tags: ["events"],
        summary: "An event; reading who reported it is audited",
        params: z.object({ no: z.string().max(40) }),
        response: { 200: EventResource, ...problems(401, 404, 429, 503) },
      },
    },
    async (request, reply) => {
      const { no } = request.params;
      const { actor } = callerOf(request);
      const event = await findEvent(database, no);
      // What somebody may not see is as unknown to them as what does not exist.
      if (event === null || !maySeeEvent(actor, event.state)) {
        return sendProblem(request, reply, notFound(`事件 ${no}`));
      }
      if (!mayKnowReporters(actor, event.state)) {
        return reply.send(await withoutReporters(deps, event, actor));
      }
      if (!event.reporters.every((reporter) => isSamePerson(actor, reporter))) {
        await writeAudit(database, {
          at: clock.now(),
          actor,
          action: "readPersonalData",
          subject: { type: "event", no },
          outcome: "done",
        });
      }
      const steps = await stepsOfEvents(database, [no]);
      const late = await eventsWithLateDuties(database, [no], clock.now());
      return reply.send(
        eventResource(
          event,
          steps.get(no) ?? [],
          actor,
          "shown",
          clock.now(),
          late.has(no),
          await ordersOfEvents(database, [no]),
        ),
      );
    },
  );
}

/** An event for answers that need no audit: who reported it stays hidden. */
export async function withoutReporters(
  deps: Pick<AppDeps, "database" | "clock">,
  event: EventRecord,
  reader: Actor,
): Promise<EventResource> {
  const [resource] = await eachWithoutReporters(deps, [event], reader);
  if (resource === undefined) throw new Error("One event went in and none came out.");
  return resource;
}

async function eachWithoutReporters(
  { database, clock }: Pick<AppDeps, "database" | "clock">,
  events: readonly EventRecord[],
  reader: Actor,
  withSteps = true,
): Promise<EventResource[]> {
  const now = clock.now();
  const nos = events.map((event) => event.row.no);
  const steps = await stepsOfEvents(database, withSteps ? nos : []);
  const late = await eventsWithLateDuties(database, nos, now);
  const orders = await ordersOfEvents(database, nos);
  return events.map((event) => {
    const { no } = event.row;
    return eventResource(event, steps.get(no) ?? [], reader, "hidden", now, late.has(no), orders);
  });
}

/** undefined where the cursor is none of ours. */
function eventPosition(cursor: string): EventPosition | undefined {
  const [moment, no] = positionIn(cursor, 2) ?? [];
  const createdAt = new Date(moment ?? "");
  if (no === undefined || Number.isNaN(createdAt.getTime())) return undefined;
  return { createdAt, no };
}
