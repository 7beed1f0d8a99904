import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Db } from "../../../db/client.ts";
import { writeAudit } from "../../../db/queries/audit.ts";
import { findEvent } from "../../../db/queries/events.ts";
import type { Actor } from "../../domain/actor.ts";
import { API_CHANNEL, senderOfPerson } from "../../domain/api-sender.ts";
import { EventCommand } from "../../domain/event-command.ts";
import { refuse } from "../../domain/refusal.ts";
import { maySeeEvent } from "../../domain/rights.ts";
import { inTransaction } from "../../in-transaction.ts";
import { actOnEvent, type EventOutcome } from "../../workflows/act-on-event.ts";
import { joinEvent } from "../../workflows/join-event.ts";
import { pressOnce } from "../../workflows/press-once.ts";
import { auditActing, OnBehalf, whoActs } from "../acting.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { kindly, unknownCode } from "../event-command-body.ts";
import {
  keyOfAnother,
  PressBody,
  PressHeaders,
  pressKey,
  pressMoment,
  whoPresses,
} from "../press.ts";
import { problems, sendProblem } from "../problem.ts";
import { refusalProblem } from "../refusal-problem.ts";
import { EventResource } from "../resources/event.ts";
import { withoutReporters } from "./events.ts";

export function eventActionRoutes(plain: FastifyInstance, deps: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { database } = deps;

  app.post(
    "/api/events/:no/actions",
    {
      schema: {
        tags: ["events"],
        summary: "Does something to an event, as in chat",
        params: z.object({ no: z.string().max(40) }),
        headers: PressHeaders,
        body: z.intersection(EventCommand, OnBehalf.extend(PressBody.shape)),
        response: {
          200: EventResource,
          ...problems(400, 401, 403, 404, 409, 422, 429, 503),
        },
      },
      preValidation: async (request: FastifyRequest) => {
        request.body = kindly(request.body);
      },
    },
    async (request, reply) => {
      const { no } = request.params;
      const command: EventCommand = request.body;
      const acting = await whoActs(database, callerOf(request), request.body);
      if (!acting.ok) return sendProblem(request, reply, acting.problem);
      const strange = await unknownCode(database, command);
      if (strange !== null) return sendProblem(request, reply, strange);
      const at = deps.clock.now();
      const pressed = pressMoment(request.body.pressedAt, at);
      if (!pressed.ok) return sendProblem(request, reply, pressed.problem);
      const press = { who: whoPresses(acting.actor), key: pressKey(request.headers), no, at };

      const done = await inTransaction(database, (tx) =>
        pressOnce(tx, press, async () => {
          if (acting.for !== null)
            await auditActing(tx, deps, { type: "event", no }, command.action, acting.for);
          return command.action === "join"
            ? join(tx, deps, no, command.note ?? "", acting.actor)
            : actOnEvent(tx, deps.office, no, command, acting.actor, null, pressed.at);
        }),
      );
      if (done.kind === "otherSubject") return sendProblem(request, reply, keyOfAnother);
      if (done.kind === "done" && !done.outcome.ok)
        return sendProblem(request, reply, refusalProblem(done.outcome));
      // Whoever acted reads the result, also where the act took their right to look on, as a return does.
      const event =
        done.kind === "done" && done.outcome.ok
          ? done.outcome.event
          : await findEvent(database, no);
      if (event === null) throw new Error(`Event ${no} was acted on and is not there.`);
      return reply.send(await withoutReporters(deps, event, acting.actor));
    },
  );
}

/**
 * Joining makes a reporter, and reporters may look: by the API, where any number can be named, only
 * whoever sees the event already may join it.
 */
async function join(
  tx: Db,
  deps: AppDeps,
  no: string,
  words: string,
  actor: Actor,
): Promise<EventOutcome> {
  const event = await findEvent(tx, no);
  if (event !== null && !maySeeEvent(actor, event.state)) {
    await writeAudit(tx, {
      at: deps.clock.now(),
      actor,
      action: "join",
      subject: { type: "event", no },
      outcome: "refused",
      reason: "noRight",
    });
    return refuse("join", "noRight");
  }
  // The administrator's token is nobody: it may note that others joined, and does not join itself.
  const platformUserId =
    actor.platformUserId ?? (actor.personId === null ? null : senderOfPerson(actor.personId));
  if (platformUserId === null) {
    return actOnEvent(tx, deps.office, no, { action: "join", note: words }, actor, null);
  }
  return joinEvent(tx, deps.office, no, words, {
    actor,
    channel: API_CHANNEL,
    platformUserId,
    conversation: { id: `private:${platformUserId}`, type: "private" },
    reply: null,
    message: null,
  });
}
