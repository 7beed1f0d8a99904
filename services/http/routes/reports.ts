import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { groupsOfConversation } from "../../../db/queries/groups.ts";
import { eventsOfReport, findReport, reportIdOf } from "../../../db/queries/reports.ts";
import type { Actor } from "../../domain/actor.ts";
import { API_CHANNEL, senderOfPerson, unknownSender } from "../../domain/api-sender.ts";
import { EVENT_SOURCES, EVENT_STATUS_NAMES, EVENT_STATUSES } from "../../domain/event.ts";
import type { IncomingMessage } from "../../domain/incoming.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { inRegistry, PressBody, pressMoment } from "../press.ts";
import { invalidValue, notFound, problems, sendProblem } from "../problem.ts";
import { cleanText, partsOf, Reporter, senderOf, shortText } from "../reporter.ts";

const LONGEST_TEXT = 10_000;

/** Where attachmentStore keeps a picture: whoever can name its hash has the picture. */
const KEPT_PHOTO = /^[0-9a-f]{2}\/[0-9a-f]{64}\.[a-z0-9]{1,5}$/;

const ReportBody = z.object({
  text: z
    .string()
    .transform((text) => cleanText(text).trim())
    .refine((text) => text !== "", { error: "text is empty. Give the reporter's words." })
    .refine((text) => [...text].length <= LONGEST_TEXT, {
      error: `text is longer than ${LONGEST_TEXT} characters. Send it in parts.`,
    })
    .describe("the reporter's words, 1 to 10,000 characters"),
  channelMessageId: shortText(200)
    .optional()
    .describe("the app's id of the message: the same twice within a source is one report"),
  reporter: Reporter.optional().describe(
    "the app's id of the reporter or their mobile number, or an object; absent: the token's person, or nobody in particular",
  ),
  groupId: shortText(200).optional().describe("conversation_id of groups.csv where it was said"),
  place: z
    .union([
      shortText(200),
      z.object({
        raw: shortText(200).optional(),
        lng: z.number().min(-180).max(180).optional(),
        lat: z.number().min(-90).max(90).optional(),
        datum: PressBody.shape.datum,
      }),
    ])
    .optional()
    .describe("where, as the app knows it beside the words"),
  source: z.enum(EVENT_SOURCES),
  pressedAt: PressBody.shape.pressedAt.describe(
    "when it was written, by the product's clock, where it could not be sent at once; refused after three days",
  ),
  photos: z
    .array(z.string().regex(KEPT_PHOTO))
    .max(9)
    .default([])
    .describe("as POST /api/report-photos named them"),
});
type ReportBody = z.infer<typeof ReportBody>;

export function reportRoutes(plain: FastifyInstance, deps: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.post(
    "/api/reports",
    {
      schema: {
        tags: ["reports"],
        summary: "A report arrives, as if told in chat",
        body: ReportBody,
        response: {
          202: z.object({ messageId: z.string() }),
          ...problems(400, 401, 413, 422, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const report = request.body;
      const groups =
        report.groupId === undefined
          ? []
          : await groupsOfConversation(deps.database, report.groupId);
      if (report.groupId !== undefined && groups.length === 0) {
        return sendProblem(
          request,
          reply,
          invalidValue(
            "body.groupId",
            `没有登记群「${report.groupId}」。请用 groups.csv 中的会话 id。`,
          ),
        );
      }
      const pressed = pressMoment(report.pressedAt, deps.clock.now());
      if (!pressed.ok) return sendProblem(request, reply, pressed.problem);
      const message = await toIncoming(
        report,
        groups[0]?.name ?? null,
        callerOf(request).actor,
        deps,
      );
      await deps.store(message);
      const messageId = await reportIdOf(deps.database, message.channel, message.dedupeKey);
      if (messageId === null) throw new Error("A report was stored and is not in the inbox.");
      return reply.code(202).send({ messageId });
    },
  );

  app.get(
    "/api/reports/:messageId",
    {
      schema: {
        tags: ["reports"],
        summary: "What became of a report",
        params: z.object({ messageId: z.uuid() }),
        response: {
          200: z.object({
            messageId: z.string(),
            status: z.enum(["pending", "done", "failed"]),
            kind: z.string().nullable().describe("what it was taken for; null while pending"),
            events: z
              .array(
                z.object({
                  no: z.string(),
                  status: z.enum(EVENT_STATUSES),
                  statusName: z.string(),
                }),
              )
              .describe("events it made or joined"),
          }),
          ...problems(400, 401, 404, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { messageId } = request.params;
      const report = await findReport(deps.database, API_CHANNEL, messageId);
      if (report === null) return sendProblem(request, reply, notFound("这条上报"));
      const events = await eventsOfReport(deps.database, messageId);
      return reply.send({
        messageId,
        ...report,
        events: events.map((event) => ({ ...event, statusName: EVENT_STATUS_NAMES[event.status] })),
      });
    },
  );
}

/** The report as the product takes messages from every channel. */
async function toIncoming(
  report: ReportBody,
  groupName: string | null,
  caller: Actor,
  { clock, database, config }: AppDeps,
): Promise<IncomingMessage> {
  const dedupeKey = `${report.source}:${report.channelMessageId ?? randomUUID()}`;
  const { name, phone } = partsOf(report.reporter);
  const platformUserId =
    (await senderOf(report.reporter, report.source, database)) ??
    (report.reporter === undefined && caller.personId !== null
      ? senderOfPerson(caller.personId)
      : unknownSender(dedupeKey));
  const place =
    typeof report.place === "string"
      ? { raw: report.place }
      : inRegistry(report.place ?? {}, report.place?.datum, config.registryDatum);
  const now = clock.now();
  return {
    channel: API_CHANNEL,
    dedupeKey,
    conversation:
      report.groupId === undefined
        ? { id: `private:${platformUserId}`, type: "private", title: null }
        : { id: report.groupId, type: "group", title: groupName },
    sender: { platformUserId, nick: null },
    sentAt: report.pressedAt !== undefined && report.pressedAt < now ? report.pressedAt : now,
    text: report.text,
    attachments: report.photos.map((ref) => ({
      kind: "picture",
      ref,
      fileName: null,
      transcript: null,
    })),
    location:
      "lng" in place && place.lng !== undefined && place.lat !== undefined
        ? { lng: place.lng, lat: place.lat }
        : null,
    reply: null,
    unsupported: null,
    source: report.source,
    onBehalfOf: name === null && phone === null ? null : { name, phone },
    placeHint: place.raw ?? null,
  };
}
