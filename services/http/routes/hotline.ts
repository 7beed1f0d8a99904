import { randomUUID } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { writeAudit } from "../../../db/queries/audit.ts";
import { findEvent } from "../../../db/queries/events.ts";
import {
  findHotlineOrder,
  listHotlineOrders,
  type OrderPosition,
  updatesOfOrder,
} from "../../../db/queries/hotline.ts";
import { answersOfOrders } from "../../../db/queries/hotline-answers.ts";
import { mayKnowReporters } from "../../domain/event-privacy.ts";
import { type HotlineLine, hotlineNamed } from "../../domain/hotline/line.ts";
import {
  mayExportAnswers,
  mayReadOrder,
  mayUseHotlines,
  orderScope,
} from "../../domain/hotline/rights.ts";
import { localDay } from "../../domain/time.ts";
import { EXPORT_FORMATS, exportAnswers, handOver } from "../../workflows/hotline/export-answers.ts";
import { takeSheet } from "../../workflows/hotline/take-feed.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { badCursor, cursorOf, cutPage, pageOf, pageQuery, positionIn } from "../keyset.ts";
import { noRight, notFound, problems, sendProblem } from "../problem.ts";
import { timeBound } from "../query-values.ts";
import {
  HotlineAnswerResource,
  HotlineOrderResource,
  HotlineUpdateResource,
  hotlineAnswerResource,
  hotlineOrderResource,
  hotlineUpdateResource,
  TakenResource,
  takenResource,
} from "../resources/hotline.ts";

/** A day's orders of a large district are some 2 MB, in Base64 a third more. */
const BODY_LIMIT = 30 * 1024 * 1024;
const IMPORT_TIMEOUT_MS = 300_000;

const Line = z.object({ line: z.string().max(40).describe("12345 or 8890") });
const LineAndNo = Line.extend({ no: z.string().max(60).describe("the hotline's own number") });
const MIME = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

