import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { inTransaction } from "../../../in-transaction.ts";
import { exportSubject } from "../../../workflows/export-subject.ts";
import type { AppDeps } from "../../app.ts";
import { callerOf } from "../../auth.ts";
import { problems } from "../../problem.ts";

const Name = z.string().min(1).max(200);

/** Answers to people who ask in writing what is kept of them. */
export function subjectRoutes(plain: FastifyInstance, { database, office }: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.get(
    "/api/privacy/subject",
    {
      schema: {
        tags: ["administration"],
        summary: "Everything that is kept of one account, to hand to whoever it is about; audited",
        querystring: z.object({ channel: Name, platformUserId: Name }),
        response: {
          200: z
            .record(z.string(), z.unknown())
            .describe("sections: account, records, messages, reports, …"),
          ...problems(400, 401, 403, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { actor } = callerOf(request);
      const data = await inTransaction(database, (tx) =>
        exportSubject(tx, office, request.query, actor),
      );
      return reply
        .header("content-disposition", 'attachment; filename="my-information.json"')
        .send(JSON.parse(JSON.stringify(data)));
    },
  );
}
