import type { FastifyError, FastifyInstance } from "fastify";
import {
  hasZodFastifySchemaValidationErrors,
  isResponseSerializationError,
} from "fastify-type-provider-zod";
import { isDatabaseAway, loggableFault } from "../database-fault.ts";
import { type ProblemSaid, sendProblem } from "./problem.ts";

/** Seconds after which a client may try again what failed for want of the database. */
const RETRY_AFTER_S = 5;

/** The one place where errors become answers. What is no client's mistake is logged and not told. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const said = problemOf(error);
    if (said.status >= 500) {
      request.log.error({ fault: loggableFault(error), code: said.code }, "fault");
    }
    if (said.status === 503) reply.header("retry-after", String(RETRY_AFTER_S));
    return sendProblem(request, reply, said);
  });
  app.setNotFoundHandler((request, reply) =>
    sendProblem(request, reply, {
      status: 404,
      code: "noSuchRoute",
      title: "No such address",
      detail: "没有这个地址。可用的接口见 /api/docs。",
    }),
  );
}

function problemOf(error: FastifyError): ProblemSaid {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map((issue) => ({
      field: [error.validationContext, ...issue.instancePath.split("/").filter(Boolean)].join("."),
      message: issue.message ?? "invalid",
    }));
    const [first] = errors;
    return {
      status: 400,
      code: "invalidRequest",
      title: "The request does not fit",
      detail: `请求不合要求:${first?.field} ${first?.message}。请对照 /api/docs 改正后重发。`,
      errors,
    };
  }
  if (isDatabaseAway(error)) {
    return {
      status: 503,
      code: "databaseUnavailable",
      title: "The database cannot be reached",
      detail: "数据库暂时连不上,本次操作没有生效。请稍后重试。",
    };
  }
  const status = isResponseSerializationError(error) ? 500 : (error.statusCode ?? 500);
  return CLIENT_MISTAKES[status] ?? (status < 500 ? badRequest(status) : fault(error));
}

const CLIENT_MISTAKES: Record<number, ProblemSaid> = {
  413: {
    status: 413,
    code: "tooLarge",
    title: "The request is too large",
    detail: "请求超过大小限制。请缩短后重发。",
  },
  415: {
    status: 415,
    code: "unsupportedMediaType",
    title: "Only JSON is read here",
    detail: "只接受 JSON。请设置 Content-Type: application/json。",
  },
};

const badRequest = (status: number): ProblemSaid => ({
  status,
  code: "invalidRequest",
  title: "The request cannot be read",
  detail: "请求无法读取。请检查是否为正确的 JSON,对照 /api/docs 改正后重发。",
});

const fault = (error: FastifyError): ProblemSaid =>
  error.code === "FST_ERR_HANDLER_TIMEOUT"
    ? {
        status: 503,
        code: "tooSlow",
        title: "The answer took too long",
        detail: "处理超时,操作可能已经生效。请先查询结果,再决定是否重试。",
      }
    : {
        status: 500,
        code: "fault",
        title: "Something broke here",
        detail: "系统出错,本次操作没有完成。请把 requestId 告诉管理员。",
      };
