import type { DingTalkConfig } from "../../../services/config.ts";
import type { Attachment } from "../../../services/domain/incoming.ts";
import { AttachmentError } from "../attachment-error.ts";
import type { FetchedAttachment } from "../channel.ts";
import type { OpenApi } from "./open-api.ts";
import { field } from "./post-json.ts";
import type { Timings } from "./timings.ts";
import type { TrustUrl } from "./trusted-urls.ts";

export const MOST_ATTACHMENT_BYTES = 20 * 1024 * 1024;
const MOST_REDIRECTS = 3;

export interface FetchAttachmentOptions {
  config: DingTalkConfig;
  openApi: OpenApi;
  fetch: typeof fetch;
  trustUrl: TrustUrl;
  timings: Timings;
}

/**
 * Exchanges the download code for an address that lives shortly, and fetches it at once.
 *
 * @throws AttachmentError
 */
export async function fetchAttachment(
  attachment: Attachment,
  options: FetchAttachmentOptions,
): Promise<FetchedAttachment> {
  const verdict = await options.openApi.call(
    "/v1.0/robot/messageFiles/download",
    { downloadCode: attachment.ref, robotCode: options.config.robotCode },
    { key: attachment.ref, urgent: false },
  );
  if (verdict.outcome === "rejected") {
    throw new AttachmentError(
      "gone",
      `DingTalk does not give the file: ${verdict.reason}. Ask for it again.`,
    );
  }
  if (verdict.outcome !== "ok") {
    throw unavailable(
      verdict.reason,
      verdict.outcome === "limited" ? { retryAt: verdict.retryAt } : {},
    );
  }
  const address = field(verdict.body, "downloadUrl") ?? "";
  const time = AbortSignal.timeout(options.timings.downloadWithin);
  try {
    const bytes = await bytesOf(await open(address, options, time));
    return { bytes, fileName: attachment.fileName };
  } catch (cause) {
    if (cause instanceof AttachmentError) throw cause;
    throw unavailable("the download broke off", { cause });
  }
}

/** Each hop is checked like the first. */
async function open(
  address: string,
  options: FetchAttachmentOptions,
  signal: AbortSignal,
): Promise<Response> {
  let next = address;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const url = options.trustUrl(next, "web");
    if (url === null) {
      throw new AttachmentError(
        "forbiddenHost",
        "The file lies on a host that is not DingTalk's; it is not fetched. Ask for it again, or by another way.",
      );
    }
    const response = await options.fetch(url, { redirect: "manual", signal });
    const location = response.headers.get("location");
    if (response.status < 300 || response.status >= 400 || location === null) {
      return checked(response);
    }
    await response.body?.cancel();
    next = new URL(location, url).toString();
  }
  throw unavailable("too many redirects");
}

async function checked(response: Response): Promise<Response> {
  if (response.ok) return response;
  await response.body?.cancel();
  if (response.status === 404 || response.status === 410) {
    throw new AttachmentError("gone", "The file is gone. Ask for it again.");
  }
  throw unavailable(`the file server answered ${response.status}`);
}

/** What the other side says about the length is believed only where it is too much. */
async function bytesOf(response: Response): Promise<Uint8Array> {
  const body = response.body;
  if (body === null) return new Uint8Array();
  if (Number(response.headers.get("content-length")) > MOST_ATTACHMENT_BYTES) {
    await body.cancel();
    throw tooBig();
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    // Leaving the loop cancels the download.
    if (length > MOST_ATTACHMENT_BYTES) throw tooBig();
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

const tooBig = () =>
  new AttachmentError("tooBig", "The file has more than 20 MB. Ask for a smaller one.");

const unavailable = (reason: string, more: { retryAt?: Date; cause?: unknown } = {}) =>
  new AttachmentError(
    "unavailable",
    `The file cannot be fetched now: ${reason}. Try again later.`,
    more,
  );
