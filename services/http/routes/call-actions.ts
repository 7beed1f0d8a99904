import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Db } from "../../../db/client.ts";
import { findCall } from "../../../db/queries/calls.ts";
import { CallCommand } from "../../domain/call-command.ts";
import { inTransaction } from "../../in-transaction.ts";
import { actOnCall } from "../../workflows/act-on-call.ts";
import { locatePlace } from "../../workflows/locate-place.ts";
import { pressOnce } from "../../workflows/press-once.ts";
import { auditActing, OnBehalf, whoActs } from "../acting.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { callAnswer } from "../call-answers.ts";
import { departmentsNamed, kindlyCall } from "../call-command-body.ts";
import { type CallReferences, unknownReference } from "../call-references.ts";
import {
  inRegistry,
  keyOfAnother,
  PressBody,
  PressHeaders,
  pressKey,
  pressMoment,
  whoPresses,
} from "../press.ts";
import { problems, sendProblem } from "../problem.ts";
import { CALL_WORDING, refusalProblem } from "../refusal-problem.ts";
import { CallTicketResource } from "../resources/call-ticket.ts";

export function callActionRoutes(plain: FastifyInstance, deps: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { database, office } = deps;

  app.post(
    "/api/call-tickets/:no/actions",
    {
      schema: {
        tags: ["call tickets"],
        summary: "Does something to a call ticket, as in chat",
        description:
          "A place may be its name; `note` and `reason` stand in for each other. A department may be named by `deptCode` where the caller is not of one.",
        params: z.object({ no: z.string().max(40) }),
        headers: PressHeaders,
        body: z.intersection(CallCommand, OnBehalf.extend(PressBody.shape)),
        response: {
          200: CallTicketResource,
          ...problems(400, 401, 403, 404, 409, 422, 429, 503),
        },
      },
      preValidation: async (request: FastifyRequest) => {
        request.body = kindlyCall(request.body);
      },
    },
    async (request, reply) => {
      const { no } = request.params;
      const acting = await whoActs(database, callerOf(request), request.body);
      if (!acting.ok) return sendProblem(request, reply, acting.problem);
      const { body } = request;
      const given: CallCommand =
        body.action === "checkIn" ? inRegistry(body, body.datum, deps.config.registryDatum) : body;
      const command = await withPositions(database, no, given);
      const strange = await unknownReference(database, referencesOf(command));
      if (strange !== null) return sendProblem(request, reply, strange);
      const at = deps.clock.now();
      const pressed = pressMoment(request.body.pressedAt, at);
      if (!pressed.ok) return sendProblem(request, reply, pressed.problem);
      const press = { who: whoPresses(acting.actor), key: pressKey(request.headers), no, at };

      const done = await inTransaction(database, (tx) =>
        pressOnce(tx, press, async () => {
          if (acting.for !== null) {
            const subject = { type: "callTicket" as const, no };
            await auditActing(tx, deps, subject, command.action, acting.for);
          }
          return actOnCall(tx, office, no, command, acting.actor, null, pressed.at);
        }),
      );
      if (done.kind === "otherSubject") return sendProblem(request, reply, keyOfAnother);
      if (done.kind === "done" && !done.outcome.ok)
        return sendProblem(request, reply, refusalProblem(done.outcome, CALL_WORDING));
      const call =
        done.kind === "done" && done.outcome.ok ? done.outcome.call : await findCall(database, no);
      if (call === null) throw new Error(`Call ${no} was acted on and is not there.`);
      return reply.send(await callAnswer(deps, call, acting.actor));
    },
  );
}

/** Places that were only named get their position, so that arrivals can be measured against them. */
async function withPositions(db: Db, no: string, command: CallCommand): Promise<CallCommand> {
  if (command.action === "amend" && command.place) {
    return { ...command, place: await locatePlace(db, command.place) };
  }
  if (command.action === "dispatch" && command.reportPlace !== null) {
    const call = await findCall(db, no);
    const known = call === null ? [] : [call.state.place, call.state.reportPlace];
    return { ...command, reportPlace: await locatePlace(db, command.reportPlace, known) };
  }
  return command;
}

function referencesOf(command: CallCommand): CallReferences {
  const deptCodes = departmentsNamed(command);
  switch (command.action) {
    case "amend":
      return {
        deptCodes,
        itemNo: command.itemNo,
        places: command.place ? [{ field: "place", ...command.place }] : [],
      };
    case "dispatch":
      return {
        deptCodes,
        places: command.reportPlace ? [{ field: "reportPlace", ...command.reportPlace }] : [],
      };
    default:
      return { deptCodes, places: [] };
  }
}
