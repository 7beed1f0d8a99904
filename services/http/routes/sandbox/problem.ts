import type { FastifyReply } from "fastify";
import { Problem, sendProblem } from "../../problem.ts";

export { Problem };

const TITLES = {
  400: "The request does not fit",
  401: "A token is needed",
  403: "No right to do this",
  404: "Not found",
  409: "The clock cannot do this",
  413: "The picture is too large",
  415: "Not a picture",
} as const;

/**
 * @param detail - what is wrong and what to do instead, in Chinese: the page shows it
 * @param more - what a program wants besides, such as the conversations there are
 */
export function problem(
  reply: FastifyReply,
  status: keyof typeof TITLES,
  code: string,
  detail: string,
  more: Record<string, unknown> = {},
): FastifyReply {
  return sendProblem(reply.request, reply, {
    ...more,
    status,
    code,
    title: TITLES[status],
    detail,
  });
}
