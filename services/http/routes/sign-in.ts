import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { inTransaction } from "../../in-transaction.ts";
import { signInByLink } from "../../workflows/login-link.ts";
import type { AppDeps } from "../app.ts";
import { deviceName } from "../device-name.ts";
import { type ProblemSaid, problems, sendProblem } from "../problem.ts";
import { isSameOrigin, setSessionCookie } from "../session-cookie.ts";

/**
 * What the page behind a 「登录」 link asks when its button is pressed. The link itself changes nothing:
 * chat programs fetch links to show what is behind them, and would use it up.
 */
export function signInRoute(
  plain: FastifyInstance,
  { database, clock, publicUrl }: Pick<AppDeps, "database" | "clock" | "publicUrl">,
): void {
  plain.withTypeProvider<ZodTypeProvider>().post(
    "/api/session",
    {
      schema: {
        tags: ["sessions"],
        summary: "Signs in with the key of a 「登录」 link, once; sets the pages' cookie",
        body: z.object({ key: z.string().min(20).max(100) }),
        response: {
          201: z.object({ personId: z.string(), name: z.string() }),
          ...problems(400, 403, 410, 503),
        },
      },
    },
    async (request, reply) => {
      if (!isSameOrigin(request, publicUrl)) return sendProblem(request, reply, foreignPage);
      const opened = await inTransaction(database, (tx) =>
        signInByLink(tx, clock, request.body.key, deviceOf(request)),
      );
      if (opened === null) return sendProblem(request, reply, linkOver);
      setSessionCookie(reply, opened.key, publicUrl);
      reply.header("cache-control", "no-store");
      return reply.code(201).send({ personId: opened.person.id, name: opened.person.name });
    },
  );
}

export const deviceOf = (request: FastifyRequest): string =>
  deviceName(request.headers["user-agent"] ?? "");

export const foreignPage: ProblemSaid = {
  status: 403,
  code: "csrfRefused",
  title: "Not asked by one of our pages",
  detail: "这个请求不是从一呼的页面发出的,没有执行。请直接打开登录链接。",
};

const linkOver: ProblemSaid = {
  status: 410,
  code: "linkOver",
  title: "The link is used up or over",
  detail: "这个登录链接已经用过或已过期。请在聊天中对一呼说「登录」,换一个新的。",
};
