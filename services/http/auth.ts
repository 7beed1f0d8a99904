import type { FastifyReply, FastifyRequest } from "fastify";
import { findPersonById, type Person } from "../../db/queries/directory.ts";
import { endSessionRows, findSession, type SessionRow } from "../../db/queries/sessions.ts";
import { personIdOfToken } from "../../db/queries/tokens.ts";
import { realClock } from "../clock.ts";
import type { Actor } from "../domain/actor.ts";
import { minuteCounter } from "../minute-counter.ts";
import { isSameSecret, tokenHash } from "../token-hash.ts";
import type { AppDeps } from "./app.ts";
import { sendProblem } from "./problem.ts";
import { requestsOfAddress, tooManyRequests } from "./request-limits.ts";
import { isFromOurPages, sessionKey } from "./session-cookie.ts";

/** Who a request's token stands for. */
export interface Caller {
  actor: Actor;
  /** of a person's own token; null for the administrator's, and where a page's cookie speaks */
  tokenHash: string | null;
  /** of the page's cookie; null where a token speaks */
  session: { id: string; key: string; expiresAt: Date } | null;
}

/** The administrator's token: every right, no person. */
export const ADMIN_TOKEN_ACTOR: Actor = {
  personId: null,
  name: "管理令牌",
  orgCode: null,
  streetCode: null,
  roles: [],
  gridCodes: [],
  channel: "api",
  platformUserId: null,
  power: "token",
};

export const personActor = (person: Person): Actor => ({
  personId: person.id,
  name: person.name,
  orgCode: person.orgCode,
  streetCode: person.streetCode,
  roles: person.roles,
  gridCodes: person.gridCodes,
  channel: "api",
  platformUserId: null,
});

const callers = new WeakMap<FastifyRequest, Caller>();

/** Whose request it is, after `authenticate`. */
export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request);
  if (caller === undefined) {
    throw new Error("The route asks who calls before anybody was authenticated. Add the hook.");
  }
  return caller;
}

/** Whether whoever called may still be answered: a stream asks this now and then. */
export async function isStillGood(
  deps: Pick<AppDeps, "database" | "clock" | "config">,
  { actor, tokenHash: hash, session }: Caller,
): Promise<boolean> {
  const { database, clock } = deps;
  if (session !== null) return (await callerOfSession(deps, session.key)) !== null;
  if (actor.personId === null) return true;
  const lives = (await personIdOfToken(database, hash ?? "", clock.now())) !== null;
  return lives && (await findPersonById(database, actor.personId)) !== null;
}

/** How many tokens are remembered as good; they pass while their address is held off. */
const MOST_REMEMBERED = 1000;

/**
 * A hook that lets in whoever shows a valid bearer token, or the cookie of a page; what changes something
 * wants a proof beside the cookie that one of our pages asks. An address with too many failures is held
 * off for a minute, except for tokens that were good before: others may sit behind the same address. A
 * cookie counts as no attempt: in the morning a whole office comes with yesterday's.
 */
export function authenticate(deps: AppDeps) {
  const failures = minuteCounter(deps.realClock ?? realClock);
  const wrongCookies = requestsOfAddress(deps);
  const remembered = new Set<string>();

  return async (request: FastifyRequest, reply: FastifyReply) => {
    const token = bearerToken(request);
    const key = token === null ? sessionKey(request) : null;
    const shown = token ?? key;
    const hash = shown === null ? null : tokenHash(shown);
    const wait = failures.waitSeconds(request.ip);
    if (wait > 0 && key === null && (hash === null || !remembered.has(hash))) {
      reply.header("retry-after", String(wait));
      return sendProblem(request, reply, {
        status: 429,
        code: "tooManyAttempts",
        title: "Too many failed attempts",
        detail: `令牌多次无效,请 ${wait} 秒后再试。`,
      });
    }
    const caller =
      token !== null
        ? await callerWith(deps, token)
        : key !== null
          ? await callerOfSession(deps, key)
          : null;
    if (caller === null || hash === null) {
      const cookieWait = key === null ? 0 : wrongCookies(request.ip);
      if (cookieWait > 0) return tooManyRequests(request, reply, cookieWait);
      if (key === null) failures.note(request.ip);
      reply.header("www-authenticate", 'Bearer realm="yihu"');
      return sendProblem(request, reply, {
        status: 401,
        code: shown === null ? "tokenMissing" : "tokenInvalid",
        title: shown === null ? "A token is needed" : "The token is not valid",
        detail:
          shown === null
            ? "请在请求头写 Authorization: Bearer 令牌。个人令牌在聊天中说「登录」取得。"
            : "令牌或登录无效、已过期或已收回。请在聊天中说「登录」,或请管理员用 POST /api/tokens 换发。",
      });
    }
    if (
      key !== null &&
      !SAFE_METHODS.includes(request.method) &&
      !isFromOurPages(request, key, deps.publicUrl)
    ) {
      return sendProblem(request, reply, {
        status: 403,
        code: "csrfRefused",
        title: "Not asked by one of our pages",
        detail: "这个请求不是从一呼的页面发出的,没有执行。请刷新页面后重试。",
      });
    }
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    if (key === null) remembered.add(hash);
    callers.set(request, caller);
  };
}

const SAFE_METHODS = ["GET", "HEAD"];

type Known = Pick<AppDeps, "database" | "clock" | "config">;

/** Whom a bearer token stands for; null where it is nobody's. */
export async function callerWith(deps: Known, token: string): Promise<Caller | null> {
  const hash = tokenHash(token);
  if (isSameSecret(token, deps.config.adminToken)) {
    return { actor: ADMIN_TOKEN_ACTOR, tokenHash: null, session: null };
  }
  const personId = await personIdOfToken(deps.database, hash, deps.clock.now());
  const person = personId === null ? null : await findPersonById(deps.database, personId);
  return person === null ? null : { actor: personActor(person), tokenHash: hash, session: null };
}

async function callerOfSession(deps: Known, key: string): Promise<Caller | null> {
  const { database, clock } = deps;
  const session = await findSession(database, tokenHash(key), clock.now());
  if (session === null || !(await isTokenAlive(deps, session))) return null;
  const { id, expiresAt, personId } = session;
  const told = { id, key, expiresAt };
  if (personId === null) return { actor: ADMIN_TOKEN_ACTOR, tokenHash: null, session: told };
  const person = await findPersonById(database, personId);
  if (person === null) {
    // Whoever left is signed out for good: a later return does not open the old session again.
    await endSessionRows(database, personId, null, clock.now());
    return null;
  }
  return { actor: personActor(person), tokenHash: null, session: told };
}

/** A session that a token opened ends with it: with its revocation, or a new ADMIN_TOKEN. */
async function isTokenAlive(
  { database, clock, config }: Known,
  { personId, tokenHash: hash }: SessionRow,
): Promise<boolean> {
  if (personId === null) return hash === tokenHash(config.adminToken);
  return hash === null || (await personIdOfToken(database, hash, clock.now())) === personId;
}

/** The token of `Authorization: Bearer …`; null where there is none. */
export function bearerToken(request: FastifyRequest): string | null {
  return /^Bearer +(\S{1,512})$/i.exec(request.headers.authorization ?? "")?.[1] ?? null;
}
