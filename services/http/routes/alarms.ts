import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { type AlarmRow, findAlarm, listAlarms } from "../../../db/queries/alarms.ts";
import { writeAudit } from "../../../db/queries/audit.ts";
import type { Actor } from "../../domain/actor.ts";
import { ALARM_KINDS, ALARM_RULES, ALARM_STATES } from "../../domain/alarm.ts";
import { alarmScope, mayKnowAlarm, maySeeAlarm } from "../../domain/alarm-rights.ts";
import { AlarmCommand } from "../../domain/decide-alarm.ts";
import { inTransaction } from "../../in-transaction.ts";
import { actOnAlarm } from "../../workflows/act-on-alarm.ts";
import { auditActing, OnBehalf, whoActs } from "../acting.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { badCursor, cursorOf, cutPage, pageOf, pageQuery, positionIn } from "../keyset.ts";
import { notFound, problems, sendProblem } from "../problem.ts";
import { someOf, timeBound } from "../query-values.ts";
import { ALARM_WORDING, refusalProblem } from "../refusal-problem.ts";
import { AlarmResource, alarmResource } from "../resources/alarm.ts";

const OfAlarm = z.object({ no: z.string().max(40) });

const ListQuery = z.object({
  ...pageQuery,
  no: someOf(z.string().max(40)),
  state: someOf(z.enum(ALARM_STATES)).describe("one, or several separated by commas"),
  kind: someOf(z.enum(ALARM_KINDS)),
  source: z.uuid().optional(),
  grid: z.string().max(100).optional(),
  from: timeBound("since"),
  to: timeBound("until"),
});

export function alarmRoutes(plain: FastifyInstance, deps: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { database, clock, office, attachments } = deps;

  app.get(
    "/api/alarms",
    {
      schema: {
        tags: ["alarms"],
        summary:
          "Alarms you may see, newest first; whose home it is only for grid and command room",
        querystring: ListQuery,
        response: { 200: pageOf(AlarmResource), ...problems(400, 401, 429, 503) },
      },
    },
    async (request, reply) => {
      const { limit, cursor, ...filter } = request.query;
      const { actor } = callerOf(request);
      const after = cursor === undefined ? null : alarmPosition(cursor);
      if (after === undefined) return sendProblem(request, reply, badCursor);
      const found = await listAlarms(database, alarmScope(actor), filter, after, limit + 1);
      const page = cutPage(found, limit, (row) => cursorOf(row.firstAt.toISOString(), row.no));
      return reply.send({
        items: page.rows.map((row) => alarmResource(row, actor)),
        nextCursor: page.nextCursor,
      });
    },
  );

  app.get(
    "/api/alarms/:no",
    {
      schema: {
        tags: ["alarms"],
        summary: "An alarm; reading whose home it is in is audited",
        params: OfAlarm,
        response: { 200: AlarmResource, ...problems(401, 404, 429, 503) },
      },
    },
    async (request, reply) => {
      const { actor } = callerOf(request);
      const alarm = await visible(request.params.no, actor);
      if (alarm === null) return sendProblem(request, reply, notFound("这条告警"));
      await auditHome(alarm, actor);
      return reply.send(alarmResource(alarm, actor));
    },
  );

  app.get(
    "/api/alarms/:no/picture",
    {
      schema: {
        tags: ["alarms"],
        summary: "What the device saw",
        params: OfAlarm,
        response: {
          200: { description: "the picture", content: { "image/*": { schema: z.any() } } },
          ...problems(401, 404, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { actor } = callerOf(request);
      const alarm = await visible(request.params.no, actor);
      const path = alarm !== null && mayKnowAlarm(actor, alarm) ? alarm.picturePath : null;
      const bytes = path === null ? null : await attachments.read(path);
      if (alarm === null || bytes === null)
        return sendProblem(request, reply, notFound("这张图片"));
      await auditHome(alarm, actor);
      return reply
        .type(alarm.pictureMime ?? "application/octet-stream")
        .header("content-security-policy", "default-src 'none'; sandbox")
        .send(Buffer.from(bytes));
    },
  );

  app.post(
    "/api/alarms/:no/actions",
    {
      schema: {
        tags: ["alarms"],
        summary: "A person confirms an alarm, which makes it an event, or calls it false",
        params: OfAlarm,
        body: z.intersection(AlarmCommand, OnBehalf.pick({ actor: true })),
        response: { 200: AlarmResource, ...problems(400, 401, 403, 404, 409, 422, 429, 503) },
      },
    },
    async (request, reply) => {
      const { no } = request.params;
      const command: AlarmCommand = request.body;
      const acting = await whoActs(database, callerOf(request), { actor: request.body.actor });
      if (!acting.ok) return sendProblem(request, reply, acting.problem);
      const outcome = await inTransaction(database, async (tx) => {
        if (acting.for !== null)
          await auditActing(tx, deps, { type: "alarm", no }, command.action, acting.for);
        return actOnAlarm(tx, office, no, command, acting.actor);
      });
      if (!outcome.ok) return sendProblem(request, reply, refusalProblem(outcome, ALARM_WORDING));
      return reply.send(alarmResource(outcome.alarm, acting.actor));
    },
  );

  /** What somebody may not see is as unknown to them as what does not exist. */
  async function visible(no: string, actor: Actor): Promise<AlarmRow | null> {
    const alarm = await findAlarm(database, no);
    return alarm !== null && maySeeAlarm(actor, alarm) ? alarm : null;
  }

  async function auditHome(alarm: AlarmRow, actor: Actor): Promise<void> {
    if (!ALARM_RULES[alarm.kind].home || !mayKnowAlarm(actor, alarm)) return;
    await writeAudit(database, {
      at: clock.now(),
      actor,
      action: "readPersonalData",
      subject: { type: "alarm", no: alarm.no },
      outcome: "done",
    });
  }
}

/** undefined where the cursor is none of ours. */
function alarmPosition(cursor: string): { firstAt: Date; no: string } | undefined {
  const [moment, no] = positionIn(cursor, 2) ?? [];
  const firstAt = new Date(moment ?? "");
  return no === undefined || Number.isNaN(firstAt.getTime()) ? undefined : { firstAt, no };
}
