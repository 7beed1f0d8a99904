import type { Clock } from "./clock.ts";
import { webhookSignature } from "./webhook-signature.ts";

const ANSWER_WITHIN_MS = 10_000;

/**
 * Posts JSON to another system, signed as Standard Webhooks say. Redirections are not followed: they lead
 * where nobody has named an address.
 *
 * @param id - the same for every try of the same message
 * @param real - real time, of the signature
 * @throws when no answer came in ten seconds
 */
export function signedPost(
  { url, secret }: { url: string; secret: string },
  id: string,
  body: string,
  real: Clock,
): Promise<Response> {
  const seconds = Math.floor(real.now().getTime() / 1000);
  return fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(seconds),
      "webhook-signature": webhookSignature(secret, id, seconds, body),
    },
    body,
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
}
