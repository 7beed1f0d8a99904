import { AttachmentError } from "../attachment-error.ts";

export const MOST_ATTACHMENT_BYTES = 20 * 1024 * 1024;
const MOST_REDIRECTS = 3;

export interface DownloadOptions {
  fetch: typeof fetch;
  /** the address as it may be called; null: it leads somewhere else. Each hop is checked like the first. */
  trust(address: string): URL | null;
  /** whose hosts are trusted, for the refusal */
  platform: string;
  /** milliseconds for the whole download */
  within: number;
}

export interface Downloaded {
  bytes: Uint8Array;
  headers: Headers;
}

/**
 * Fetches a file whose address the platform named.
 *
 * @throws AttachmentError
 */
export async function download(address: string, options: DownloadOptions): Promise<Downloaded> {
  const time = AbortSignal.timeout(options.within);
  try {
    const response = await open(address, options, time);
    return { bytes: await bytesOf(response), headers: response.headers };
  } catch (cause) {
    if (cause instanceof AttachmentError) throw cause;
    throw unavailable("the download broke off", { cause });
  }
}

async function open(
  address: string,
  options: DownloadOptions,
  signal: AbortSignal,
): Promise<Response> {
  let next = address;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const url = options.trust(next);
    if (url === null) {
      throw new AttachmentError(
        "forbiddenHost",
        `The file lies on a host that is not ${options.platform}'s; it is not fetched. Ask for it again, or by another way.`,
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

export const unavailable = (reason: string, more: { retryAt?: Date; cause?: unknown } = {}) =>
  new AttachmentError(
    "unavailable",
    `The file cannot be fetched now: ${reason}. Try again later.`,
    more,
  );
