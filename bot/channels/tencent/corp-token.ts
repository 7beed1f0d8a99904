import { CALL_WITHIN_MS, getJson, tokenOf } from "./api.ts";

/** The token of an app of 企业微信, 微信客服 among them. @throws with what to do about it */
export async function corpToken(
  config: { apiBase: string; corpId: string; secret: string },
  fetch: typeof globalThis.fetch,
  who: string,
  settings: string,
) {
  const query = new URLSearchParams({ corpid: config.corpId, corpsecret: config.secret });
  const answer = await getJson(`${config.apiBase}/cgi-bin/gettoken?${query}`, {
    fetch,
    within: CALL_WITHIN_MS,
  });
  return tokenOf(answer, who, `${settings}, WECOM_API_BASE`);
}
