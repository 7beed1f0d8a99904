import type { FastifyReply, FastifyRequest } from "fastify";
import { realClock } from "../clock.ts";
import { REQUESTS_PER_MINUTE } from "../config.ts";
import { minuteCounter } from "../minute-counter.ts";
import type { AppDeps } from "./app.ts";
import { callerOf } from "./auth.ts";
import { sendProblem } from "./problem.ts";

type Known = Pick<AppDeps, "realClock" | "config">;

/** Counts requests of a minute in the memory of this instance. @returns seconds to wait; 0: go on */
export type TakeRequest = (who: string) => number;

/** Requests that show no token: by the address they come from. */
export const requestsOfAddress = (deps: Known): TakeRequest =>
  counted(deps, deps.config.requestsPerMinute?.address ?? REQUESTS_PER_MINUTE.address);

/** A hook for what is open to everybody. */
export function limitAddresses(deps: Known) {
  const take = requestsOfAddress(deps);
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const wait = take(request.ip);
    if (wait > 0) return tooManyRequests(request, reply, wait);
  };
}

/**
 * A hook after `authenticate`: one person's requests, by whichever token or page. The administrator's
 * token is the operator's own and not counted.
 */
export function limitPersons(deps: Known) {
  const take = counted(deps, deps.config.requestsPerMinute?.person ?? REQUESTS_PER_MINUTE.person);
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const { personId } = callerOf(request).actor;
    const wait = personId === null ? 0 : take(personId);
    if (wait > 0) return tooManyRequests(request, reply, wait);
  };
}

export function tooManyRequests(request: FastifyRequest, reply: FastifyReply, seconds: number) {
  reply.header("retry-after", String(seconds));
  return sendProblem(request, reply, {
    status: 429,
    code: "tooManyRequests",
    title: "Too many requests",
    detail: `请求太频繁,本次没有执行。请 ${seconds} 秒后再试。`,
  });
}

/** @param most - 0: as many as there are */
function counted(deps: Known, most: number): TakeRequest {
  if (most === 0) return () => 0;
  const requests = minuteCounter(deps.realClock ?? realClock, most);
  return (who) => {
    const wait = requests.waitSeconds(who);
    if (wait === 0) requests.note(who);
    return wait;
  };
}
