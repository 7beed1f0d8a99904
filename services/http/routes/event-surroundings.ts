import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { picturesOfEvent } from "../../../db/queries/attachments.ts";
import { writeAudit } from "../../../db/queries/audit.ts";
import { allCategories, findOrg } from "../../../db/queries/directory.ts";
import { photosOfEvent } from "../../../db/queries/event-photos.ts";
import {
  type EventRecord,
  findEvent,
  findEvents,
  openEventNosOfGrid,
} from "../../../db/queries/events.ts";
import type { Actor } from "../../domain/actor.ts";
import { EVENT_STATUS_NAMES, EVENT_STATUSES } from "../../domain/event.ts";
import { mayKnowReporters } from "../../domain/event-privacy.ts";
import { nearbyEvents } from "../../domain/nearby.ts";
import { PHOTO_STAGES } from "../../domain/photo-stage.ts";
import { maySeeEvent } from "../../domain/rights.ts";
import { DAY_MS, isoLocal } from "../../domain/time.ts";
import { routeFor } from "../../workflows/event-surroundings.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { notFound, problems, sendProblem } from "../problem.ts";
import { Moment } from "../resources/shared.ts";

const MOST_CANDIDATES = 3;
const MOST_NEARBY = 6;
/** Older than this it is hardly the same trouble. */
const NEARBY_DAYS = 14;

const Surroundings = z.object({
  candidates: z
    .array(z.object({ category: z.string(), categoryName: z.string(), score: z.number() }))
    .describe("what the bot took it for, best first"),
  suggestion: z
    .object({
      orgCode: z.string(),
      orgName: z.string(),
      supportOrgCodes: z.array(z.string()),
      because: z.string(),
    })
    .nullable()
    .describe("who should handle it by the routing table"),
  nearby: z
    .array(
      z.object({
        no: z.string(),
        statusName: z.string(),
        status: z.enum(EVENT_STATUSES),
        category: z.string(),
        summary: z.string(),
        place: z.string().nullable(),
        createdAt: Moment,
        reporterCount: z.number().int(),
        distanceM: z.number().nullable(),
        likely: z.boolean().describe("most likely the same trouble"),
      }),
    )
    .describe("open events around it that you may see"),
  pictures: z
    .array(z.object({ id: z.string(), at: Moment }))
    .describe("for those who may know the reporters' words"),
  photos: z
    .array(
      z.object({
        id: z.string(),
        stage: z.enum(PHOTO_STAGES),
        at: Moment,
        by: z.string().nullable().describe("who took it"),
      }),
    )
    .describe("taken by workers, of what they found and left"),
});

/** What helps to decide about an event: guesses, the route, what lies around it, pictures. */
export function eventSurroundingsRoutes(plain: FastifyInstance, deps: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { database, clock } = deps;

  app.get(
    "/api/events/:no/surroundings",
    {
      schema: {
        tags: ["events"],
        summary: "What helps to decide: categories, the route, events nearby, pictures",
        params: z.object({ no: z.string().max(40) }),
        response: { 200: Surroundings, ...problems(401, 404, 429, 503) },
      },
    },
    async (request, reply) => {
      const { no } = request.params;
      const { actor } = callerOf(request);
      const event = await findEvent(database, no);
      if (event === null || !maySeeEvent(actor, event.state)) {
        return sendProblem(request, reply, notFound(`事件 ${no}`));
      }
      return reply.send({
        candidates: await candidatesOf(event),
        suggestion: await suggestionFor(event),
        nearby: await nearbyOf(event, actor),
        pictures: mayKnowReporters(actor, event.state)
          ? (await picturesOfEvent(database, no)).map(({ id, createdAt }) => ({
              id,
              at: isoLocal(createdAt),
            }))
          : [],
        photos: (await photosOfEvent(database, no)).map(({ id, stage, createdAt, by }) => ({
          id,
          stage,
          at: isoLocal(createdAt),
          by: by.name,
        })),
      });
    },
  );

  app.get(
    "/api/events/:no/pictures/:id",
    {
      schema: {
        tags: ["events"],
        summary: "A picture that belongs to an event; reading it is audited",
        params: z.object({ no: z.string().max(40), id: z.uuid() }),
        response: {
          200: { description: "the picture", content: { "image/*": { schema: z.any() } } },
          ...problems(400, 401, 404, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { no, id } = request.params;
      const { actor } = callerOf(request);
      const event = await findEvent(database, no);
      const visible =
        event !== null && maySeeEvent(actor, event.state) && mayKnowReporters(actor, event.state);
      const pictures = visible ? await picturesOfEvent(database, no) : [];
      const picture = pictures.find((one) => one.id === id);
      const bytes = picture === undefined ? null : await deps.attachments.read(picture.path);
      if (picture === undefined || bytes === null) {
        return sendProblem(request, reply, notFound("这张照片"));
      }
      await writeAudit(database, {
        at: clock.now(),
        actor,
        action: "readPersonalData",
        subject: { type: "event", no },
        outcome: "done",
      });
      return reply
        .type(picture.mime)
        .header("content-security-policy", "default-src 'none'; sandbox")
        .send(Buffer.from(bytes));
    },
  );

  async function candidatesOf({ row }: EventRecord) {
    const names = new Map((await allCategories(database)).map(({ slug, name }) => [slug, name]));
    return row.parse.candidates.slice(0, MOST_CANDIDATES).map(({ category, score }) => ({
      category,
      categoryName: names.get(category) ?? category,
      score,
    }));
  }

  async function suggestionFor({ state }: EventRecord) {
    const route = await routeFor(database, state);
    const org = route === null ? null : await findOrg(database, route.leadOrg);
    if (route === null || org === null) return null;
    return {
      orgCode: org.code,
      orgName: org.name,
      supportOrgCodes: [...route.supportOrgs],
      because: route.because,
    };
  }

  async function nearbyOf({ state, row: { summary } }: EventRecord, actor: Actor) {
    const { gridCode } = state.place;
    if (gridCode === null) return [];
    const since = new Date(state.createdAt.getTime() - NEARBY_DAYS * DAY_MS);
    const nos = await openEventNosOfGrid(database, gridCode, since, 200);
    const records = (await findEvents(database, nos)).filter((one) =>
      maySeeEvent(actor, one.state),
    );
    const rows = new Map(records.map((one) => [one.row.no, one.row]));
    return nearbyEvents(
      { ...state, summary },
      records.map((one) => ({ ...one.state, summary: one.row.summary })),
      MOST_NEARBY,
    ).flatMap(({ event, likely, distanceM }) => {
      const row = rows.get(event.no);
      if (row === undefined) return [];
      return {
        no: row.no,
        status: row.status,
        statusName: EVENT_STATUS_NAMES[row.status],
        category: row.category,
        summary: row.summary,
        place: row.placeRaw,
        createdAt: isoLocal(row.createdAt),
        reporterCount: row.reporterCount,
        distanceM,
        likely,
      };
    });
  }
}
