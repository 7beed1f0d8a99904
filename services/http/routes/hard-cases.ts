import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { findEvent } from "../../../db/queries/events.ts";
import { hardCases } from "../../../db/queries/hard-cases.ts";
import {
  HARD_CASE_SIGNS,
  MANDATE_PROPOSAL_DEFINITION,
  mandateProposals,
  mayReadMandates,
} from "../../domain/mandate-proposal.ts";
import { hasEventRight } from "../../domain/rights.ts";
import { readSpecialReport } from "../../print/read-special-report.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { noRight, notFound, problems, sendProblem } from "../problem.ts";
import { timeBound } from "../query-values.ts";
import { Moment, momentOrNull } from "../resources/shared.ts";

const MandateProposalResource = z.object({
  category: z.string(),
  cases: z.number().int(),
  signs: z.object(
    Object.fromEntries(HARD_CASE_SIGNS.map((sign) => [sign, z.number().int()])) as Record<
      (typeof HARD_CASE_SIGNS)[number],
      z.ZodNumber
    >,
  ),
  streets: z.array(z.string()),
  refusedBy: z.array(z.string()),
  examples: z.array(z.string()),
});

/** Cases that belong to nobody or to several: the draft of a 专报, and the list for the 三定 office. */
export function hardCaseRoutes(plain: FastifyInstance, { database, clock }: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.get(
    "/api/events/:no/special-report",
    {
      schema: {
        tags: ["events"],
        summary: "The draft of a 专报 about the event, from its history",
        params: z.object({ no: z.string().max(40) }),
        response: {
          200: z.object({ no: z.string(), text: z.string() }),
          ...problems(401, 403, 404, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { actor } = callerOf(request);
      const event = await findEvent(database, request.params.no);
      if (event === null || !hasEventRight(actor, "specialReport", event.state))
        return sendProblem(request, reply, notFound(`事件 ${request.params.no}`));
      const text = await readSpecialReport(database, event, clock.now());
      return reply.send({ no: event.row.no, text });
    },
  );

  app.get(
    "/api/mandate-proposals",
    {
      schema: {
        tags: ["stats"],
        summary: "Recurring cases without a clear owner, for the 三定 office",
        querystring: z.object({ from: timeBound("since"), to: timeBound("until") }),
        response: {
          200: z.object({
            from: Moment.nullable(),
            to: Moment.nullable(),
            definition: z.string(),
            items: z.array(MandateProposalResource),
          }),
          ...problems(400, 401, 403, 429, 503),
        },
      },
    },
    async (request, reply) => {
      if (!mayReadMandates(callerOf(request).actor))
        return sendProblem(request, reply, noRight("三定清单只对区级工作人员开放。"));
      const { from = null, to = null } = request.query;
      return reply.send({
        from: momentOrNull(from),
        to: momentOrNull(to),
        definition: MANDATE_PROPOSAL_DEFINITION,
        items: mandateProposals(await hardCases(database, { from, to })),
      });
    },
  );
}
