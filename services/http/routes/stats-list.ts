import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Db } from "../../../db/client.ts";
import { findCalls } from "../../../db/queries/calls.ts";
import { findEvents } from "../../../db/queries/events.ts";
import {
  isCallKey,
  listRowsBehind,
  type RowBehind,
  type RowPosition,
} from "../../../db/queries/stats/rows-behind.ts";
import { COUNTED_BY } from "../../../db/schema/index.ts";
import type { Actor } from "../../domain/actor.ts";
import { maySeeCall } from "../../domain/call-rights.ts";
import { CALL_STATUS_NAMES, CALL_STATUSES } from "../../domain/call-ticket.ts";
import { EVENT_STATUS_NAMES, EVENT_STATUSES } from "../../domain/event.ts";
import { maySeeEvent } from "../../domain/rights.ts";
import { MEASURES, rowsBehind } from "../../domain/rows-behind.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { badCursor, cursorOf, cutPage, pageOf, pageQuery, positionIn } from "../keyset.ts";
import { invalidValue, problems, sendProblem } from "../problem.ts";
import { Moment, momentOrNull } from "../resources/shared.ts";
import { statsQuery, statsScopeFor } from "../stats-scope.ts";

const RowResource = z.object({
  type: z.enum(["event", "callTicket"]),
  no: z.string(),
  visible: z
    .boolean()
    .describe("whether you may open it; the words of what you may not are left out"),
  summary: z.string().nullable(),
  status: z.enum([...EVENT_STATUSES, ...CALL_STATUSES]).nullable(),
  statusName: z.string().nullable(),
  category: z.string().nullable(),
  level: z.number().int().nullable(),
  streetCode: z.string().nullable(),
  gridCode: z.string().nullable(),
  createdAt: Moment,
  dueAt: Moment.nullable(),
  completedAt: Moment.nullable(),
  deptCode: z.string().nullable().describe("the department whose answer is counted"),
  value: z
    .number()
    .nullable()
    .describe("stars of a rating, minutes until an answer, or the score of a department"),
});
type RowResource = z.infer<typeof RowResource>;

/** What stands behind every number: as many rows as it says, each by its number. */
export function statsListRoute(plain: FastifyInstance, { database, clock }: AppDeps): void {
  const { reading } = database;
  plain.withTypeProvider<ZodTypeProvider>().get(
    "/api/stats/list",
    {
      schema: {
        tags: ["stats"],
        summary: "The events, ratings, calls or answers that a number counts, newest first",
        description:
          "As many rows as the number says. An average's rows carry a `value` each, whose sum is the numerator.",
        querystring: z.object({
          ...pageQuery,
          ...statsQuery,
          measure: z.enum(MEASURES),
          part: z.enum(["numerator", "denominator"]).default("numerator"),
          by: z.enum(COUNTED_BY).optional().describe("with `key`: one row of a breakdown"),
          key: z
            .string()
            .max(100)
            .optional()
            .describe("its key; of `hour`: hours since Monday 0:00"),
        }),
        response: { 200: pageOf(RowResource), ...problems(400, 401, 403, 422, 429, 503) },
      },
    },
    async (request, reply) => {
      const { from = null, to = null, org, measure, part, by, key, limit, cursor } = request.query;
      const { actor } = callerOf(request);
      const allowed = await statsScopeFor(reading, actor, org);
      if ("problem" in allowed) return sendProblem(request, reply, allowed.problem);
      const after = cursor === undefined ? null : rowPosition(cursor);
      if (after === undefined) return sendProblem(request, reply, badCursor);
      const rows = rowsBehind(measure, part);
      const only = by === undefined || key === undefined ? null : { by, key };
      if (only !== null && rows.of !== "event" && rows.of !== "rating" && !isCallKey(only.by)) {
        const detail = "呼叫的数字不能按这一项细分。请去掉 by 和 key,或改为街道、网格或部门。";
        return sendProblem(request, reply, invalidValue("querystring.by", detail));
      }
      const found = await listRowsBehind(
        reading,
        { rows, scope: allowed.scope, period: { from, to }, only, now: clock.now() },
        after,
        limit + 1,
      );
      const page = cutPage(found, limit, (row) => cursorOf(row.createdAt.toISOString(), row.id));
      const items =
        rows.of === "event" || rows.of === "rating"
          ? await eventRows(reading, actor, page.rows)
          : await callRows(reading, actor, page.rows);
      return reply.send({ items, nextCursor: page.nextCursor });
    },
  );
}

async function eventRows(db: Db, actor: Actor, rows: readonly RowBehind[]): Promise<RowResource[]> {
  const events = await findEvents(db, [...new Set(rows.map(({ no }) => no))]);
  const byNo = new Map(events.map((event) => [event.row.no, event]));
  return rows.map((row) => {
    const event = byNo.get(row.no);
    const visible = event !== undefined && maySeeEvent(actor, event.state);
    return {
      ...blank("event", row),
      visible,
      ...(visible
        ? {
            summary: event.row.summary,
            status: event.row.status,
            statusName: EVENT_STATUS_NAMES[event.row.status],
            category: event.row.category,
            level: event.row.level,
            streetCode: event.row.streetCode,
            gridCode: event.row.gridCode,
            dueAt: momentOrNull(event.row.dueAt),
            completedAt: momentOrNull(event.row.completedAt),
          }
        : {}),
    };
  });
}

async function callRows(db: Db, actor: Actor, rows: readonly RowBehind[]): Promise<RowResource[]> {
  const calls = await findCalls(db, [...new Set(rows.map(({ no }) => no))]);
  const byNo = new Map(calls.map((call) => [call.row.no, call]));
  return rows.map((row) => {
    const call = byNo.get(row.no);
    const visible = call !== undefined && maySeeCall(actor, call.state);
    return {
      ...blank("callTicket", row),
      visible,
      ...(visible
        ? {
            summary: call.row.summary,
            status: call.row.status,
            statusName: CALL_STATUS_NAMES[call.row.status],
            streetCode: call.row.streetCode,
            gridCode: call.row.place.gridCode,
            completedAt: momentOrNull(call.row.closedAt),
          }
        : {}),
    };
  });
}

const blank = (type: RowResource["type"], row: RowBehind): RowResource => ({
  type,
  no: row.no,
  visible: false,
  summary: null,
  status: null,
  statusName: null,
  category: null,
  level: null,
  streetCode: null,
  gridCode: null,
  createdAt: momentOrNull(row.createdAt) ?? "",
  dueAt: null,
  completedAt: null,
  deptCode: row.deptCode,
  value: row.value,
});

/** undefined where the cursor is none of ours. */
function rowPosition(cursor: string): RowPosition | undefined {
  const [moment, id] = positionIn(cursor, 2) ?? [];
  const createdAt = new Date(moment ?? "");
  if (id === undefined || Number.isNaN(createdAt.getTime())) return undefined;
  return { createdAt, id };
}
