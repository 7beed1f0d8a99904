import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Db } from "../../../db/client.ts";
import { findGrid, findOrg } from "../../../db/queries/directory.ts";
import type { Actor } from "../../domain/actor.ts";
import { CallDraft } from "../../domain/call-command.ts";
import { inTransaction } from "../../in-transaction.ts";
import { draftCall } from "../../workflows/draft-call.ts";
import { locatePlace } from "../../workflows/locate-place.ts";
import { auditActing, OnBehalf, whoActs } from "../acting.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { callAnswer } from "../call-answers.ts";
import { kindlyDraft } from "../call-command-body.ts";
import { unknownReference } from "../call-references.ts";
import { invalidValue, type ProblemSaid, problems, sendProblem } from "../problem.ts";
import { CALL_WORDING, refusalProblem } from "../refusal-problem.ts";
import { CallTicketResource } from "../resources/call-ticket.ts";

const DraftBody = CallDraft.extend({
  categories: z
    .array(z.string().max(100))
    .max(10)
    .default([])
    .describe("slugs that fit the cause, best first; they help to find the item of the list"),
  street: z
    .string()
    .max(100)
    .optional()
    .describe("the calling street, where the administrator's token drafts for nobody"),
});

export function callDraftRoutes(plain: FastifyInstance, deps: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { database, office } = deps;

  app.post(
    "/api/call-tickets",
    {
      schema: {
        tags: ["call tickets"],
        summary: "Drafts a call: a complete one goes for signature, an emergency goes out at once",
        description:
          "`missing` names what a draft lacks; give it by the action `amend`. `place` may be a name, `departments` stands for `deptCodes`.",
        body: z.intersection(DraftBody, OnBehalf),
        response: {
          201: CallTicketResource,
          ...problems(400, 401, 403, 422, 429, 503),
        },
      },
      preValidation: async (request: FastifyRequest) => {
        request.body = kindlyDraft(request.body);
      },
    },
    async (request, reply) => {
      const { categories, street, actor: _actor, reporter: _reporter, ...asked } = request.body;
      const acting = await whoActs(database, callerOf(request), request.body);
      if (!acting.ok) return sendProblem(request, reply, acting.problem);
      const place = asked.place && (await locatePlace(database, asked.place));
      const strange = await unknownReference(database, {
        ...asked,
        places: place === null ? [] : [{ field: "place", ...place }],
      });
      if (strange !== null) return sendProblem(request, reply, strange);
      const drafter = await withStreet(database, acting.actor, street, place?.gridCode ?? null);
      if ("problem" in drafter) return sendProblem(request, reply, drafter.problem);

      const outcome = await inTransaction(database, async (tx) => {
        const drafted = await draftCall(
          tx,
          office,
          { ...asked, place },
          categories.length > 0 ? categories : (deps.categoriesOf?.(request.body.cause) ?? []),
          drafter.actor,
          null,
        );
        if (acting.for !== null) {
          const no = drafted.ok ? drafted.call.row.no : null;
          await auditActing(tx, deps, { type: "callTicket", no }, "callDraft", acting.for);
        }
        return drafted;
      });
      if (!outcome.ok) return sendProblem(request, reply, refusalProblem(outcome, CALL_WORDING));
      return reply.code(201).send(await callAnswer(deps, outcome.call, drafter.actor));
    },
  );
}

/** The administrator's token belongs to no street: it drafts for the one named, or the place's. */
async function withStreet(
  db: Db,
  actor: Actor,
  street: string | undefined,
  gridCode: string | null,
): Promise<{ actor: Actor } | { problem: ProblemSaid }> {
  if (actor.power === undefined) return { actor };
  const grid = gridCode === null ? null : await findGrid(db, gridCode);
  const streetCode = street ?? grid?.streetCode ?? null;
  const org = streetCode === null ? null : await findOrg(db, streetCode);
  if (org?.type !== "street") {
    const detail = "不知道是哪个街道呼叫。请给出 street(街道编码),或用 actor 写明起草人。";
    return { problem: invalidValue("body.street", detail) };
  }
  return { actor: { ...actor, streetCode } };
}
