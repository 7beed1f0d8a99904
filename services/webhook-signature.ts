import { createHmac, randomBytes } from "node:crypto";

/** A secret as Standard Webhooks writes it. */
export const makeWebhookSecret = (): string => `whsec_${randomBytes(24).toString("base64")}`;

/**
 * The signature of Standard Webhooks (standardwebhooks.com): HMAC-SHA256 over id, seconds and body.
 *
 * @param seconds - Unix time of the sending
 */
export function webhookSignature(
  secret: string,
  id: string,
  seconds: number,
  body: string,
): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64")}`;
}
