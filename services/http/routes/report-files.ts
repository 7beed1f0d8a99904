import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { writeAudit } from "../../../db/queries/audit.ts";
import {
  findReportFile,
  listReportFiles,
  type ReportFileRow,
} from "../../../db/queries/report-files.ts";
import type { Actor } from "../../domain/actor.ts";
import { mayAdminister } from "../../domain/admin-rights.ts";
import { REPORT_FORMATS, REPORT_KINDS, type ReportFormat } from "../../domain/report-file.ts";
import { mayHaveReports, reportReach } from "../../domain/report-reach.ts";
import { reportScope } from "../../reports/report-scope.ts";
import { type AskOutcome, askForReport } from "../../workflows/ask-for-report.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { badCursor, cursorOf, cutPage, pageOf, pageQuery, positionIn } from "../keyset.ts";
import {
  noRight,
  notFound,
  type ProblemSaid,
  problems,
  sendProblem,
  unknownOrg,
} from "../problem.ts";
import { timeBound } from "../query-values.ts";
import { fileNameOf, ReportFileResource, reportFileResource } from "../resources/report-file.ts";

const NO_REPORTS = noRight(
  "您没有生成报表的权限。街道和区级工作人员、部门响应人可以生成本单位的报表。",
);

const MIME: Record<ReportFormat, string> = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pdf: "application/pdf",
  csv: "text/csv; charset=utf-8",
};

