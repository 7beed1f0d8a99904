import type { Metrics } from "../../../services/metrics.ts";
import { AttachmentError } from "../attachment-error.ts";
import { type FreshToken, keepAccessToken } from "../common/access-token.ts";
import { download, unavailable } from "../common/download.ts";
import { field, type HttpAnswer, postJson } from "../common/post-json.ts";
import { noAnswer, type Verdict } from "../common/verdict.ts";
import { verdictOf } from "./verdict.ts";

export interface TencentApi {
  /** Calls `POST path?access_token=…`. Never throws. */
  call(path: string, body: unknown): Promise<Verdict>;
  /**
   * Fetches an uploaded file by its media id.
   *
   * @throws AttachmentError
   */
  media(path: string, mediaId: string): Promise<Uint8Array>;
  /** what the last call said of the way there; null: it is good */
  problem(): string | null;
}

export interface TencentApiOptions {
  base: string;
  /** who calls, in metrics: `wechat`, `wechatKf`, `wecom` */
  name: string;
  /** one call for a token; throws with what to do about it */
  fetchToken(): Promise<FreshToken>;
  fetch: typeof fetch;
  metrics: Pick<Metrics, "count">;
  /** real time */
  now(): Date;
  random(): number;
}

export const CALL_WITHIN_MS = 10_000;
const DOWNLOAD_WITHIN_MS = 60_000;
/** The media id is unknown, or its file is no more. */
const GONE = ["40007", "40004"];

/** The HTTP API that WeChat and WeCom share: a token in the query, JSON both ways, `errcode` in a 200. */
export function createTencentApi(options: TencentApiOptions): TencentApi {
  const { base, now, random } = options;
  let problem: string | null = null;
  const token = keepAccessToken(options.fetchToken, now);

  return {
    call: (path, body) =>
      withToken((accessToken) =>
        counted(
          path,
          postJson(withQuery(path, { access_token: accessToken }), body, {
            fetch: options.fetch,
            within: CALL_WITHIN_MS,
          }).then((answer) => verdictOf(answer, now(), random()), noAnswer),
        ),
      ),
    media: async (path, mediaId) => {
      let bytes = new Uint8Array();
      const verdict = await withToken(async (accessToken) => {
        const file = await download(
          withQuery(path, { access_token: accessToken, media_id: mediaId }),
          {
            fetch: options.fetch,
            trust: (address) => (address.startsWith(`${base}/`) ? new URL(address) : null),
            platform: "Tencent",
            within: DOWNLOAD_WITHIN_MS,
          },
        );
        bytes = new Uint8Array(file.bytes);
        const type = file.headers.get("content-type") ?? "";
        // What cannot be given is answered in JSON, which no picture is.
        return /json|text\/plain/.test(type)
          ? verdictOf({ status: 200, body: parsed(bytes) }, now(), random())
          : { outcome: "ok", body: {} };
      });
      if (verdict.outcome === "ok") return bytes;
      if (verdict.outcome === "rejected" && GONE.includes(verdict.code))
        throw new AttachmentError("gone", "The file is gone. Ask for it again.");
      throw unavailable(
        verdict.reason,
        verdict.outcome === "limited" ? { retryAt: verdict.retryAt } : {},
      );
    },
    problem: () => problem,
  };

  function withQuery(path: string, query: Record<string, string>): string {
    return `${base}${path}?${new URLSearchParams(query)}`;
  }

  async function counted(path: string, calling: Promise<Verdict>): Promise<Verdict> {
    const verdict = await calling;
    const api = path.split("/").slice(-2).join("/");
    options.metrics.count("tencent_api_calls_total", {
      channel: options.name,
      api,
      outcome: verdict.outcome,
    });
    return verdict;
  }

  /** A token that is refused is dropped and asked for anew, once. */
  async function withToken(callOnce: (accessToken: string) => Promise<Verdict>): Promise<Verdict> {
    try {
      const first = await token.get();
      let verdict = await callOnce(first);
      if (verdict.outcome === "unauthorized") {
        token.drop(first);
        verdict = await callOnce(await token.get());
      }
      problem = verdict.outcome === "unavailable" ? verdict.reason : null;
      return verdict;
    } catch (error) {
      if (error instanceof AttachmentError) throw error;
      problem = error instanceof Error ? error.message : "no access token";
      return { outcome: "unavailable", reason: problem };
    }
  }
}

/** The token in an answer of a token call. @throws with what to do about it */
export function tokenOf({ status, body }: HttpAnswer, who: string, settings: string): FreshToken {
  const token = field(body, "access_token");
  const expiresIn = Number(field(body, "expires_in"));
  if (status === 200 && token !== undefined && expiresIn > 0) return { token, expiresIn };
  const code = field(body, "errcode") ?? "";
  throw new Error(
    `${who} gives no access token (${status} ${code}). Check ${settings}, and that the address of this machine is on the platform's list of trusted addresses (IP白名单).`,
  );
}

/** `GET` for JSON; the WeCom APIs give tokens so. */
export async function getJson(
  url: string,
  options: { fetch: typeof fetch; within: number },
): Promise<HttpAnswer> {
  const response = await options.fetch(url, {
    headers: { accept: "application/json" },
    redirect: "manual",
    signal: AbortSignal.timeout(options.within),
  });
  return { status: response.status, body: parsed(await response.text()) };
}

function parsed(text: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof text === "string" ? text : Buffer.from(text).toString());
  } catch {
    return undefined;
  }
}
