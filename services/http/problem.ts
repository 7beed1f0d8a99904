import { STATUS_CODES } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";

/** RFC 9457. `title` is English and the same for every problem of a `code`; `detail` says what to do. */
export const Problem = z
  .looseObject({
    type: z.string().describe("urn:yihu:problem:CODE"),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().describe("Chinese, ends with what to do"),
    code: z.string(),
    instance: z.string().describe("the path asked for"),
    requestId: z.string().describe("tell it to the operator; the log has it too"),
    allowed: z
      .array(z.string())
      .optional()
      .describe("of a refused action: what this actor may do to the subject now"),
    errors: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .optional()
      .describe("of a request that does not fit: every field that is wrong"),
  })
  .meta({ id: "Problem" });

/** What a handler says of a problem; the rest is the same for all. */
export interface ProblemSaid {
  status: number;
  code: string;
  title: string;
  detail: string;
  allowed?: readonly string[];
  errors?: readonly { field: string; message: string }[];
}

export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  said: ProblemSaid,
): FastifyReply {
  const { allowed, errors, ...problem } = said;
  return reply
    .code(said.status)
    .type("application/problem+json")
    .send({
      type: `urn:yihu:problem:${said.code}`,
      ...problem,
      instance: request.url.split("?", 1)[0],
      requestId: request.id,
      ...(allowed === undefined ? {} : { allowed: [...allowed] }),
      ...(errors === undefined ? {} : { errors: [...errors] }),
    });
}

/** The problems a route may answer with, for its schema. */
export const problems = (...statuses: number[]) =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: STATUS_CODES[status] ?? "Problem",
        content: { "application/problem+json": { schema: Problem } },
      },
    ]),
  );

export const notFound = (what: string): ProblemSaid => ({
  status: 404,
  code: "notFound",
  title: "Not found",
  detail: `没有找到${what},或者您无权查看。请核对编号。`,
});

export const noRight = (detail: string): ProblemSaid => ({
  status: 403,
  code: "noRight",
  title: "No right to do this",
  detail,
});

/** A request that reads well and names something that does not exist. */
export const invalidValue = (field: string, detail: string): ProblemSaid => ({
  status: 422,
  code: "invalidValue",
  title: "A value is not known here",
  detail,
  errors: [{ field, message: detail }],
});

export const unknownOrg = (field: string, orgCode: string): ProblemSaid => ({
  status: 422,
  code: "unknownOrg",
  title: "No such organisation",
  detail: `没有编码为「${orgCode}」的单位。请用 orgs.csv 中的编码。`,
  errors: [{ field, message: "unknown organisation" }],
});
