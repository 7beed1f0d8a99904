import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  type AlarmTally,
  findAlarmSource,
  listAlarmSources,
  talliesOfDevices,
} from "../../../../db/queries/alarm-sources.ts";
import { findGrid, findOrg } from "../../../../db/queries/directory.ts";
import { realClock } from "../../../clock.ts";
import { ALARM_KINDS } from "../../../domain/alarm.ts";
import { isoLocal } from "../../../domain/time.ts";
import { inTransaction } from "../../../in-transaction.ts";
import {
  addAlarmSource,
  removeAlarmSource,
  renewAlarmSecret,
} from "../../../workflows/manage-alarm-sources.ts";
import type { AppDeps } from "../../app.ts";
import { callerOf } from "../../auth.ts";
import { invalidValue, notFound, type ProblemSaid, problems, sendProblem } from "../../problem.ts";
import { shortText } from "../../reporter.ts";
import { Moment, momentOrNull } from "../../resources/shared.ts";

const Id = z.object({ id: z.uuid() });
const MOST_DEVICES = 500;
const Secret = z.string().describe("signs what the source sends (Standard Webhooks); shown once");

const Tally = {
  alarms: z.number().int(),
  told: z.number().int().describe("how often they were told, repeats among them"),
  open: z.number().int(),
  confirmed: z.number().int(),
  falseAlarms: z.number().int(),
  falseRate: z
    .number()
    .nullable()
    .describe("false ones of those that somebody decided on; null where nobody did"),
  lastAt: Moment.nullable(),
};

const tally = ({ alarms, told, open, confirmed, falseAlarms, lastAt }: AlarmTally) => ({
  alarms,
  told,
  open,
  confirmed,
  falseAlarms,
  falseRate: confirmed + falseAlarms === 0 ? null : falseAlarms / (confirmed + falseAlarms),
  lastAt: momentOrNull(lastAt),
});

/** Systems that may tell of alarms: what of, where, and how often it was false. */
export function alarmSourceRoutes(plain: FastifyInstance, deps: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { database, clock } = deps;
  const wallClock = deps.realClock ?? realClock;
  const unknown = notFound("这个告警来源");

  app.post(
    "/api/alarm-sources",
    {
      schema: {
        tags: ["alarms"],
        summary: "Lets a system tell of alarms; the secret is shown once",
        body: z.object({
          name: shortText(100),
          kinds: z.array(z.enum(ALARM_KINDS)).min(1),
          streetCode: z.string().max(100).optional().describe("absent: the whole district"),
          gridCodes: z
            .array(z.string().max(100))
            .max(500)
            .default([])
            .describe("only in these grids; empty: wherever the street, or the district, is"),
        }),
        response: {
          201: z.object({ id: z.string(), secret: Secret }),
          ...problems(400, 401, 403, 422, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { name, kinds, streetCode = null, gridCodes } = request.body;
      const strange = await unknownReach(streetCode, gridCodes);
      if (strange !== null) return sendProblem(request, reply, strange);
      const { actor } = callerOf(request);
      const wanted = { name, kinds: [...new Set(kinds)], streetCode, gridCodes };
      const made = await inTransaction(database, (tx) => addAlarmSource(tx, clock, wanted, actor));
      return reply.code(201).send(made);
    },
  );

  app.get(
    "/api/alarm-sources",
    {
      schema: {
        tags: ["alarms"],
        summary: "Systems that may tell of alarms, and what came of them",
        response: {
          200: z.object({
            items: z.array(
              z.object({
                id: z.string(),
                name: z.string(),
                kinds: z.array(z.enum(ALARM_KINDS)),
                streetCode: z.string().nullable(),
                gridCodes: z.array(z.string()),
                createdAt: Moment,
                formerUntil: Moment.nullable().describe("until then the former secret is good too"),
                ...Tally,
              }),
            ),
          }),
          ...problems(401, 403, 429, 503),
        },
      },
    },
    async (_request, reply) =>
      reply.send({
        items: (await listAlarmSources(database)).map((one) => ({
          id: one.id,
          name: one.name,
          kinds: one.kinds,
          streetCode: one.streetCode,
          gridCodes: one.gridCodes,
          createdAt: isoLocal(one.createdAt),
          formerUntil: momentOrNull(one.formerUntil),
          ...tally(one),
        })),
      }),
  );

  app.get(
    "/api/alarm-sources/:id/devices",
    {
      schema: {
        tags: ["alarms"],
        summary: `What came of the alarms of each device, the most false ones first, at most ${MOST_DEVICES}`,
        params: Id,
        response: {
          200: z.object({ items: z.array(z.object({ device: z.string(), ...Tally })) }),
          ...problems(400, 401, 403, 404, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      if ((await findAlarmSource(database, id)) === null)
        return sendProblem(request, reply, unknown);
      const devices = await talliesOfDevices(database, id, MOST_DEVICES);
      return reply.send({
        items: devices.map((one) => ({ device: one.device, ...tally(one) })),
      });
    },
  );

  app.post(
    "/api/alarm-sources/:id/secret",
    {
      schema: {
        tags: ["alarms"],
        summary: "Makes another secret, shown once; the former one is good for another day",
        params: Id,
        response: {
          200: z.object({ secret: Secret, formerUntil: Moment }),
          ...problems(400, 401, 403, 404, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { actor } = callerOf(request);
      const made = await inTransaction(database, (tx) =>
        renewAlarmSecret(tx, clock, request.params.id, wallClock.now(), actor),
      );
      return made === null
        ? sendProblem(request, reply, unknown)
        : reply.send({ secret: made.secret, formerUntil: isoLocal(made.formerUntil) });
    },
  );

  app.delete(
    "/api/alarm-sources/:id",
    {
      schema: {
        tags: ["alarms"],
        summary: "Nothing more is taken from it, at once; its alarms stay",
        params: Id,
        response: { 204: z.null(), ...problems(400, 401, 403, 404, 429, 503) },
      },
    },
    async (request, reply) => {
      const { actor } = callerOf(request);
      const ended = await inTransaction(database, (tx) =>
        removeAlarmSource(tx, clock, request.params.id, actor),
      );
      return ended ? reply.code(204).send(null) : sendProblem(request, reply, unknown);
    },
  );

  async function unknownReach(
    streetCode: string | null,
    gridCodes: readonly string[],
  ): Promise<ProblemSaid | null> {
    if (streetCode !== null && (await findOrg(database, streetCode))?.type !== "street")
      return invalidValue(
        "body.streetCode",
        `「${streetCode}」不是街道。请用 orgs.csv 中街道的编码。`,
      );
    for (const code of gridCodes)
      if ((await findGrid(database, code)) === null)
        return invalidValue("body.gridCodes", `没有网格「${code}」。请用 grids.csv 中的编码。`);
    return null;
  }
}
