import type { FastifyInstance } from "fastify";
import type { WebPages } from "../web-pages.ts";

/** The pages are the same for everybody; what they show they ask for with the visitor's own rights. */
export function deskPages(app: FastifyInstance, pages: WebPages): void {
  for (const path of ["/desk", "/desk/*"]) {
    app.get(path, { schema: { hide: true } }, (_request, reply) => pages.send(reply, "desk"));
  }
  for (const path of ["/login", "/login/:key"]) {
    app.get(path, { schema: { hide: true } }, (_request, reply) => pages.send(reply, "login"));
  }
}