/** Reports (报表): asked for, made by a job, fetched when they are ready. */
export function reportFileRoutes(plain: FastifyInstance, deps: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { database, office, clock } = deps;

  app.post(
    "/api/report-files",
    {
      schema: {
        tags: ["report files"],
        summary: "Asks for a report as a file; a job makes it",
        body: z.object({
          kind: z.enum(REPORT_KINDS),
          format: z.enum(REPORT_FORMATS),
          from: timeBound("since").nonoptional(),
          to: timeBound("until").nonoptional(),
          org: z.string().max(100).nullable().default(null).describe("null: as far as you may see"),
        }),
        response: { 202: ReportFileResource, ...problems(400, 401, 403, 422, 429, 503) },
      },
    },
    async (request, reply) => {
      const { actor } = callerOf(request);
      const { body } = request;
      const asked = await database.transaction((tx) => askForReport(tx, office, body, actor));
      if (!asked.ok) return sendProblem(request, reply, refusalOf(asked.code, body.org));
      deps.reportAsked?.();
      const row = await findReportFile(database, asked.id);
      if (row === null) throw new Error(`Report ${asked.id} was not written.`);
      return reply
        .code(202)
        .header("location", `/api/report-files/${row.id}`)
        .send(reportFileResource(row));
    },
  );

  app.get(
    "/api/report-files",
    {
      schema: {
        tags: ["report files"],
        summary: "The reports you asked for, newest first; for the administrator those of all",
        querystring: z.object(pageQuery),
        response: { 200: pageOf(ReportFileResource), ...problems(400, 401, 403, 429, 503) },
      },
    },
    async (request, reply) => {
      const { actor } = callerOf(request);
      if (!mayHaveReports(actor)) return sendProblem(request, reply, NO_REPORTS);
      const { limit, cursor } = request.query;
      const [beforeId = null] = cursor === undefined ? [] : (positionIn(cursor, 1) ?? [""]);
      if (beforeId !== null && !z.uuid().safeParse(beforeId).success)
        return sendProblem(request, reply, badCursor);
      const whose = mayAdminister(actor) ? null : actor.personId;
      const found = await listReportFiles(database, whose, beforeId, limit + 1);
      const page = cutPage(found, limit, ({ id }) => cursorOf(id));
      const items: ReportFileResource[] = [];
      for (const row of page.rows)
        if (await mayRead(row, actor)) items.push(reportFileResource(row));
      return reply.send({ items, nextCursor: page.nextCursor });
    },
  );

  app.get(
    "/api/report-files/:id",
    {
      schema: {
        tags: ["report files"],
        summary: "How far a report is",
        params: z.object({ id: z.uuid() }),
        response: { 200: ReportFileResource, ...problems(400, 401, 404, 429, 503) },
      },
    },
    async (request, reply) => {
      const row = await visible(request.params.id, callerOf(request).actor);
      return row === null
        ? sendProblem(request, reply, notFound("这份报表"))
        : reply.send(reportFileResource(row));
    },
  );

  app.get(
    "/api/report-files/:id/file",
    {
      schema: {
        tags: ["report files"],
        summary: "The file; audited",
        params: z.object({ id: z.uuid() }),
        response: {
          200: {
            description: "the file",
            content: { "application/octet-stream": { schema: z.any() } },
          },
          ...problems(400, 401, 404, 409, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { actor } = callerOf(request);
      const row = await visible(request.params.id, actor);
      if (row === null) return sendProblem(request, reply, notFound("这份报表"));
      if (row.state === "waiting") return sendProblem(request, reply, NOT_READY);
      const file = row.state === "ready" ? await deps.reports?.read(row.id, row.format) : null;
      if (file == null) return sendProblem(request, reply, GONE);
      await writeAudit(database, {
        at: clock.now(),
        actor,
        action: "readReport",
        subject: { type: "report", no: row.id },
        outcome: "done",
      });
      const name = encodeURIComponent(fileNameOf(row));
      return reply
        .type(MIME[row.format])
        .header(
          "content-disposition",
          `attachment; filename="report.${row.format}"; filename*=UTF-8''${name}`,
        )
        .send(file);
    },
  );

  async function visible(id: string, actor: Actor): Promise<ReportFileRow | null> {
    const row = await findReportFile(database, id);
    return row !== null && (await mayRead(row, actor)) ? row : null;
  }

  /** Whoever asked for it, while they may; and the administrator. */
  async function mayRead(row: ReportFileRow, actor: Actor): Promise<boolean> {
    if (mayAdminister(actor)) return true;
    const own = row.personId !== null && row.personId === actor.personId;
    if (!own || reportReach(actor, row.kind) === null) return false;
    const scope = await reportScope(database, actor, row.kind, row.orgCode ?? null);
    // Whoever was of the district when they asked and is of a street now would get another report today.
    return typeof scope !== "string" && scope.orgCode === row.orgCode;
  }
}

function refusalOf(
  code: Extract<AskOutcome, { ok: false }>["code"],
  org: string | null,
): ProblemSaid {
  switch (code) {
    case "noRight":
      return org === null
        ? NO_REPORTS
        : noRight("报表只能是您所在街道或部门的。请去掉 org,或换成本单位的编码。");
    case "unknownOrg":
      return unknownOrg("body.org", org ?? "");
    case "streetsOnly":
      return invalid(
        "body.org",
        "简报和通报只能按全区或街道生成。请把 org 换成街道的编码,或去掉它。",
      );
    case "wrongFormat":
      return invalid(
        "body.format",
        "这种报表没有这个格式。简报和通报用 docx 或 pdf,台账用 xlsx 或 csv。",
      );
    case "wrongPeriod":
      return invalid("body.to", "统计期要从早到晚,不超过 400 天。请改正起止日期。");
    case "tooMany":
      return {
        status: 429,
        code: "tooManyReports",
        title: "Too many reports are waiting",
        detail: "您还有 5 份报表在生成。请等它们完成后再要。",
      };
  }
}

const invalid = (field: string, detail: string): ProblemSaid => ({
  status: 422,
  code: "invalidValue",
  title: "A value does not fit here",
  detail,
  errors: [{ field, message: detail }],
});

const NOT_READY: ProblemSaid = {
  status: 409,
  code: "notReady",
  title: "The report is not ready",
  detail: "报表还在生成。请等进度到 100 再下载。",
};

const GONE: ProblemSaid = {
  status: 404,
  code: "reportGone",
  title: "The file is not there any more",
  detail: "报表没有生成成功,或已过 30 天保存期。请重新生成。",
};
