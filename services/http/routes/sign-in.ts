import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { findPersonById } from "../../../db/queries/directory.ts";
import { realClock } from "../../clock.ts";
import { inTransaction } from "../../in-transaction.ts";
import { minuteCounter } from "../../minute-counter.ts";
import { tokenHash } from "../../token-hash.ts";
import { signInByAccount } from "../../workflows/dingtalk-login.ts";
import { signInByLink } from "../../workflows/login-link.ts";
import { openAdminSession, openSession } from "../../workflows/sessions.ts";
import type { AppDeps } from "../app.ts";
import { callerWith } from "../auth.ts";
import { deviceName } from "../device-name.ts";
import { type ProblemSaid, problems, sendProblem } from "../problem.ts";
import { isSameOrigin, setSessionCookie } from "../session-cookie.ts";

const ByKey = z.object({ key: z.string().min(20).max(100).describe("of a 「登录」 link") });
const ByDingTalk = z.object({
  dingtalkCode: z.string().min(1).max(200).describe("from requestAuthCode of DingTalk's JSAPI"),
  corpId: z.string().max(100),
});
const ByToken = z.object({ token: z.string().min(1).max(512).describe("a bearer token") });
type Shown = z.infer<typeof ByKey> | z.infer<typeof ByDingTalk> | z.infer<typeof ByToken>;

/** Who came in, and the cookie's value; or why not. */
type Entered =
  | { ok: true; key: string; personId: string | null; name: string | null }
  | { ok: false; problem: ProblemSaid };

/**
 * What the page at /login asks: the key of a 「登录」 link when its button is pressed (the link itself
 * changes nothing: chat programs fetch links to show what is behind them, and would use it up), a code of
 * DingTalk's web view, or a bearer token.
 */
export function signInRoute(plain: FastifyInstance, deps: AppDeps): void {
  const { database, clock, publicUrl, dingtalkLogin, log } = deps;
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const failures = minuteCounter(deps.realClock ?? realClock);

  app.get(
    "/api/sign-in",
    {
      schema: {
        tags: ["sessions"],
        summary: "Which ways to sign in there are",
        security: [],
        response: {
          200: z.object({
            dingtalk: z
              .object({ corpId: z.string() })
              .nullable()
              .describe("for requestAuthCode; null: not set up here"),
          }),
          ...problems(503),
        },
      },
    },
    async (_request, reply) =>
      reply.send({
        dingtalk: dingtalkLogin === undefined ? null : { corpId: dingtalkLogin.corpId },
      }),
  );

  app.post(
    "/api/session",
    {
      schema: {
        tags: ["sessions"],
        summary:
          "Signs in with the key of a 「登录」 link, a code of DingTalk or a token; sets the pages' cookie",
        security: [],
        body: z.union([ByKey, ByDingTalk, ByToken]),
        response: {
          201: z.object({
            personId: z.string().nullable().describe("null: the administrator's token"),
            name: z.string().nullable(),
          }),
          ...problems(400, 401, 403, 410, 422, 429, 502, 503),
        },
      },
    },
    async (request, reply) => {
      if (!isSameOrigin(request, publicUrl)) return sendProblem(request, reply, foreignPage);
      const wait = failures.waitSeconds(request.ip);
      if (wait > 0) return tooMany(request, reply, wait);
      const entered = await enter(request.body, deviceOf(request));
      if (!entered.ok) {
        // A used link is an everyday thing; guessed tokens and codes are not.
        if (!("key" in request.body)) failures.note(request.ip);
        return sendProblem(request, reply, entered.problem);
      }
      setSessionCookie(reply, entered.key, publicUrl);
      reply.header("cache-control", "no-store");
      return reply.code(201).send({ personId: entered.personId, name: entered.name });
    },
  );

  function enter(shown: Shown, device: string): Promise<Entered> {
    if ("key" in shown) return byLink(shown.key, device);
    return "token" in shown ? byToken(shown.token, device) : byDingTalk(shown, device);
  }

  async function byLink(key: string, device: string): Promise<Entered> {
    const opened = await inTransaction(database, (tx) => signInByLink(tx, clock, key, device));
    return opened === null ? { ok: false, problem: linkOver } : enteredAs(opened);
  }

  async function byDingTalk(
    { dingtalkCode, corpId }: z.infer<typeof ByDingTalk>,
    device: string,
  ): Promise<Entered> {
    if (dingtalkLogin === undefined || corpId !== dingtalkLogin.corpId) {
      return { ok: false, problem: noDingTalk };
    }
    const account = await dingtalkLogin.userIdOf(dingtalkCode);
    if (account.kind !== "known") {
      log.warn({ reason: account.reason }, "nobody could be signed in by DingTalk");
      return { ok: false, problem: account.kind === "refused" ? codeRefused : dingtalkAway };
    }
    const opened = await inTransaction(database, (tx) =>
      signInByAccount(tx, clock, account.userId, device),
    );
    return opened === null ? { ok: false, problem: stranger } : enteredAs(opened);
  }

  async function byToken(token: string, device: string): Promise<Entered> {
    const caller = await callerWith(deps, token.trim());
    if (caller === null) return { ok: false, problem: tokenInvalid };
    const { actor } = caller;
    const hash = tokenHash(token.trim());
    return inTransaction(database, async (tx): Promise<Entered> => {
      if (actor.personId === null) {
        const { key } = await openAdminSession(tx, clock, actor, device, hash);
        return { ok: true, key, personId: null, name: actor.name };
      }
      const person = await findPersonById(tx, actor.personId);
      return person === null
        ? { ok: false, problem: tokenInvalid }
        : enteredAs(await openSession(tx, clock, person, "token", device, hash));
    });
  }
}

const enteredAs = (opened: { key: string; person: { id: string; name: string } }): Entered => ({
  ok: true,
  key: opened.key,
  personId: opened.person.id,
  name: opened.person.name,
});

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

const noDingTalk: ProblemSaid = {
  status: 422,
  code: "dingtalkNotSetUp",
  title: "DingTalk is not set up for signing in",
  detail:
    "这里没有开通钉钉免登(或不是本单位的钉钉)。请对一呼说「登录」取得链接,或请管理员设置 DINGTALK_CORP_ID。",
};

const codeRefused: ProblemSaid = {
  status: 401,
  code: "dingtalkCodeRefused",
  title: "DingTalk does not know this code",
  detail: "钉钉不认这个授权码(五分钟内用一次有效)。请关掉页面重新打开。",
};

const dingtalkAway: ProblemSaid = {
  status: 502,
  code: "dingtalkUnavailable",
  title: "DingTalk does not answer",
  detail: "暂时连不上钉钉。请稍后再试,或对一呼说「登录」取得链接。",
};

const stranger: ProblemSaid = {
  status: 403,
  code: "notInRegistry",
  title: "The account is nobody's in the registry",
  detail:
    "您的钉钉账号不在人员名录里。请联系管理员在 people.csv 的 dingtalk_user_id 登记;居民报事请直接在群里说。",
};

const tokenInvalid: ProblemSaid = {
  status: 401,
  code: "tokenInvalid",
  title: "The token is not valid",
  detail: "令牌无效、已过期或已收回。请核对后重贴,或对一呼说「登录」。",
};

function tooMany(request: FastifyRequest, reply: FastifyReply, wait: number) {
  reply.header("retry-after", String(wait));
  return sendProblem(request, reply, {
    status: 429,
    code: "tooManyAttempts",
    title: "Too many failed attempts",
    detail: `登录失败次数太多,请 ${wait} 秒后再试。`,
  });
}
