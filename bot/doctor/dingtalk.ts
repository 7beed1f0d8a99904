import type { DingTalkConfig } from "../../services/config.ts";
import { type Finding, failed, ok, reasonOf } from "../../services/doctor/finding.ts";
import { fetchToken } from "../channels/dingtalk/fetch-token.ts";
import { openEndpoint } from "../channels/dingtalk/open-endpoint.ts";
import { SUBSCRIPTIONS } from "../channels/dingtalk/receiver.ts";
import { trustUrls } from "../channels/dingtalk/trusted-urls.ts";

const WITHIN_MS = 8_000;

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
    await tried("DingTalk token", "obtained", () => fetchToken(config, fetch, WITHIN_MS)),
    await tried("DingTalk gateway", "names an endpoint", () =>
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

const NO_ANSWER =
  "Check DINGTALK_API_BASE, and that this machine may reach it (firewall, proxy, name server).";

async function tried(
  what: string,
  success: string,
  work: () => Promise<unknown>,
): Promise<Finding> {
  try {
    await work();
    return ok(what, success);
  } catch (error) {
    // What the platform answered comes with its advice; what has a cause or no sentence is the network.
    const message = error instanceof Error ? error.message : "";
    const sentences = /^(.*?[.)])\.? ([A-Z].*)$/s.exec(message);
    return sentences?.[1] === undefined || sentences[2] === undefined
      ? failed(what, `no answer (${reasonOf(error)})`, NO_ANSWER)
      : failed(what, sentences[1].replace(/\.$/, ""), sentences[2]);
  }
}
