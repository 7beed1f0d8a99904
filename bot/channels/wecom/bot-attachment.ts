import { decryptFile } from "@wecom/aibot-node-sdk";
import { AttachmentError } from "../attachment-error.ts";
import { download } from "../common/download.ts";

const WITHIN_MS = 60_000;
const HOSTS = /\.(?:qq\.com|qpic\.cn|myqcloud\.com)$/;

/** A file of the bot's lies encrypted at an address that lives five minutes, with a key of its own. */
export async function fetchBotFile(
  ref: string,
  options: { fetch: typeof fetch; botUrl: string },
): Promise<Uint8Array> {
  const { url, aeskey } = JSON.parse(ref) as { url: string; aeskey?: string };
  const { bytes } = await download(url, {
    fetch: options.fetch,
    trust: (address) => trusted(address, options.botUrl),
    platform: "Tencent",
    within: WITHIN_MS,
  });
  if (aeskey === undefined) return bytes;
  try {
    return new Uint8Array(decryptFile(Buffer.from(bytes), aeskey));
  } catch {
    throw new AttachmentError("gone", "The file cannot be decrypted. Ask for it again.");
  }
}

/** Tencent's hosts by https, and the host of the bot's own address as it stands in the settings. */
function trusted(address: string, botUrl: string): URL | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol === "https:" && HOSTS.test(url.hostname)) return url;
  const own = new URL(botUrl);
  const sameHost = url.host === own.host && url.protocol === own.protocol.replace("ws", "http");
  return sameHost ? url : null;
}
