import type { FastifyInstance } from "fastify";
import type { WebPages } from "../web-pages.ts";

/** The page is the same for every key; what it shows it asks for itself. */
export function checkInPage(app: FastifyInstance, pages: WebPages): void {
  app.get("/c/:key", { schema: { hide: true } }, (_request, reply) =>
    pages.send(reply, "check-in"),
  );
}
