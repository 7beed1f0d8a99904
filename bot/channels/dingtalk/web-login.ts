import type { DingTalkConfig } from "../../../services/dingtalk-config.ts";
import type { DingTalkLogin } from "../../../services/workflows/dingtalk-login.ts";
import { keepAccessToken } from "../common/access-token.ts";
import { field, postJson } from "../common/post-json.ts";
import { fetchToken } from "./fetch-token.ts";

/** Somebody looks at a turning wheel meanwhile. */
const WITHIN_MS = 8_000;
/** `errcode` of oapi where the token is the trouble: another one is asked for, once. */
const TOKEN_REFUSED = ["40001", "40014", "42001"];
/** `errcode` where the platform is busy or ill. */
const BUSY = ["-1", "90002", "90018", "130101"];

/**
 * Who opened a page in DingTalk's web view (免登): exchanges the code that the page got from the JSAPI,
 * good once and for five minutes, for the account's user id.
 *
 * @param now - real time
 */
export function dingtalkLogin(
  config: DingTalkConfig & { corpId: string },
  fetch: typeof globalThis.fetch,
  now: () => Date,
): DingTalkLogin {
  const token = keepAccessToken(() => fetchToken(config, fetch, WITHIN_MS), now);
  const ask = async (code: string, accessToken: string) => {
    const query = new URLSearchParams({ access_token: accessToken });
    const url = `${config.oapiBase}/topapi/v2/user/getuserinfo?${query}`;
    const { status, body } = await postJson(url, { code }, { fetch, within: WITHIN_MS });
    if (status !== 200) throw new Error(`DingTalk answered ${status}.`);
    return body;
  };

  return {
    corpId: config.corpId,
    async userIdOf(code) {
      try {
        const first = await token.get();
        let answer = await ask(code, first);
        if (TOKEN_REFUSED.includes(field(answer, "errcode") ?? "")) {
          token.drop(first);
          answer = await ask(code, await token.get());
        }
        const errcode = field(answer, "errcode") ?? "";
        const userId = field((answer as { result?: unknown } | null)?.result, "userid");
        if (errcode === "0" && userId !== undefined) return { kind: "known", userId };
        const isIll = errcode === "" || BUSY.includes(errcode) || TOKEN_REFUSED.includes(errcode);
        const reason = `errcode ${errcode} ${field(answer, "errmsg") ?? ""}`;
        return { kind: isIll ? "unavailable" : "refused", reason };
      } catch (error) {
        return {
          kind: "unavailable",
          reason: error instanceof Error ? error.message : String(error),
        };
      }
    },
  };
}
