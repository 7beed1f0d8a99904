import type { DingTalkConfig } from "../../services/dingtalk-config.ts";
import type { Finding } from "../../services/doctor/finding.ts";
import { fetchToken } from "../channels/dingtalk/fetch-token.ts";
import { openEndpoint } from "../channels/dingtalk/open-endpoint.ts";
import { SUBSCRIPTIONS } from "../channels/dingtalk/receiver.ts";
import { trustUrls } from "../channels/dingtalk/trusted-urls.ts";
import { tried } from "./tried.ts";

const WITHIN_MS = 8_000;
const NO_ANSWER =
  "Check DINGTALK_API_BASE, and that this machine may reach it (firewall, proxy, name server).";

/**
 * Whether DingTalk knows the app: it gives a token, and its gateway names an endpoint. Nothing is
 * connected, so a running product keeps all of its messages.
 */
export async function checkDingTalk(
  config: DingTalkConfig,
  surroundings: { fetch: typeof fetch },
): Promise<Finding[]> {
  const { fetch } = surroundings;
  return [
    await tried("DingTalk token", "obtained", NO_ANSWER, () =>
      fetchToken(config, fetch, WITHIN_MS),
    ),
    await tried("DingTalk gateway", "names an endpoint", NO_ANSWER, () =>
      openEndpoint(
        SUBSCRIPTIONS,
        {
          config,
          fetch,
          trustUrl: trustUrls([config.apiBase, config.oapiBase]),
          within: WITHIN_MS,
        },
        new AbortController().signal,
      ),
    ),
  ];
}
