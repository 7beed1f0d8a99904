import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Db } from "../../../db/client.ts";
import { type CallRecord, findCall } from "../../../db/queries/calls.ts";
import type { Clock } from "../../clock.ts";
import { maySeeCall } from "../../domain/call-rights.ts";
import { opensForm } from "../../form-link.ts";
import { CALL_FORM_POLICY, callFormHtml } from "../../print/call-form-html.ts";
import { callFormPdf } from "../../print/call-form-pdf.ts";
import { FontMissing } from "../../print/chinese-font.ts";
import { readCallForm } from "../../print/read-call-form.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { notFound, type ProblemSaid, problems, sendProblem } from "../problem.ts";

const Params = z.object({ no: z.string().max(40) });
const Query = z.object({
  exp: z.string().max(20).optional().describe("of a signed link: seconds since 1970"),
  sig: z.string().max(100).optional(),
});

const FORMATS = [
  {
    path: "form",
    mime: "text/html",
    summary: "The 《“街呼区应”呼叫单》 as a page that prints well on A4",
  },
  { path: "form.pdf", mime: "application/pdf", summary: "The 《“街呼区应”呼叫单》 as PDF" },
] as const;

/**
 * The printed form, for whoever may see the call. A browser has no token to show: links from the API
 * (`form`) are signed instead, for one call and a day.
 *
 * @param authenticate - the hook of the API; a signed link passes without it
 */
export function callFormRoutes(
  plain: FastifyInstance,
  deps: AppDeps,
  authenticate: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const isSigned = (request: FastifyRequest): boolean =>
    opensForm(
      deps.config.adminToken,
      (request.params as { no: string }).no,
      request.query as z.infer<typeof Query>,
      deps.clock.now(),
    );

  for (const { path, mime, summary } of FORMATS) {
    app.get(
      `/api/call-tickets/:no/${path}`,
      {
        onRequest: async (request, reply) =>
          isSigned(request) ? undefined : authenticate(request, reply),
        schema: {
          tags: ["call tickets"],
          summary,
          params: Params,
          querystring: Query,
          response: {
            200: { description: "the form", content: { [mime]: { schema: z.any() } } },
            ...problems(401, 404, 429, 503),
          },
        },
      },
      async (request, reply) => {
        const { no } = request.params;
        const call = await findCall(deps.database, no);
        const visible =
          call !== null && (isSigned(request) || maySeeCall(callerOf(request).actor, call.state));
        return visible
          ? sendForm(request, reply, { db: deps.database, clock: deps.clock }, call, path)
          : sendProblem(request, reply, notFound(`呼叫工单 ${no}`));
      },
    );
  }
}

/** The same forms for the sandbox's page, which is let in by its own means. */
export function sandboxFormRoutes(plain: FastifyInstance, deps: { db: Db; clock: Clock }): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  for (const { path, summary } of FORMATS) {
    app.get(
      `/sandbox/call-tickets/:no/${path}`,
      { schema: { tags: ["sandbox"], summary, params: Params } },
      async (request, reply) => {
        const { no } = request.params;
        const call = await findCall(deps.db, no);
        return call === null
          ? sendProblem(request, reply, notFound(`呼叫工单 ${no}`))
          : sendForm(request, reply, deps, call, path);
      },
    );
  }
}

async function sendForm(
  request: FastifyRequest,
  reply: FastifyReply,
  { db, clock }: { db: Db; clock: Clock },
  call: CallRecord,
  path: (typeof FORMATS)[number]["path"],
): Promise<FastifyReply> {
  const form = await readCallForm(db, call, clock.now());
  reply.header("cache-control", "no-store").header("referrer-policy", "no-referrer");
  if (path === "form") {
    return reply
      .type("text/html; charset=utf-8")
      .header("content-security-policy", CALL_FORM_POLICY)
      .send(callFormHtml(form));
  }
  try {
    const pdf = await callFormPdf(form);
    return reply
      .type("application/pdf")
      .header("content-disposition", `inline; filename="${form.no}.pdf"`)
      .send(Buffer.from(pdf));
  } catch (error) {
    if (!(error instanceof FontMissing)) throw error;
    request.log.error({ problem: error.message }, "a form could not be printed");
    return sendProblem(request, reply, NO_FONT);
  }
}

const NO_FONT: ProblemSaid = {
  status: 503,
  code: "fontMissing",
  title: "There is no Chinese font for PDF files",
  detail:
    "服务器没有中文字体,不能生成 PDF。请先打印网页版(去掉地址末尾的 .pdf),并请管理员安装 @embedpdf/fonts-sc 或 fonts-noto-cjk。",
};
