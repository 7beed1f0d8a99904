import { field, type HttpAnswer } from "../common/post-json.ts";

/**
 * What an answer of DingTalk comes to.
 * - `unauthorized`: the token is no good any more
 * - `limited`: it did nothing and says to come back later
 * - `unavailable`: there is no telling whether it did anything
 * - `rejected`: it did nothing and never will
 */
export type Verdict =
  | { outcome: "ok"; body: unknown }
  | { outcome: "unauthorized"; reason: string }
  | { outcome: "limited"; reason: string; retryAt: Date }
  | { outcome: "unavailable"; reason: string }
  | { outcome: "rejected"; code: string; reason: string };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** What each kind of limit asks for: the wait in milliseconds, lengthened by up to the same again by chance. */
const WAITS = {
  qps: SECOND,
  conversation: MINUTE,
  /** an app that is not allowed to is usually given the permission by a person */
  permission: 10 * MINUTE,
  flood: 5 * MINUTE,
  monthlyQuota: 60 * MINUTE,
};

/** An answer of api.dingtalk.com: the status says it, `{code, message}` says why. */
export function apiVerdict(answer: HttpAnswer, now: Date, random: number): Verdict {
  const { status, body } = answer;
  const code = field(body, "code") ?? "";
  const reason = `${status} ${code} ${field(body, "message") ?? ""}`.trim().slice(0, 200);
  const later = (wait: number): Verdict => limited(reason, wait, now, random);

  if (field(body, "status") === "1111") return later(WAITS.flood);
  if (status === 401 || /InvalidAuthentication/i.test(code))
    return { outcome: "unauthorized", reason };
  if (/QpsLimit/i.test(code) || status === 429) return later(WAITS.qps);
  if (/ApiCountLimit/i.test(code)) return later(WAITS.monthlyQuota);
  if (status === 403) return later(WAITS.permission);
  if (status >= 500 || body === undefined || isRedirect(status))
    return { outcome: "unavailable", reason };
  if (status >= 400) return { outcome: "rejected", code, reason };
  return { outcome: "ok", body };
}

/** Error numbers of oapi.dingtalk.com that ask for patience. */
const OAPI_WAITS: Readonly<Record<string, number>> = {
  "130101": WAITS.conversation,
  "410100": WAITS.conversation,
  "660026": WAITS.conversation,
  "90018": WAITS.qps,
  "90002": WAITS.qps,
  "90020": WAITS.monthlyQuota,
};

/** An answer of oapi.dingtalk.com: status 200 always, the truth is in `errcode`. */
export function oapiVerdict(answer: HttpAnswer, now: Date, random: number): Verdict {
  const { status, body } = answer;
  const errcode = field(body, "errcode");
  const reason = `${status} ${errcode ?? ""} ${field(body, "errmsg") ?? ""}`.trim().slice(0, 200);
  const wait = OAPI_WAITS[errcode ?? ""];
  if (wait !== undefined) return limited(reason, wait, now, random);
  if (status === 429) return limited(reason, WAITS.qps, now, random);
  if (field(body, "status") === "1111") return limited(reason, WAITS.flood, now, random);
  // -1 is "system busy".
  if (status !== 200 || errcode === undefined || errcode === "-1")
    return { outcome: "unavailable", reason };
  if (errcode !== "0") return { outcome: "rejected", code: errcode, reason };
  return { outcome: "ok", body };
}

/** There is no answer at all. */
export function noAnswer(error: unknown): Verdict {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why = cause instanceof Error ? (field(cause, "code") ?? cause.name) : "unknown";
  return { outcome: "unavailable", reason: `no answer: ${why}` };
}

function limited(reason: string, wait: number, now: Date, random: number): Verdict {
  return { outcome: "limited", reason, retryAt: new Date(now.getTime() + wait * (1 + random)) };
}

const isRedirect = (status: number) => status >= 300 && status < 400;
