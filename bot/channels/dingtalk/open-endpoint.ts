import type { DingTalkConfig } from "../../../services/dingtalk-config.ts";
import { field, postJson } from "../common/post-json.ts";
import type { TrustUrl } from "./trusted-urls.ts";

export interface Subscription {
  type: string;
  topic: string;
}

export interface OpenEndpointOptions {
  config: DingTalkConfig;
  fetch: typeof fetch;
  trustUrl: TrustUrl;
  /** milliseconds */
  within: number;
}

/**
 * Asks the gateway where to connect. The answer carries a ticket that is good for 90 seconds and one
 * connection, so each attempt asks anew.
 *
 * @returns the address of the socket, ticket included
 * @throws with what to do about it
 */
export async function openEndpoint(
  subscriptions: readonly Subscription[],
  options: OpenEndpointOptions,
  signal: AbortSignal,
): Promise<string> {
  const { clientId, clientSecret, apiBase } = options.config;
  const answer = await postJson(
    `${apiBase}/v1.0/gateway/connections/open`,
    { clientId, clientSecret, ua: "yihu", subscriptions },
    { fetch: options.fetch, within: options.within, signal },
  );
  const endpoint = field(answer.body, "endpoint");
  const ticket = field(answer.body, "ticket");
  if (answer.status !== 200 || endpoint === undefined || ticket === undefined) {
    throw new Error(refusal(answer.status, field(answer.body, "code")));
  }
  const url = options.trustUrl(endpoint, "socket");
  if (url === null) {
    throw new Error(
      "The gateway names an endpoint that is neither DingTalk's nor on the host and port of DINGTALK_API_BASE or DINGTALK_OAPI_BASE. Correct the base settings.",
    );
  }
  url.searchParams.set("ticket", ticket);
  return url.toString();
}

function refusal(status: number, code: string | undefined): string {
  const answer = `The gateway answered ${status}${code === undefined ? "" : ` ${code}`}.`;
  if (status === 401) {
    return `${answer} Check DINGTALK_CLIENT_ID and DINGTALK_CLIENT_SECRET on the credentials page of the app.`;
  }
  if (status === 400 || status === 403) {
    return `${answer} Publish the app, switch its robot to Stream mode and allow this server's address.`;
  }
  return `${answer} It is tried again; if it stays so, check DINGTALK_API_BASE and the way out of the network.`;
}
