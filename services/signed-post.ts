import { request as byHttp } from "node:http";
import { request as byHttps } from "node:https";
import { type AddressGuard, AddressRefused } from "./address-guard.ts";
import type { Clock } from "./clock.ts";
import { webhookSignature } from "./webhook-signature.ts";

const ANSWER_WITHIN_MS = 10_000;
/** What the other side says beyond this is not read. */
const MOST_ANSWER_BYTES = 10_000;

export interface PostAnswer {
  status: number;
  /** 2xx */
  ok: boolean;
  text: string;
}

/**
 * Posts JSON to another system, signed as Standard Webhooks say. Redirections are not followed: they lead
 * where nobody has named an address. Each post has a connection of its own, so what was opened for one
 * address is not used for another.
 *
 * @param id - the same for every try of the same message
 * @param real - real time, of the signature
 * @param guard - null: the operator named the address in the settings
 * @throws AddressRefused, or when no answer came in ten seconds
 */
export function signedPost(
  { url, secret }: { url: string; secret: string },
  id: string,
  body: string,
  real: Clock,
  guard: AddressGuard | null,
): Promise<PostAnswer> {
  const seconds = Math.floor(real.now().getTime() / 1000);
  return post(new URL(url), body, guard, {
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    "webhook-id": id,
    "webhook-timestamp": String(seconds),
    "webhook-signature": webhookSignature(secret, id, seconds, body),
  });
}

function post(
  url: URL,
  body: string,
  guard: AddressGuard | null,
  headers: Record<string, string>,
): Promise<PostAnswer> {
  return new Promise((resolve, reject) => {
    if (guard !== null && !guard.mayCall(url.hostname)) throw new AddressRefused(url.hostname);
    const asked = (url.protocol === "https:" ? byHttps : byHttp)(url, {
      method: "POST",
      headers,
      agent: false,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      ...(guard === null ? {} : { lookup: guard.lookup }),
    });
    asked.on("error", reject);
    asked.on("response", (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      const finish = () => {
        const status = response.statusCode ?? 0;
        const text = Buffer.concat(chunks).toString("utf8");
        resolve({ status, ok: status >= 200 && status < 300, text });
      };
      response.on("error", reject);
      response.on("end", finish);
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length <= MOST_ANSWER_BYTES) return;
        finish();
        response.destroy();
      });
    });
    asked.end(body);
  });
}
