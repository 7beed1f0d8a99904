import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { writeAudit } from "../../../../db/queries/audit.ts";
import { findClassifier, listClassifiers } from "../../../../db/queries/classifiers.ts";
import { disagreements, promptVersionsUsed } from "../../../../db/queries/disagreements.ts";
import { isWorthUsing } from "../../../domain/learned-report.ts";
import { DAY_MS, isoLocal } from "../../../domain/time.ts";
import { switchClassifier } from "../../../workflows/switch-classifier.ts";
import type { AppDeps } from "../../app.ts";
import { callerOf } from "../../auth.ts";
import { notFound, type ProblemSaid, problems, sendProblem } from "../../problem.ts";
import { Moment } from "../../resources/shared.ts";

const MOST_DISAGREEMENTS = 1000;

const HitsResource = z.object({ top1: z.number(), top3: z.number() });
const ClassifierResource = z.object({
  version: z.number().int(),
  trainedAt: Moment,
  inUse: z.boolean(),
  trust: z.number(),
  events: z.number().int(),
  categories: z.number().int(),
  cold: HitsResource.describe("the lexicon alone, on events not seen before"),
  learned: HitsResource.describe("the lexicon with what was learnt"),
  worthUsing: z.boolean(),
});

const DisagreementResource = z.object({
  no: z.string(),
  words: z.string(),
  rules: z.string().nullable(),
  model: z.string().nullable(),
  category: z.string().describe("as it stands now, corrections included"),
});

const period = z.object({ days: z.coerce.number().int().min(1).max(3650).default(90) });

/** What the ear has learnt and is told: classifier versions, prompts, and where rules and model differ. */
export function learningRoutes(plain: FastifyInstance, deps: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { database, clock } = deps;

  app.get(
    "/api/classifiers",
    {
      schema: {
        tags: ["administration"],
        summary: "Every classifier that was trained, with its figures, newest first",
        response: {
          200: z.object({ items: z.array(ClassifierResource) }),
          ...problems(401, 403, 429, 503),
        },
      },
    },
    async (_request, reply) =>
      reply.send({
        items: (await listClassifiers(database)).map(
          ({ version, trainedAt, inUse, trust, report }) => ({
            version,
            trainedAt: isoLocal(trainedAt),
            inUse,
            trust,
            events: report.n,
            categories: report.categories,
            cold: report.cold,
            learned: report.learned,
            worthUsing: isWorthUsing(report),
          }),
        ),
      }),
  );

  app.put(
    "/api/classifiers/in-use",
    {
      schema: {
        tags: ["administration"],
        summary: "Switches a classifier on, back or off; the bot follows within seconds",
        body: z.object({
          version: z.number().int().nullable().describe("null: the lexicon alone"),
          anyway: z.boolean().default(false).describe("also one that finds less than the lexicon"),
        }),
        response: {
          200: z.object({ before: z.number().int().nullable() }),
          ...problems(400, 401, 403, 404, 409, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { version, anyway } = request.body;
      const { actor } = callerOf(request);
      const wanted = version === null ? null : await findClassifier(database, version);
      if (version !== null && wanted === null)
        return sendProblem(request, reply, notFound(`分类器版本 ${version}`));
      if (wanted !== null && deps.ear?.()?.readsClassifier(wanted.model) === false)
        return sendProblem(request, reply, OUTDATED);
      if (wanted !== null && !anyway && !isWorthUsing(wanted.report))
        return sendProblem(request, reply, NOT_WORTH_IT);
      const done = await database.transaction((tx) =>
        switchClassifier(tx, clock.now(), version, actor),
      );
      if (!done.ok) return sendProblem(request, reply, notFound(`分类器版本 ${version}`));
      return reply.send({ before: done.before });
    },
  );

  app.get(
    "/api/prompts",
    {
      schema: {
        tags: ["administration"],
        summary: "Which prompt the model is told now, and which versions read events",
        response: {
          200: z.object({
            model: z.string().nullable().describe("null: rules alone"),
            current: z.string().nullable().describe("null where the bot runs in another process"),
            used: z.array(
              z.object({
                version: z.string(),
                events: z.number().int(),
                first: Moment,
                last: Moment,
              }),
            ),
          }),
          ...problems(401, 403, 429, 503),
        },
      },
    },
    async (_request, reply) =>
      reply.send({
        model: deps.config.model?.model ?? null,
        current: deps.ear?.()?.promptVersion ?? null,
        used: (await promptVersionsUsed(database)).map(({ version, events, first, last }) => ({
          version,
          events,
          first: isoLocal(first),
          last: isoLocal(last),
        })),
      }),
  );

  app.get(
    "/api/disagreements",
    {
      schema: {
        tags: ["administration"],
        summary: "Events that rules and model took for different things, newest first",
        querystring: period,
        response: {
          200: z.object({ items: z.array(DisagreementResource) }),
          ...problems(400, 401, 403, 429, 503),
        },
      },
    },
    async (request, reply) => reply.send({ items: await found(request.query.days, 200) }),
  );

  app.get(
    "/api/disagreements/lines",
    {
      schema: {
        tags: ["administration"],
        summary: "The same as lines of {text, label} for npm run train; audited",
        querystring: period,
        response: {
          200: {
            description: "JSON lines",
            content: { "application/x-ndjson": { schema: z.any() } },
          },
          ...problems(400, 401, 403, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const items = await found(request.query.days, MOST_DISAGREEMENTS);
      await writeAudit(database, {
        at: clock.now(),
        actor: callerOf(request).actor,
        action: "readDisagreements",
        subject: { type: "learning", no: null },
        outcome: "done",
      });
      const lines = items
        .filter(({ words }) => words !== "")
        .map(({ words, category }) => `${JSON.stringify({ text: words, label: category })}\n`);
      return reply
        .type("application/x-ndjson; charset=utf-8")
        .header("content-disposition", 'attachment; filename="disagreements.jsonl"')
        .send(lines.join(""));
    },
  );

  const found = (days: number, most: number) =>
    disagreements(database, new Date(clock.now().getTime() - days * DAY_MS), most);
}

const OUTDATED: ProblemSaid = {
  status: 409,
  code: "classifierOutdated",
  title: "The classifier was made for another version",
  detail: "这个分类器是旧版本训练的,现在读不了。请用 npm run train -- --district 重新训练。",
};

const NOT_WORTH_IT: ProblemSaid = {
  status: 409,
  code: "classifierNotWorthUsing",
  title: "The classifier finds less than the lexicon alone",
  detail:
    "这个分类器在没见过的事件上不如词表,没有启用。请积累更多事件后重新训练,或确认后强制启用。",
};
