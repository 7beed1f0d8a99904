import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { photosOfEvent } from "../../../db/queries/event-photos.ts";
import { findEvent } from "../../../db/queries/events.ts";
import { MOST_PHOTO_BYTES, readPhoto } from "../../check-in-photo.ts";
import { realClock } from "../../clock.ts";
import { PHOTO_STAGES, type PhotoStage } from "../../domain/photo-stage.ts";
import { maySeeEvent } from "../../domain/rights.ts";
import { minuteCounter } from "../../minute-counter.ts";
import {
  addCallPhoto,
  addEventPhoto,
  type NewPhoto,
  type PhotoOutcome,
} from "../../workflows/add-photo.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { whoPresses } from "../press.ts";
import { notFound, type ProblemSaid, problems, sendProblem } from "../problem.ts";

const Noted = z.object({ id: z.string() });
const OfSubject = z.object({ no: z.string().max(40), id: z.uuid() });
const Stage = z.object({ stage: z.enum(PHOTO_STAGES) });
const Bytes = z.any().describe("the picture itself: JPEG, PNG, WebP or HEIC, at most 5 MB");
const REFUSED = [400, 401, 403, 404, 409, 413, 415, 422, 429, 503];

/**
 * Pictures that workers take: sent before the action they belong to, each under an id that its phone
 * made, so that a bad connection costs one picture at a time and a repeat counts once.
 */
export function workPhotoRoutes(api: FastifyInstance, deps: AppDeps): void {
  const { database, office, attachments } = deps;
  const sentBy = minuteCounter(deps.realClock ?? realClock);

  api.register(async (pictures) => {
    pictures.addContentTypeParser(
      /^image\//,
      { parseAs: "buffer", bodyLimit: MOST_PHOTO_BYTES + 1024 },
      (_request, body, done) => done(null, body),
    );
    const app = pictures.withTypeProvider<ZodTypeProvider>();
    const options = { bodyLimit: MOST_PHOTO_BYTES + 1024 };

    app.put(
      "/api/events/:no/photos/:id",
      {
        ...options,
        schema: {
          tags: ["events"],
          summary:
            "Adds a picture of the work; the id is yours to make, and the same is one picture",
          params: OfSubject,
          querystring: Stage,
          body: Bytes,
          response: { 200: Noted, ...problems(...REFUSED) },
        },
      },
      (request, reply) =>
        take(request, reply, { ...request.params, ...request.query }, (photo) =>
          addEventPhoto(database, office, photo, callerOf(request).actor),
        ),
    );

    app.put(
      "/api/call-tickets/:no/photos/:id",
      {
        ...options,
        schema: {
          tags: ["call tickets"],
          summary:
            "Adds a department's picture; the id is yours to make, and the same is one picture",
          params: OfSubject,
          querystring: Stage.extend({
            deptCode: z.string().max(100).optional().describe("where the caller is of none"),
          }),
          body: Bytes,
          response: { 200: Noted, ...problems(...REFUSED) },
        },
      },
      (request, reply) =>
        take(request, reply, { ...request.params, ...request.query }, (photo) =>
          addCallPhoto(database, office, photo, callerOf(request).actor, request.query.deptCode),
        ),
    );

    app.post(
      "/api/report-photos",
      {
        ...options,
        schema: {
          tags: ["reports"],
          summary: "Keeps a picture for a report that is about to be sent",
          body: Bytes,
          response: {
            201: z.object({ photo: z.string().describe("for `photos` of POST /api/reports") }),
            ...problems(...REFUSED),
          },
        },
      },
      async (request, reply) => {
        const read = await readPicture(request);
        if (!read.ok) return sendProblem(request, reply, read.problem);
        const { path } = await attachments.keep(read.bytes, read.extension);
        return reply.code(201).send({ photo: path });
      },
    );
  });

  api.withTypeProvider<ZodTypeProvider>().get(
    "/api/events/:no/photos/:id",
    {
      schema: {
        tags: ["events"],
        summary: "A picture that a worker took",
        params: OfSubject,
        response: {
          200: { description: "the picture", content: { "image/*": { schema: z.any() } } },
          ...problems(400, 401, 404, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { no, id } = request.params;
      const event = await findEvent(database, no);
      const visible = event !== null && maySeeEvent(callerOf(request).actor, event.state);
      const photo = (visible ? await photosOfEvent(database, no) : []).find((one) => one.id === id);
      const bytes = photo === undefined ? null : await attachments.read(photo.path);
      if (photo === undefined || bytes === null) {
        return sendProblem(request, reply, notFound("这张照片"));
      }
      return reply
        .type(photo.mime)
        .header("content-security-policy", "default-src 'none'; sandbox")
        .send(Buffer.from(bytes));
    },
  );

  async function take(
    request: FastifyRequest,
    reply: FastifyReply,
    about: { no: string; id: string; stage: PhotoStage },
    add: (photo: NewPhoto) => Promise<PhotoOutcome>,
  ) {
    const read = await readPicture(request);
    if (!read.ok) return sendProblem(request, reply, read.problem);
    const { no, id, stage } = about;
    const outcome = await add({
      no,
      id,
      stage,
      mime: read.mime,
      bytes: read.bytes.length,
      keep: () => attachments.keep(read.bytes, read.extension),
    });
    return outcome === "noted"
      ? reply.send({ id })
      : sendProblem(request, reply, outcome === "notFound" ? notFound(no) : NOT_TAKEN[outcome]);
  }

  type Picture =
    | { ok: true; bytes: Uint8Array; mime: string; extension: string }
    | { ok: false; problem: ProblemSaid };

  /** What it is, its bytes tell. Nobody takes thirty pictures a minute. */
  async function readPicture(request: FastifyRequest): Promise<Picture> {
    const who = whoPresses(callerOf(request).actor);
    if (sentBy.waitSeconds(who) > 0) return { ok: false, problem: TOO_FAST };
    sentBy.note(who);
    if (!Buffer.isBuffer(request.body)) return { ok: false, problem: unreadable(NO_PICTURE) };
    const read = await readPhoto(request.body);
    return read.ok ? read : { ok: false, problem: unreadable(read.reason) };
  }
}

const NO_PICTURE = "请求里没有照片(Content-Type 应为 image/jpeg 等)";

const unreadable = (reason: string): ProblemSaid => ({
  status: 422,
  code: "notAPicture",
  title: "Not a picture that is taken here",
  detail: `${reason}。请换一张照片。`,
});

const TOO_FAST: ProblemSaid = {
  status: 429,
  code: "tooManyAttempts",
  title: "Too many pictures",
  detail: "照片传得太快了,请一分钟后再试。",
};

const NOT_TAKEN: Record<Exclude<PhotoOutcome, "noted" | "notFound">, ProblemSaid> = {
  noRight: {
    status: 403,
    code: "noRight",
    title: "No right to do this",
    detail: "现在轮不到您上传现场照片。请先签收或响应,或交给承办人上传。",
  },
  tooMany: {
    status: 409,
    code: "tooManyPhotos",
    title: "There are enough pictures",
    detail: "照片已经够多了,没有再保存。请直接提交。",
  },
};
