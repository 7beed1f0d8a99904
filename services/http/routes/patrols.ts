import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { insertPatrolLog, type PatrolRow, patrolsOf } from "../../../db/queries/patrol-logs.ts";
import { maskPersonalData } from "../../domain/masking.ts";
import { LONGEST_PATROL_MS, mayPatrol, PATROL_COUNTS } from "../../domain/patrol.ts";
import { isoLocal } from "../../domain/time.ts";
import { inTransaction } from "../../in-transaction.ts";
import { pressOnce } from "../../workflows/press-once.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import {
  inRegistry,
  keyOfAnother,
  PressBody,
  PressHeaders,
  pressKey,
  pressMoment,
  whoPresses,
} from "../press.ts";
import { invalidValue, noRight, problems, sendProblem } from "../problem.ts";
import { cleanText } from "../reporter.ts";
import { Moment, momentOrNull } from "../resources/shared.ts";

const MOST_LISTED = 30;
/** A phone's clock may run ahead of ours by this much. */
const CLOCKS_DIFFER_MS = 120_000;
/** Under one number for all: a key is a person's own. */
const SUBJECT = "patrol";

const moment = z.iso.datetime({ offset: true }).transform((iso) => new Date(iso));
const Counts = z.partialRecord(z.enum(PATROL_COUNTS), z.number().int().min(0).max(999));

const Patrol = z
  .object({
    at: Moment.describe("when it ended"),
    startedAt: Moment.nullable(),
    gridCode: z.string().nullable(),
    counts: z.record(z.string(), z.number().int()),
    note: z.string().nullable(),
    lng: z.number().nullable(),
    lat: z.number().nullable(),
  })
  .meta({ id: "Patrol" });

export function patrolRoutes(plain: FastifyInstance, deps: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { database, clock } = deps;

  app.post(
    "/api/patrols",
    {
      schema: {
        tags: ["patrols"],
        summary: "Logs a finished patrol (巡查) of a grid worker",
        headers: PressHeaders,
        body: z.object({
          startedAt: moment,
          pressedAt: PressBody.shape.pressedAt.describe("when it ended; absent: now"),
          gridCode: z.string().max(100).optional().describe("one of yours; absent: your first"),
          counts: Counts.default({}),
          note: z.string().trim().max(500).transform(cleanText).optional(),
          lng: z.number().min(-180).max(180).nullable().default(null).describe("where it ended"),
          lat: z.number().min(-90).max(90).nullable().default(null),
          datum: PressBody.shape.datum,
        }),
        response: { 200: Patrol, 201: Patrol, ...problems(400, 401, 403, 422, 429, 503) },
      },
    },
    async (request, reply) => {
      const { actor } = callerOf(request);
      const { personId } = actor;
      if (personId === null || !mayPatrol(actor)) {
        return sendProblem(request, reply, noRight("只有网格员和网格长登记巡查。"));
      }
      const now = clock.now();
      const { pressedAt, gridCode, counts, note } = request.body;
      const pressed = pressMoment(pressedAt, now);
      if (!pressed.ok) return sendProblem(request, reply, pressed.problem);
      const at = pressed.at ?? now;
      const lasted = at.getTime() - request.body.startedAt.getTime();
      const startedAt = lasted < 0 ? at : request.body.startedAt;
      if (lasted < -CLOCKS_DIFFER_MS || lasted > LONGEST_PATROL_MS) {
        const detail = "巡查的开始时间不对:要早于结束,且不超过 12 小时。请改正。";
        return sendProblem(request, reply, invalidValue("body.startedAt", detail));
      }
      if (gridCode !== undefined && !actor.gridCodes.includes(gridCode)) {
        const detail = `「${gridCode}」不是您的网格。请核对。`;
        return sendProblem(request, reply, invalidValue("body.gridCode", detail));
      }
      const { lng, lat } = inRegistry(request.body, request.body.datum, deps.config.registryDatum);
      const log = {
        personId,
        gridCode: gridCode ?? actor.gridCodes[0] ?? null,
        at,
        startedAt,
        counts: Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
        note: note === undefined || note === "" ? null : maskPersonalData(note),
        lng,
        lat,
      };
      const press = {
        who: whoPresses(actor),
        key: pressKey(request.headers),
        no: SUBJECT,
        at: now,
      };
      const done = await inTransaction(database, (tx) =>
        pressOnce(tx, press, async () => {
          await insertPatrolLog(tx, log);
          return { ok: true };
        }),
      );
      if (done.kind === "otherSubject") return sendProblem(request, reply, keyOfAnother);
      return reply.code(done.kind === "again" ? 200 : 201).send(patrolResource(log));
    },
  );

  app.get(
    "/api/patrols",
    {
      schema: {
        tags: ["patrols"],
        summary: "Your own patrols, newest first",
        response: { 200: z.object({ items: z.array(Patrol) }), ...problems(401, 429, 503) },
      },
    },
    async (request, reply) => {
      const { personId } = callerOf(request).actor;
      const rows = personId === null ? [] : await patrolsOf(database, personId, MOST_LISTED);
      return reply.send({ items: rows.map(patrolResource) });
    },
  );
}

type Logged = Pick<PatrolRow, "at" | "startedAt" | "gridCode" | "counts" | "note" | "lng" | "lat">;

const patrolResource = (log: Logged): z.infer<typeof Patrol> => ({
  at: isoLocal(log.at),
  startedAt: momentOrNull(log.startedAt),
  gridCode: log.gridCode,
  counts: log.counts,
  note: log.note,
  lng: log.lng,
  lat: log.lat,
});
