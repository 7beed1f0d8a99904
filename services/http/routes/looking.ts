import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { forgetLook, looksNow, noteLook } from "../../../db/queries/looks.ts";
import { realClock } from "../../clock.ts";
import type { Actor } from "../../domain/actor.ts";
import type { AppDeps } from "../app.ts";
import { callerOf } from "../auth.ts";
import { notFound, problems, sendProblem } from "../problem.ts";
import { visibleSubjects } from "../visible-subject.ts";

/** A page says it again every ten seconds. */
const FORGOTTEN_MS = 30_000;

const Others = z.object({
  items: z.array(z.object({ no: z.string(), personId: z.string(), name: z.string() })),
});

/** Who looks at what, so that two people do not work on the same thing unknowingly. */
export function lookingRoutes(plain: FastifyInstance, deps: AppDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { database, realClock: real = realClock } = deps;

  const others = async (actor: Actor): Promise<z.infer<typeof Others>> => {
    const looks = (await looksNow(database, real.now())).filter(
      (look) => look.personId !== actor.personId,
    );
    const nos = [...new Set(looks.map((look) => look.subjectNo))];
    const visible = await visibleSubjects(database, actor, nos);
    return {
      items: looks
        .filter((look) => visible.has(look.subjectNo))
        .map(({ subjectNo: no, personId, name }) => ({ no, personId, name })),
    };
  };

  app.get(
    "/api/looking",
    {
      schema: {
        tags: ["events"],
        summary: "Who else looks at which event or call now, of those you may see",
        response: { 200: Others, ...problems(401, 429, 503) },
      },
    },
    async (request, reply) => reply.send(await others(callerOf(request).actor)),
  );

  app.put(
    "/api/looking",
    {
      schema: {
        tags: ["events"],
        summary: "Says what you look at; it is forgotten after 30 s unless said again",
        body: z.object({ no: z.string().max(40).nullable().describe("null: at nothing now") }),
        response: { 200: Others, ...problems(400, 401, 403, 404, 429, 503) },
      },
    },
    async (request, reply) => {
      const { actor } = callerOf(request);
      const { no } = request.body;
      if (no !== null && !(await visibleSubjects(database, actor, [no])).has(no)) {
        return sendProblem(request, reply, notFound(no));
      }
      if (actor.personId !== null) {
        const until = new Date(real.now().getTime() + FORGOTTEN_MS);
        if (no === null) await forgetLook(database, actor.personId);
        else await noteLook(database, actor.personId, no, until);
      }
      return reply.send(await others(actor));
    },
  );
}
