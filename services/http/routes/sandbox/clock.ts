import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { nextDueMoment } from "../../../../db/queries/next-due.ts";
import { isoLocal } from "../../../domain/time.ts";
import { passTime } from "../../../pass-time.ts";
import type { SandboxDeps } from "../sandbox.ts";
import { readDuration } from "./duration.ts";
import { Problem, problem } from "./problem.ts";

const Now = z.object({ now: z.string() });

export function clockRoutes(plain: FastifyInstance, deps: SandboxDeps): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const told = () => ({ now: isoLocal(deps.clock.now()) });

  app.get(
    "/sandbox/clock",
    {
      schema: { tags: ["sandbox"], summary: "The product's clock", response: { 200: Now } },
    },
    async () => {
      await deps.clock.refresh();
      return told();
    },
  );

  app.post(
    "/sandbox/clock",
    {
      schema: {
        tags: ["sandbox"],
        summary: "Moves the clock forward; what falls due is done before the answer",
        body: z.object({
          /** ISO 8601 duration such as PT2H */
          advance: z.string().max(100).optional(),
          now: z.iso
            .datetime({
              offset: true,
              error: "now 要写成带时区的时刻,例如 2026-11-23T09:00:00+08:00",
            })
            .optional(),
        }),
        response: { 200: Now, "4xx": Problem },
      },
    },
    async (request, reply) => {
      const { advance, now } = request.body;
      if ((advance === undefined) === (now === undefined)) {
        return problem(
          reply,
          400,
          "fieldRequired",
          '请给 {"advance": "PT2H"} 或 {"now": "2026-11-23T09:00:00+08:00"},二者取一。',
        );
      }
      // Another instance may have moved it a moment ago.
      await deps.clock.refresh();
      const length = advance === undefined ? null : readDuration(advance);
      if (length?.ok === false) {
        return problem(
          reply,
          length.code === "backward" ? 409 : 400,
          length.code,
          length.detail,
          told(),
        );
      }
      const target =
        length === null ? new Date(now ?? "") : new Date(deps.clock.now().getTime() + length.ms);
      const nextDue = (after: Date, until: Date) => nextDueMoment(deps.db, after, until);
      const move = await passTime(deps.clock, target, nextDue, deps.settle);
      if (!move.ok) return problem(reply, 409, move.code, REFUSED[move.code], told());
      return told();
    },
  );
}

const REFUSED = {
  backward:
    "时钟只能往前走:说过的话、办过的事都带着时间。请给一个更晚的时刻;要重新开始,请换一个空的 DATA_DIR。",
  tooFar: "时钟最远到 2099 年。请给一个更早的时刻。",
};
