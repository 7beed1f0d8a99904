import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { findPersonById } from "../../../../db/queries/directory.ts";
import { inTransaction } from "../../../in-transaction.ts";
import { openSession } from "../../../workflows/sessions.ts";
import { cameFromHere } from "../../local-request.ts";
import { isSameOrigin, setSessionCookie } from "../../session-cookie.ts";
import type { SandboxDeps } from "../sandbox.ts";
import { deviceOf } from "../sign-in.ts";
import { Problem, problem } from "./problem.ts";

/** `POST /sandbox/session`: signs in as anybody, for whoever sits at this machine and nobody else. */
export function sandboxSessionRoute(plain: FastifyInstance, deps: SandboxDeps): void {
  plain.withTypeProvider<ZodTypeProvider>().post(
    "/sandbox/session",
    {
      schema: {
        tags: ["sandbox"],
        summary: "Signs in at the desk as a person of the registry; on this machine only",
        body: z.object({ personId: z.string().min(1).max(100) }),
        response: { 201: z.object({ personId: z.string(), name: z.string() }), "4xx": Problem },
      },
    },
    async (request, reply) => {
      if (!deps.isLoopback || !cameFromHere(request) || !isSameOrigin(request, undefined)) {
        return problem(
          reply,
          403,
          "noRight",
          "只有在本机打开的沙盒可以挑选身份登录。请在聊天中说「登录」。",
        );
      }
      const person = await findPersonById(deps.db, request.body.personId);
      if (person === null) return problem(reply, 404, "notFound", "名录里没有这个人。请另选一位。");
      const opened = await inTransaction(deps.db, (tx) =>
        openSession(tx, deps.clock, person, "sandbox", deviceOf(request)),
      );
      setSessionCookie(reply, opened.key, undefined);
      return reply.code(201).send({ personId: person.id, name: person.name });
    },
  );
}
