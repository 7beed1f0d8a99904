import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { findOrg } from "../../../db/queries/directory.ts";
import { fromBrowser } from "../../browser-position.ts";
import { MOST_PHOTO_CHARACTERS, readCheckInPhoto } from "../../check-in-photo.ts";
import { realClock } from "../../clock.ts";
import { minuteCounter } from "../../minute-counter.ts";
import { tokenHash } from "../../token-hash.ts";
import {
  checkInByLink,
  type KeptPhoto,
  type OpenedLink,
  openCheckInLink,
} from "../../workflows/check-in-by-link.ts";
import type { AppDeps } from "../app.ts";
import { type ProblemSaid, problems, sendProblem } from "../problem.ts";
import { CALL_WORDING, refusalProblem } from "../refusal-problem.ts";
import { CheckInView, checkInView } from "../resources/check-in.ts";

/** A picture of 5 MB as base64, and the rest. */
const BODY_LIMIT = 8 * 1024 * 1024;

const Key = z.object({ key: z.string().max(200) });

const Press = z.object({
  lng: z.number().min(-180).max(180).nullable().default(null),
  lat: z.number().min(-90).max(90).nullable().default(null),
  accuracyM: z.number().min(0).nullable().default(null),
  headcount: z.number().int().min(1).max(999).optional(),
  at: z.iso
    .datetime({ offset: true })
    .transform((iso) => new Date(iso))
    .optional()
    .describe(
      "when it was pressed, by the product's clock, where it could not be sent at once; never later than now, refused before the dispatch",
    ),
  photo: z
    .string()
    .max(MOST_PHOTO_CHARACTERS)
    .nullable()
    .default(null)
    .describe("base64 or a data: URL; at most 5 MB of JPEG, PNG, WebP or HEIC"),
});

const PressAnswer = CheckInView.extend({
  photoProblem: z.string().nullable().describe("why the picture was not kept; the arrival was"),
});

/** What the check-in page asks and tells. The key in the address is the only right there is. */
export function checkInRoutes(plain: FastifyInstance, deps: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { database, office } = deps;
  const real = deps.realClock ?? realClock;
  const requestsOfKey = minuteCounter(real);
  const unknownFrom = minuteCounter(real);

  const limitKey = async (request: FastifyRequest, reply: FastifyReply) => {
    const { key } = request.params as z.infer<typeof Key>;
    reply.header("cache-control", "no-store");
    const hash = tokenHash(key);
    const wait = requestsOfKey.waitSeconds(hash);
    if (wait > 0) return tooMany(request, reply, wait);
    requestsOfKey.note(hash);
  };

  app.get(
    "/c/:key/data",
    {
      onRequest: limitKey,
      schema: {
        tags: ["check-in"],
        summary: "What a department's check-in page shows",
        security: [],
        params: Key,
        response: { 200: CheckInView, ...problems(404, 429, 503) },
      },
    },
    async (request, reply) => {
      const opened = await openCheckInLink(database, office, request.params.key);
      return opened === null ? unknown(request, reply) : reply.send(await view(opened));
    },
  );

  app.post(
    "/c/:key",
    {
      onRequest: limitKey,
      bodyLimit: BODY_LIMIT,
      schema: {
        tags: ["check-in"],
        summary: "「我到了」: within reach it counts at once, else the street confirms",
        security: [],
        params: Key,
        body: Press,
        response: { 200: PressAnswer, ...problems(400, 403, 404, 409, 410, 413, 422, 429, 503) },
      },
    },
    async (request, reply) => {
      const { key } = request.params;
      const { photo, lng, lat, ...pressed } = request.body;
      const at = lng === null || lat === null ? null : { lng, lat };
      const press = {
        ...pressed,
        ...(at === null ? { lng, lat } : fromBrowser(at, deps.config.registryDatum)),
      };
      const opened = await openCheckInLink(database, office, key);
      if (opened === null) return unknown(request, reply);
      // A picture is kept before it is noted; one that is none does not hold up the arrival.
      const kept = opened.state === "open" ? await keep(photo) : { photo: null, problem: null };
      const outcome = await checkInByLink(database, office, key, press, kept.photo);
      if (outcome.ok) {
        return reply.send({ ...(await view(outcome.opened)), photoProblem: kept.problem });
      }
      if (outcome.why === "unknown") return unknown(request, reply);
      const said =
        outcome.why === "expired"
          ? expired(opened.call.row.no)
          : { ...refusalProblem(outcome.why, CALL_WORDING), allowed: [] };
      return sendProblem(request, reply, said);
    },
  );

  async function keep(
    text: string | null,
  ): Promise<{ photo: KeptPhoto | null; problem: string | null }> {
    if (text === null) return { photo: null, problem: null };
    const read = await readCheckInPhoto(text);
    if (!read.ok) return { photo: null, problem: read.reason };
    const { path } = await deps.attachments.keep(read.bytes, read.extension);
    return { photo: { path, mime: read.mime, bytes: read.bytes.length }, problem: null };
  }

  async function view(opened: OpenedLink): Promise<CheckInView> {
    const org = await findOrg(database, opened.link.orgCode);
    return checkInView(opened, org?.name ?? opened.link.orgCode, office.clock.now());
  }

  /** Guessing keys is hopeless; it is slowed down all the same. */
  function unknown(request: FastifyRequest, reply: FastifyReply) {
    const wait = unknownFrom.waitSeconds(request.ip);
    if (wait > 0) return tooMany(request, reply, wait);
    unknownFrom.note(request.ip);
    return sendProblem(request, reply, UNKNOWN);
  }
}

const UNKNOWN: ProblemSaid = {
  status: 404,
  code: "notFound",
  title: "No such link",
  detail: "这个报到链接不对。请从派遣消息里重新点开;点不开就在聊天里回「到了」加工单编号。",
};

const expired = (no: string): ProblemSaid => ({
  status: 410,
  code: "linkExpired",
  title: "The link is over",
  detail: `这个报到链接已过期。请在聊天里回「到了 ${no}」,由街道确认。`,
});

function tooMany(request: FastifyRequest, reply: FastifyReply, wait: number) {
  reply.header("retry-after", String(wait));
  return sendProblem(request, reply, {
    status: 429,
    code: "tooManyAttempts",
    title: "Too many requests",
    detail: `点得太快了,请 ${wait} 秒后再试。`,
  });
}
