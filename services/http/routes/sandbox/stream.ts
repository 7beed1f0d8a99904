import type { ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import { isoLocal } from "../../../domain/time.ts";
import type { SandboxDeps } from "../sandbox.ts";
import { watchTranscript } from "./transcript-watch.ts";

/** Shorter than the idle limits of proxies that people put in between. */
const HEARTBEAT_MS = 15_000;

/**
 * `GET /sandbox/stream`: server-sent events that say where something new was said, so that the page
 * fetches it at once. Every event carries the product's time; a heartbeat does too.
 */
export function streamRoute(app: FastifyInstance, deps: SandboxDeps): void {
  const watch = watchTranscript(deps.db);
  const open = new Map<ServerResponse, () => void>();
  const end = (response: ServerResponse) => {
    open.get(response)?.();
    open.delete(response);
    response.end();
  };

  // An open stream would keep the server from closing.
  app.addHook("preClose", async () => {
    for (const response of [...open.keys()]) end(response);
    watch.stop();
  });

  app.get(
    "/sandbox/stream",
    { schema: { tags: ["sandbox"], summary: "Server-sent events: where something new was said" } },
    (_request, reply) => {
      reply.hijack();
      const response = reply.raw;
      response.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        // nginx would otherwise hold events back until its buffer is full
        "x-accel-buffering": "no",
      });
      const tell = (event: string, data: object) =>
        response.write(
          `event: ${event}\ndata: ${JSON.stringify({ ...data, now: isoLocal(deps.clock.now()) })}\n\n`,
        );
      response.write("retry: 2000\n\n");
      tell("time", {});
      const heartbeat = setInterval(() => tell("time", {}), HEARTBEAT_MS);
      heartbeat.unref();
      const stopListening = watch.listen((news) => tell("news", news));
      open.set(response, () => {
        clearInterval(heartbeat);
        stopListening();
      });
      response.on("close", () => end(response));
    },
  );
}
