import type { ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { idAt } from "../../../db/queries/ids.ts";
import { realClock } from "../../clock.ts";
import { isoLocal } from "../../domain/time.ts";
import type { AppDeps } from "../app.ts";
import { callerOf, isStillGood } from "../auth.ts";
import { watchChanges } from "../change-watch.ts";
import { problems, sendProblem } from "../problem.ts";

/** Shorter than the idle limits of proxies that people put in between. */
const HEARTBEAT_MS = 15_000;
const MOST_STREAMS = 500;
const MOST_OF_ONE = 8;
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * `GET /api/changes`: server-sent events that say which events and calls changed, by number alone; what
 * of them somebody may see, they ask for then. Register it inside the hook that authenticates.
 *
 * `changed {nos}` · `looking {nos}` · `reset {}`: too much was missed, ask for all anew · `time {now}`
 */
export function changesRoute(app: FastifyInstance, deps: AppDeps): void {
  const { realClock: real = realClock } = deps;
  const watch = watchChanges(deps.database, real);
  const open = new Map<ServerResponse, { who: string; close(): void }>();
  const end = (response: ServerResponse) => {
    open.get(response)?.close();
    open.delete(response);
    response.end();
    response.socket?.destroySoon();
  };

  // An open stream would keep the server from closing.
  app.addHook("preClose", async () => {
    for (const response of [...open.keys()]) end(response);
    watch.stop();
  });

  app.get(
    "/api/changes",
    {
      schema: {
        tags: ["events"],
        summary: "Server-sent events: which events and call tickets changed, by number",
        response: {
          200: {
            description: "text/event-stream",
            content: { "text/event-stream": { schema: z.any() } },
          },
          ...problems(401, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const who = caller.actor.personId ?? "";
      const own = [...open.values()].filter((stream) => stream.who === who).length;
      if (open.size >= MOST_STREAMS || own >= MOST_OF_ONE) {
        reply.header("retry-after", "30");
        return sendProblem(request, reply, {
          status: 429,
          code: "tooManyStreams",
          title: "Too many open streams",
          detail: "打开的页面太多,实时更新暂时用不了。请关掉不用的页面再刷新。",
        });
      }
      const last = String(request.headers["last-event-id"] ?? "");
      const missed = ID.test(last) ? await watch.since(last) : undefined;

      reply.hijack();
      const response = reply.raw;
      // Whoever left while we looked says so no more.
      if (response.destroyed) return reply;
      response.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        // Kept alive, it would hold the server's end up for a minute after the stream is over.
        connection: "close",
        "x-content-type-options": "nosniff",
        // nginx would otherwise hold events back until its buffer is full
        "x-accel-buffering": "no",
      });
      const tell = (event: string, data: object, id: string | null = null) =>
        response.write(
          `${id === null ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify({ ...data, now: isoLocal(deps.clock.now()) })}\n\n`,
        );
      response.write("retry: 2000\n\n");
      // With a place to go on from, so that a break before the first change loses nothing.
      const beatOnce = () => tell("time", {}, idAt(real.now().getTime()));
      beatOnce();
      if (missed === null) tell("reset", {});
      if (missed) tell("changed", { nos: missed.nos }, missed.id);

      const stopListening = watch.listen(({ id, nos, looking }) => {
        if (nos.length > 0) tell("changed", { nos }, id);
        if (looking.length > 0) tell("looking", { nos: looking });
      });
      const beat = setInterval(() => {
        beatOnce();
        // Whoever signed out, or was signed out, hears no more.
        isStillGood(deps, caller).then(
          (good) => good || end(response),
          () => {},
        );
      }, HEARTBEAT_MS);
      beat.unref();
      open.set(response, {
        who,
        close: () => {
          clearInterval(beat);
          stopListening();
        },
      });
      response.on("close", () => end(response));
    },
  );
}
