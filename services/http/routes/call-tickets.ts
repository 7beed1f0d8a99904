import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { type CallPosition, listCalls } from "../../../db/queries/call-lists.ts";
import { findCall, findCalls } from "../../../db/queries/calls.ts";
import { maySeeCall } from "../../domain/call-rights.ts";
import { callScope } from "../../domain/call-scope.ts";
import { CALL_STATUSES, CALL_TYPES } from "../../domain/call-ticket.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { callAnswer, callAnswers } from "../call-answers.ts";
import { badCursor, cursorOf, cutPage, pageOf, pageQuery, positionIn } from "../keyset.ts";
import { notFound, problems, sendProblem } from "../problem.ts";
import { someOf, timeBound } from "../query-values.ts";
import { CallTicketResource } from "../resources/call-ticket.ts";

const ListQuery = z.object({
  ...pageQuery,
  no: someOf(z.string().max(40)).describe("only these, separated by commas"),
  status: someOf(z.enum(CALL_STATUSES)).describe("one, or several separated by commas"),
  street: z.string().max(100).optional().describe("code of the calling street"),
  dept: z.string().max(100).optional().describe("code of a department that takes or took part"),
  callType: z.enum(CALL_TYPES).optional(),
  from: timeBound("since"),
  to: timeBound("until"),
});

export function callTicketRoutes(plain: FastifyInstance, deps: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { database } = deps;

  app.get(
    "/api/call-tickets",
    {
      schema: {
        tags: ["call tickets"],
        summary: "Call tickets (呼叫工单) you may see, newest first",
        querystring: ListQuery,
        response: { 200: pageOf(CallTicketResource), ...problems(400, 401, 429, 503) },
      },
    },
    async (request, reply) => {
      const { limit, cursor, ...filter } = request.query;
      const { actor } = callerOf(request);
      const after = cursor === undefined ? null : callPosition(cursor);
      if (after === undefined) return sendProblem(request, reply, badCursor);
      const found = await listCalls(database, callScope(actor), filter, after, limit + 1);
      const page = cutPage(found, limit, (row) => cursorOf(row.createdAt.toISOString(), row.no));
      const calls = await findCalls(
        database,
        page.rows.map((row) => row.no),
      );
      return reply.send({
        items: await callAnswers(deps, calls, actor),
        nextCursor: page.nextCursor,
      });
    },
  );

  app.get(
    "/api/call-tickets/:no",
    {
      schema: {
        tags: ["call tickets"],
        summary: "A call ticket with what every department owes and did",
        params: z.object({ no: z.string().max(40) }),
        response: { 200: CallTicketResource, ...problems(401, 404, 429, 503) },
      },
    },
    async (request, reply) => {
      const { no } = request.params;
      const { actor } = callerOf(request);
      const call = await findCall(database, no);
      // What somebody may not see is as unknown to them as what does not exist.
      if (call === null || !maySeeCall(actor, call.state)) {
        return sendProblem(request, reply, notFound(`呼叫工单 ${no}`));
      }
      return reply.send(await callAnswer(deps, call, actor));
    },
  );
}

/** undefined where the cursor is none of ours. */
function callPosition(cursor: string): CallPosition | undefined {
  const [moment, no] = positionIn(cursor, 2) ?? [];
  const createdAt = new Date(moment ?? "");
  if (no === undefined || Number.isNaN(createdAt.getTime())) return undefined;
  return { createdAt, no };
}
