import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { inTransaction } from "../../in-transaction.ts";
import {
  type AcknowledgeOutcome,
  acknowledgeCall,
} from "../../workflows/call-upward-acknowledge.ts";
import { auditActing, OnBehalf, whoActs } from "../acting.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { callAnswer } from "../call-answers.ts";
import {
  invalidValue,
  noRight,
  notFound,
  type ProblemSaid,
  problems,
  sendProblem,
} from "../problem.ts";
import { shortText } from "../reporter.ts";
import { CallTicketResource } from "../resources/call-ticket.ts";

const Body = z.object({
  id: z.uuid().optional().describe("of `upward`; absent: the last that nothing came back for"),
  receipt: shortText(200).optional().describe("the platform's number or words for it"),
  acknowledgedAt: z.iso
    .datetime({ offset: true })
    .transform((iso) => new Date(iso))
    .optional()
    .describe("absent: now"),
});

export function callUpwardRoutes(plain: FastifyInstance, deps: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { database, office } = deps;

  app.post(
    "/api/call-tickets/:no/upward",
    {
      schema: {
        tags: ["call tickets"],
        summary:
          "Notes that the district's 12345 platform has the call, as after an upload by hand",
        params: z.object({ no: z.string().max(40) }),
        body: z.intersection(Body, OnBehalf),
        response: {
          200: CallTicketResource,
          ...problems(400, 401, 403, 404, 409, 422, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { no } = request.params;
      const { id = null, receipt = null, acknowledgedAt: at = null } = request.body;
      const acting = await whoActs(database, callerOf(request), request.body);
      if (!acting.ok) return sendProblem(request, reply, acting.problem);
      const outcome = await inTransaction(database, async (tx) => {
        if (acting.for !== null) {
          const subject = { type: "callTicket" as const, no };
          await auditActing(tx, deps, subject, "acknowledgeUpward", acting.for);
        }
        return acknowledgeCall(tx, office, no, { id, receipt, at }, acting.actor);
      });
      return outcome.ok
        ? reply.send(await callAnswer(deps, outcome.call, acting.actor))
        : sendProblem(request, reply, problemOf(outcome, no));
    },
  );
}

function problemOf({ why }: AcknowledgeOutcome & { ok: false }, no: string): ProblemSaid {
  switch (why) {
    case "notFound":
      return notFound(`呼叫工单 ${no}`);
    case "noRight":
      return noRight("您没有登记上报回执的权限。请由呼叫街道或区平台办理。");
    case "inFuture":
      return invalidValue("body.acknowledgedAt", "acknowledgedAt 在将来。请改为收到回执的时间。");
    case "nothingSent":
      return {
        status: 409,
        code: "nothingSent",
        title: "Nothing went up yet",
        detail: "这张呼叫工单还没有上报,没有可登记的回执。请先签批,或核对 id。",
      };
  }
}
