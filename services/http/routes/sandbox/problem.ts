import type { FastifyReply } from "fastify";
import { z } from "zod";

/** RFC 9457; what a route adds for its reader goes beside these. */
export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  code: z.string(),
});
export type Problem = z.infer<typeof Problem>;

const TITLES: Record<number, string> = {
  400: "The request cannot be understood",
  401: "A token is needed",
  404: "Not found",
  409: "Not possible now",
  413: "Too large",
  415: "Not a picture",
};

/** @param detail - what is wrong, and what to do instead */
export function problem(
  reply: FastifyReply,
  status: 400 | 401 | 404 | 409 | 413 | 415,
  code: string,
  detail: string,
  more: Record<string, unknown> = {},
): FastifyReply {
  const title = TITLES[status] ?? "Refused";
  return reply
    .code(status)
    .type("application/problem+json")
    .send({ ...more, type: "about:blank", title, status, detail, code });
}
