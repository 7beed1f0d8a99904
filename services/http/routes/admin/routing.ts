import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Db } from "../../../../db/client.ts";
import {
  allCategories,
  allOrgs,
  findGrid,
  findOrg,
  routingRulesFor,
} from "../../../../db/queries/directory.ts";
import { EVENT_LEVELS, URGENCIES } from "../../../domain/level.ts";
import { routeFor } from "../../../workflows/event-surroundings.ts";
import type { AppDeps } from "../../app.ts";
import { type ProblemSaid, problems, sendProblem, unknownOrg } from "../../problem.ts";

const TrialResource = z.object({
  kind: z.string().describe("what the message would be taken for"),
  reports: z.boolean().describe("it would become an event"),
  emergency: z.string().nullable(),
  confidence: z.number(),
  items: z.array(
    z.object({
      category: z.string(),
      categoryName: z.string(),
      candidates: z.array(
        z.object({ category: z.string(), categoryName: z.string(), score: z.number() }),
      ),
      summary: z.string(),
      level: z.literal([...EVENT_LEVELS]),
      urgency: z.enum(URGENCIES),
      place: z.string().nullable(),
      streetCode: z.string().nullable(),
      route: z
        .object({
          leadOrg: z.string(),
          leadName: z.string(),
          supports: z.array(z.object({ orgCode: z.string(), name: z.string() })),
          row: z
            .object({ category: z.string(), streetCode: z.string() })
            .nullable()
            .describe("the row of routing.csv that decided; null: the community of the grid"),
        })
        .nullable()
        .describe("null: nobody is named, the command room decides"),
    }),
  ),
});

/** 分流试算: what would become of a report, without writing anything. */
export function routingRoutes(plain: FastifyInstance, deps: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { database } = deps;

  app.post(
    "/api/routing/trial",
    {
      schema: {
        tags: ["administration"],
        summary: "How a report would be understood and who would handle it; writes nothing",
        body: z.object({
          text: z.string().trim().min(1).max(2000),
          street: z
            .string()
            .max(100)
            .nullable()
            .default(null)
            .describe("where the place itself tells none"),
          grid: z.string().max(100).nullable().default(null).describe("said in this grid's group"),
        }),
        response: { 200: TrialResource, ...problems(400, 401, 403, 422, 429, 503) },
      },
    },
    async (request, reply) => {
      const { text, street, grid } = request.body;
      const ear = deps.ear?.() ?? null;
      if (ear === null) return sendProblem(request, reply, NO_EAR);
      if (street !== null && (await findOrg(database, street))?.type !== "street")
        return sendProblem(request, reply, unknownOrg("body.street", street));
      const reading = ear.rehearse(text, grid);
      const names = new Map((await allCategories(database)).map(({ slug, name }) => [slug, name]));
      const orgs = new Map((await allOrgs(database)).map(({ code, name }) => [code, name]));
      const items = [];
      for (const { gridCode, ...item } of reading.items) {
        const place = gridCode === null ? null : await findGrid(database, gridCode);
        const streetCode = place?.streetCode ?? street;
        items.push({
          ...item,
          categoryName: names.get(item.category) ?? item.category,
          candidates: item.candidates.map((one) => ({
            ...one,
            categoryName: names.get(one.category) ?? one.category,
          })),
          streetCode,
          route: await routeOf(database, item.category, streetCode, gridCode, orgs),
        });
      }
      return reply.send({ ...reading, items });
    },
  );
}

async function routeOf(
  db: Db,
  category: string,
  streetCode: string | null,
  gridCode: string | null,
  names: ReadonlyMap<string, string>,
) {
  const place = { raw: null, addressCode: null, gridCode, lng: null, lat: null };
  const route = await routeFor(db, { category, streetCode, place });
  if (route === null) return null;
  const [row] = await routingRulesFor(db, category, streetCode);
  return {
    leadOrg: route.leadOrg,
    leadName: names.get(route.leadOrg) ?? route.leadOrg,
    supports: route.supportOrgs.map((orgCode) => ({
      orgCode,
      name: names.get(orgCode) ?? orgCode,
    })),
    row: row === undefined ? null : { category: row.category, streetCode: row.streetCode },
  };
}

const NO_EAR: ProblemSaid = {
  status: 503,
  code: "earElsewhere",
  title: "The bot runs in another process",
  detail: "机器人不在这个进程里运行,不能试算。请在运行机器人的实例(ROLES 含 bot)上打开。",
};
