import type { DingTalkConfig } from "../../../services/dingtalk-config.ts";
import type { FreshToken } from "../common/access-token.ts";
import { field, postJson } from "../common/post-json.ts";

/**
 * Asks DingTalk for the app's access token.
 *
 * @param within - milliseconds
 * @throws with what to do about it
 */
export async function fetchToken(
  config: DingTalkConfig,
  fetch: typeof globalThis.fetch,
  within: number,
): Promise<FreshToken> {
  const answer = await postJson(
    `${config.apiBase}/v1.0/oauth2/accessToken`,
    { appKey: config.clientId, appSecret: config.clientSecret },
    { fetch, within },
  );
  const token = field(answer.body, "accessToken");
  const expiresIn = Number(field(answer.body, "expireIn"));
  if (answer.status !== 200 || token === undefined || !(expiresIn > 0)) {
    const code = field(answer.body, "code") ?? "";
    throw new Error(
      `DingTalk gives no access token (${answer.status} ${code}). Check DINGTALK_CLIENT_ID, DINGTALK_CLIENT_SECRET and DINGTALK_API_BASE.`,
    );
  }
  return { token, expiresIn };
}
