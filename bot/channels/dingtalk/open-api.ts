import type { DingTalkConfig } from "../../../services/dingtalk-config.ts";
import { type AccessToken, keepAccessToken } from "../common/access-token.ts";
import { postJson } from "../common/post-json.ts";
import { createRateLimiter } from "../common/rate-limit.ts";
import { noAnswer, type Verdict } from "../common/verdict.ts";
import { fetchToken } from "./fetch-token.ts";
import { COUNTERS, type Meter } from "./meter.ts";
import type { Timings } from "./timings.ts";
import { apiVerdict } from "./verdict.ts";

export interface OpenApi {
  /** Calls `path`, such as `/v1.0/robot/groupMessages/send`. Never throws. */
  call(path: string, body: unknown, caller: Caller): Promise<Verdict>;
}

export interface Caller {
  /** tells callers apart when they have to wait for the rate limit */
  key: string;
  /** an emergency passes our own limit: the platform's answer decides */
  urgent: boolean;
  /** default: POST */
  method?: "POST" | "PUT";
  /** milliseconds for the call; default: `callWithin` */
  within?: number;
}

export interface OpenApiOptions {
  config: DingTalkConfig;
  fetch: typeof fetch;
  timings: Timings;
  meter: Meter;
  /** real time */
  now(): Date;
  random(): number;
}

/** Calls a second that DingTalk's standard edition allows an app for each API. */
const CALLS = { burst: 20, perSecond: 20 };

/** DingTalk's OpenAPI: a token in a header, JSON both ways, every call counted against a small quota. */
export function createOpenApi(options: OpenApiOptions): OpenApi {
  const { config, timings, meter, now } = options;
  const limiter = createRateLimiter(CALLS);
  const token = keepAccessToken(async () => {
    try {
      const fresh = await fetchToken(config, options.fetch, timings.callWithin);
      count("accessToken", "ok");
      return fresh;
    } catch (error) {
      count("accessToken", "unavailable");
      throw error;
    }
  }, now);

  return {
    call: async (path, body, caller) => {
      const retryAt = caller.urgent ? null : limiter.ask(path, caller.key, now());
      if (retryAt !== null)
        return { outcome: "limited", reason: "our own limit for this call", retryAt };
      return callWithToken(token, (accessToken) => callOnce(path, body, caller, accessToken));
    },
  };

  async function callOnce(
    path: string,
    body: unknown,
    caller: Caller,
    accessToken: string,
  ): Promise<Verdict> {
    const verdict = await postJson(`${config.apiBase}${path}`, body, {
      fetch: options.fetch,
      headers: { "x-acs-dingtalk-access-token": accessToken },
      within: caller.within ?? timings.callWithin,
      method: caller.method ?? "POST",
    }).then((answer) => apiVerdict(answer, now(), options.random()), noAnswer);
    count(path.split("/").slice(-2).join("/"), verdict.outcome);
    return verdict;
  }

  function count(api: string, outcome: string): void {
    meter.count(COUNTERS.apiCalls, { api, outcome });
  }
}

/** A token that is refused is dropped and asked for anew, once. */
async function callWithToken(
  token: AccessToken,
  callOnce: (accessToken: string) => Promise<Verdict>,
): Promise<Verdict> {
  try {
    const first = await token.get();
    const verdict = await callOnce(first);
    if (verdict.outcome !== "unauthorized") return verdict;
    token.drop(first);
    return await callOnce(await token.get());
  } catch (error) {
    const reason = error instanceof Error ? error.message : "no access token";
    return { outcome: "unavailable", reason };
  }
}
