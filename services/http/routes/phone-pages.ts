import type { FastifyInstance } from "fastify";
import type { WebPages } from "../web-pages.ts";

/**
 * The phone pages below /m/, and what keeps them on the phone. The worker lies beside them, as it may
 * only look after addresses below its own.
 */
export function phonePages(app: FastifyInstance, pages: WebPages): void {
  app.get("/m", { schema: { hide: true } }, (request, reply) =>
    reply.redirect(`/m/${new URL(request.url, "http://self").search}`),
  );
  app.get("/m/*", { schema: { hide: true } }, (_request, reply) => pages.send(reply, "phone"));
  app.get("/m/worker.js", { schema: { hide: true } }, (_request, reply) =>
    pages.sendScript(reply, "phone-worker.js"),
  );
  app.get("/m/files.json", { schema: { hide: true } }, async (_request, reply) =>
    reply.header("cache-control", "no-cache").send(await pages.filesOf("phone")),
  );
}
