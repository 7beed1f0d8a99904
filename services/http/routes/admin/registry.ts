import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { strToU8, zipSync } from "fflate";
import { z } from "zod";
import { writeAudit } from "../../../../db/queries/audit.ts";
import { findSite } from "../../../../db/queries/directory.ts";
import { registryTexts } from "../../../../db/registry/export-registry.ts";
import { localDay } from "../../../domain/time.ts";
import { importRegistryAs, previewRegistry } from "../../../workflows/change-registry.ts";
import type { AppDeps } from "../../app.ts";
import { callerOf } from "../../auth.ts";
import { problems, sendProblem } from "../../problem.ts";
import { Moment, momentOrNull } from "../../resources/shared.ts";
import { ImportResource, importAnswer } from "./import-answer.ts";

/** The addresses of a large district are some 20 MB, in Base64 a third more. */
const BODY_LIMIT = 60 * 1024 * 1024;
/** An import of a whole district may take minutes. */
const IMPORT_TIMEOUT_MS = 300_000;

const Upload = z.object({
  files: z
    .array(
      z.object({
        name: z.string().min(1).max(200).describe("such as people.csv"),
        content: z.base64().describe("the bytes of the file, in Base64"),
      }),
    )
    .min(1)
    .max(50),
  prune: z.boolean().default(false).describe("deactivates what the given files leave out"),
  intoSample: z
    .boolean()
    .default(false)
    .describe("changes the made-up district instead of replacing it; elsewhere without effect"),
});

/** The registry as files: what an import would do, the import, the export. */
export function registryRoutes(plain: FastifyInstance, deps: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { database, office, clock } = deps;
  const common = { tags: ["administration"], body: Upload };
  const limits = { bodyLimit: BODY_LIMIT, handlerTimeout: IMPORT_TIMEOUT_MS };

  app.get(
    "/api/registry",
    {
      schema: {
        tags: ["administration"],
        summary: "Whether the district is the made-up one, and when it was imported last",
        response: {
          200: z.object({ sample: z.boolean(), importedAt: Moment.nullable() }),
          ...problems(401, 403, 429, 503),
        },
      },
    },
    async (_request, reply) => {
      const site = await findSite(database);
      return reply.send({
        sample: site?.sample ?? false,
        importedAt: momentOrNull(site?.importedAt ?? null),
      });
    },
  );

  app.post(
    "/api/registry/preview",
    {
      ...limits,
      schema: {
        ...common,
        summary: "What an import of these files would change, and every bad row; writes nothing",
        response: { 200: ImportResource, ...problems(400, 401, 403, 413, 429, 503) },
      },
    },
    async (request, reply) =>
      reply.send(importAnswer(await previewRegistry(database, office, await asked(request.body)))),
  );

  app.post(
    "/api/registry/imports",
    {
      ...limits,
      schema: {
        ...common,
        summary: "Imports these files, all or nothing; audited",
        response: { 200: ImportResource, ...problems(400, 401, 403, 413, 422, 429, 503) },
      },
    },
    async (request, reply) => {
      const { actor } = callerOf(request);
      const outcome = await importRegistryAs(database, office, await asked(request.body), actor);
      if (!outcome.ok) {
        const [first] = outcome.problems;
        return sendProblem(request, reply, {
          status: 422,
          code: "registryProblems",
          title: "Nothing was imported",
          detail: `有 ${outcome.problems.length} 处不合要求,没有导入任何内容。第一处:${first?.file}:${first?.line} ${first?.column} ${first?.what} 请先预览,改正后再导入。`,
          errors: outcome.problems.slice(0, 500).map(({ file, line, column, what }) => ({
            field: `${file}:${line} ${column}`,
            message: what,
          })),
        });
      }
      await deps.rulesChanged?.();
      return reply.send(importAnswer(outcome));
    },
  );

  app.get(
    "/api/registry/export",
    {
      schema: {
        tags: ["administration"],
        summary: "The district as registry files in a ZIP; audited, as it holds telephones",
        response: {
          200: { description: "the ZIP", content: { "application/zip": { schema: z.any() } } },
          ...problems(401, 403, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const texts = await registryTexts(database);
      await writeAudit(database, {
        at: clock.now(),
        actor: callerOf(request).actor,
        action: "exportRegistry",
        subject: { type: "registry", no: null },
        outcome: "done",
      });
      const zip = zipSync(
        Object.fromEntries([...texts].map(([name, text]) => [name, strToU8(text)])),
      );
      return reply
        .type("application/zip")
        .header(
          "content-disposition",
          `attachment; filename="registry-${localDay(clock.now())}.zip"`,
        )
        .send(Buffer.from(zip));
    },
  );

  async function asked({ files, prune, intoSample }: z.infer<typeof Upload>) {
    const isSample = (await findSite(database))?.sample ?? false;
    return {
      files: new Map(
        files.map(({ name, content }) => [nameOf(name), Buffer.from(content, "base64")]),
      ),
      prune,
      amend: intoSample && isSample,
    };
  }
}

/** A ZIP may hold a folder; the file's own name says what it is. */
const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;