/** Orders of the hotlines, for the command rooms: files in, files out, and what came and went of each. */
export function hotlineRoutes(api: FastifyInstance, deps: AppDeps): void {
  const { database, office, clock } = deps;
  api.register(async (plain) => {
    plain.addHook("preHandler", async (request, reply) => {
      const { actor } = callerOf(request);
      const exports = request.routeOptions.url?.endsWith("/answers/exports") ?? false;
      if (exports ? mayExportAnswers(actor) : mayUseHotlines(actor)) return;
      await audit(request, "useHotline", "refused");
      return sendProblem(request, reply, COMMAND_ROOM_ONLY);
    });
    plain.addHook("preHandler", async (request, reply) => {
      if (lineOf(request) === null) return sendProblem(request, reply, notFound("这条热线"));
    });
    const app = plain.withTypeProvider<ZodTypeProvider>();
    const tags = ["hotline orders"];

    app.post(
      "/api/hotline/:line/imports",
      {
        bodyLimit: BODY_LIMIT,
        handlerTimeout: IMPORT_TIMEOUT_MS,
        schema: {
          tags,
          summary: "Takes in orders of a CSV or XLSX file, row by row; the same twice is once",
          params: Line,
          body: z.object({
            name: z.string().regex(/\.(?:csv|xlsx)$/i, {
              error: "is no name that ends with .csv or .xlsx. Give the file's own.",
            }),
            content: z.base64().describe("the bytes of the file, in Base64"),
            dryRun: z.boolean().default(false).describe("says what would come of it"),
          }),
          response: { 200: TakenResource, ...problems(400, 401, 403, 404, 413, 429, 503) },
        },
      },
      async (request, reply) => {
        const { name, content, dryRun } = request.body;
        const file = { name, bytes: Buffer.from(content, "base64") };
        const taken = await takeSheet(database, office, lineIn(request), file, { dryRun });
        if (!dryRun) {
          await audit(request, "importHotlineOrders", "done");
          deps.arrived?.();
        }
        return reply.send(takenResource(taken));
      },
    );

    app.get(
      "/api/hotline/:line/orders",
      {
        schema: {
          tags,
          summary: "Orders of a hotline, newest first; the caller is masked",
          params: Line,
          querystring: z.object({
            ...pageQuery,
            q: z.string().trim().min(1).max(60).optional().describe("in the hotline's number"),
            kept: z
              .enum(["true"])
              .optional()
              .describe("only with updates that a person has to see"),
          }),
          response: {
            200: pageOf(HotlineOrderResource),
            ...problems(400, 401, 403, 404, 429, 503),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, q, kept } = request.query;
        const after = cursor === undefined ? null : orderPosition(cursor);
        if (after === undefined) return sendProblem(request, reply, badCursor);
        const found = await listHotlineOrders(
          database,
          lineIn(request),
          { scope: orderScope(callerOf(request).actor), q, kept: kept === "true" },
          after,
          limit + 1,
        );
        const page = cutPage(found, limit, (row) => cursorOf(row.receivedAt.toISOString(), row.no));
        return reply.send({
          items: page.rows.map((row) => hotlineOrderResource(row, "masked")),
          nextCursor: page.nextCursor,
        });
      },
    );

    app.get(
      "/api/hotline/:line/orders/:no",
      {
        schema: {
          tags,
          summary: "An order with every version that came and all that went back; audited",
          params: LineAndNo,
          response: {
            200: HotlineOrderResource.extend({
              updates: z.array(HotlineUpdateResource),
              answers: z.array(HotlineAnswerResource),
            }),
            ...problems(401, 403, 404, 429, 503),
          },
        },
      },
      async (request, reply) => {
        const { actor } = callerOf(request);
        const ref = { line: lineIn(request), no: request.params.no };
        const order = await findHotlineOrder(database, ref);
        const event = order?.eventNo == null ? null : await findEvent(database, order.eventNo);
        if (order === null || !mayReadOrder(actor, event?.state ?? null))
          return sendProblem(request, reply, notFound(`工单 ${ref.no}`));
        const knows = event === null || mayKnowReporters(actor, event.state);
        await audit(request, "readPersonalData", "done", event?.row.no ?? ref.no);
        const updates = await updatesOfOrder(database, ref);
        const answers = await answersOfOrders(database, ref.line, [ref.no]);
        return reply.send({
          ...hotlineOrderResource(order, knows ? "shown" : "masked"),
          updates: updates.map(hotlineUpdateResource),
          answers: answers.map(hotlineAnswerResource),
        });
      },
    );

    app.post(
      "/api/hotline/:line/answers/exports",
      {
        schema: {
          tags,
          summary: "What goes back to a hotline, as a file for somebody to upload there",
          params: Line,
          body: z.object({
            format: z.enum(EXPORT_FORMATS).default("xlsx"),
            since: timeBound("since").describe("everything since then; absent: what waits"),
            handOver: z
              .boolean()
              .default(false)
              .describe("what waits counts as brought there: results as told to the callers"),
          }),
          response: {
            200: { description: "the file", content: { "text/csv": { schema: z.any() } } },
            ...problems(400, 401, 403, 404, 429, 503),
          },
        },
      },
      async (request, reply) => {
        const { format, since } = request.body;
        const line = lineIn(request);
        const path = join(tmpdir(), `yihu-${randomUUID()}.${format}`);
        const name = `answers-${line}-${localDay(clock.now())}.${format}`;
        try {
          const rows = await exportAnswers(database, line, since ?? null, format, path);
          const file = await readFile(path);
          if (request.body.handOver) await handOver(database, office, rows, name);
          await audit(request, "exportHotlineAnswers", "done");
          return reply
            .type(MIME[format])
            .header("content-disposition", `attachment; filename="${name}"`)
            .send(file);
        } finally {
          await rm(path, { force: true });
        }
      },
    );
  });

  const audit = (
    request: FastifyRequest,
    action: string,
    outcome: "done" | "refused",
    no: string | null = null,
  ): Promise<void> =>
    writeAudit(database, {
      at: clock.now(),
      actor: callerOf(request).actor,
      action,
      subject: { type: "hotline", no: no ?? (request.params as { line: string }).line },
      outcome,
      ...(outcome === "refused" ? { reason: "noRight" } : {}),
    });
}

const lineOf = (request: FastifyRequest): HotlineLine | null =>
  hotlineNamed((request.params as { line: string }).line);

function lineIn(request: FastifyRequest): HotlineLine {
  const line = lineOf(request);
  if (line === null) throw new Error("A line was let through that is none.");
  return line;
}

/** undefined where the cursor is none of ours. */
function orderPosition(cursor: string): OrderPosition | undefined {
  const [moment, no] = positionIn(cursor, 2) ?? [];
  const receivedAt = new Date(moment ?? "");
  if (no === undefined || Number.isNaN(receivedAt.getTime())) return undefined;
  return { receivedAt, no };
}

const COMMAND_ROOM_ONLY = noRight(
  "热线工单由指挥室和系统管理员处理,导出回传由区指挥中心处理。请联系他们。",
);
