import { field, type HttpAnswer } from "../common/post-json.ts";
import { limited, type Verdict } from "../common/verdict.ts";

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

const isRedirect = (status: number) => status >= 300 && status < 400;
