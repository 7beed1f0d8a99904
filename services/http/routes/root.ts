import type { FastifyInstance } from "fastify";
import type { AppDeps } from "../app.ts";

/** Whoever opens the bare address is led to where people look first. */
export function rootRoute(app: FastifyInstance, { home = "/api/docs" }: AppDeps): void {
  app.get("/", { schema: { hide: true } }, (_request, reply) => reply.redirect(home, 302));
}
