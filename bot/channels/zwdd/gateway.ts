import type { ZwddConfig } from "../../../services/zwdd-config.ts";
import { type AccessToken, type FreshToken, keepAccessToken } from "../common/access-token.ts";
import { field } from "../common/post-json.ts";
import { noAnswer, type Verdict } from "../common/verdict.ts";
import type { OwnAddress } from "./own-address.ts";
import { nonceOf, type Params, signatureOf, timestampOf } from "./sign.ts";

export interface GatewayDeps {
  config: ZwddConfig;
  fetch: typeof fetch;
  /** real time */
  now(): Date;
  random(): number;
  own: OwnAddress;
  /** milliseconds for one call */
  within: number;
}

export interface Gateway {
  /** One signed call; a field that is null is left out. Never throws. */
  post(path: string, fields: Readonly<Record<string, string | null>>): Promise<Verdict>;
  token: AccessToken;
}

/** The gateway of 专有钉钉: forms, signed by HMAC, answers in JSON. */
export function createGateway(deps: GatewayDeps): Gateway {
  const post: Gateway["post"] = (path, fields) => {
    const params = Object.entries(fields).flatMap(([key, value]) =>
      value === null ? [] : [[key, value] as const],
    );
    return callOnce(path, params, deps).then(
      (answer) => verdictOf(answer, deps.now(), deps.random()),
      noAnswer,
    );
  };
  return { post, token: keepAccessToken(() => fetchToken(post, deps.config), deps.now) };
}

interface Answer {
  status: number;
  body: unknown;
}

async function callOnce(path: string, params: Params, deps: GatewayDeps): Promise<Answer> {
  const { config, own } = deps;
  const timestamp = timestampOf(deps.now());
  const nonce = nonceOf(deps.now(), deps.random());
  const signed = { method: "POST" as const, path, params, timestamp, nonce };
  const response = await deps.fetch(`${config.base}${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded;charset=utf-8",
      accept: "application/json",
      apiKey: config.appKey,
      "X-Hmac-Auth-Timestamp": timestamp,
      "X-Hmac-Auth-Version": "1.0",
      "X-Hmac-Auth-Nonce": nonce,
      "X-Hmac-Auth-Signature": signatureOf(signed, config.appSecret),
      "X-Hmac-Auth-IP": own.ip,
      "X-Hmac-Auth-MAC": own.mac,
    },
    body: new URLSearchParams(params.map(([key, value]) => [key, value])).toString(),
    // An address that was signed for must stay the address that is called.
    redirect: "manual",
    signal: AbortSignal.timeout(deps.within),
  });
  return { status: response.status, body: parse(await response.text()) };
}

/** Waits in milliseconds, lengthened by up to the same again by chance. */
const WAITS = { busy: 1_000, refused: 10 * 60_000 };

/**
 * `{success, content: {success, responseCode: "0", responseMessage, data}}`; what the gateway itself
 * refuses, such as a wrong signature, has no content.
 */
function verdictOf({ status, body }: Answer, now: Date, random: number): Verdict {
  const content = member(body, "content");
  const code = field(content, "responseCode") ?? field(body, "errorCode") ?? field(body, "Code");
  const message =
    field(content, "responseMessage") ?? field(body, "errorMsg") ?? field(body, "Message");
  const reason = `${status} ${code ?? ""} ${message ?? ""}`.trim().slice(0, 200);
  const later = (wait: number): Verdict => ({
    outcome: "limited",
    reason,
    retryAt: new Date(now.getTime() + wait * (1 + random)),
  });
  if (status === 429) return later(WAITS.busy);
  // A signature, a permission, an address that is not on the list: a person has to mend it.
  if (status === 401 || status === 403) return later(WAITS.refused);
  const isRedirect = status >= 300 && status < 400;
  if (status >= 500 || isRedirect || body === undefined) return { outcome: "unavailable", reason };
  if (status < 400 && isTrue(body, "success") && (content === undefined || succeeded(content)))
    return { outcome: "ok", body: content };
  return { outcome: "rejected", code: code ?? String(status), reason };
}

const succeeded = (content: unknown): boolean =>
  member(content, "success") !== false && (field(content, "responseCode") ?? "0") === "0";

const isTrue = (value: unknown, name: string): boolean => {
  const found = member(value, name);
  return found === true || found === "true";
};

const member = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @throws with what to do about it */
export async function fetchToken(
  post: Gateway["post"],
  config: Pick<ZwddConfig, "appKey" | "appSecret">,
): Promise<FreshToken> {
  const verdict = await post("/gettoken.json", {
    appkey: config.appKey,
    appsecret: config.appSecret,
  });
  const data = verdict.outcome === "ok" ? member(verdict.body, "data") : undefined;
  const token = field(data, "accessToken");
  const expiresIn = Number(field(data, "expiresIn"));
  if (token === undefined || !(expiresIn > 0)) {
    const reason = verdict.outcome === "ok" ? "no token in the answer" : verdict.reason;
    throw new Error(
      `浙政钉 gives no access token (${reason}). Check ZWDD_APP_KEY, ZWDD_APP_SECRET, ZWDD_BASE, this machine's clock, and that its address is on the application's list.`,
    );
  }
  return { token, expiresIn };
}
