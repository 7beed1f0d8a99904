import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

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
  body: string | Uint8Array,
): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const digest = createHmac("sha256", key).update(`${id}.${seconds}.`).update(body);
  return `v1,${digest.digest("base64")}`;
}

/** How far a signed moment may be from ours, either way: what Standard Webhooks advises. */
const FRESH_SECONDS = 5 * 60;

/** What comes with a signed body, as Standard Webhooks names its headers. */
export interface SignedHead {
  id: string;
  /** Unix time of the sending */
  seconds: number;
  /** one signature, or several with blanks between them */
  signatures: readonly string[];
}

const ID = /^[\x21-\x7e]{1,200}$/;
const SECONDS = /^\d{1,12}$/;
const MOST_SIGNATURES = 5;

/** The head of a signed request; null where a part is missing or written badly. */
export function readSignedHead(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): SignedHead | null {
  const id = headers["webhook-id"];
  const seconds = headers["webhook-timestamp"];
  const signature = headers["webhook-signature"];
  if (typeof id !== "string" || typeof seconds !== "string" || typeof signature !== "string")
    return null;
  const signatures = signature.split(" ").filter((one) => one.startsWith("v1,"));
  if (!ID.test(id) || !SECONDS.test(seconds) || signatures.length === 0) return null;
  return { id, seconds: Number(seconds), signatures: signatures.slice(0, MOST_SIGNATURES) };
}

/** Whether it was signed lately enough not to be an old message sent once more. @param now - real time */
const isFreshlySigned = ({ seconds }: SignedHead, now: Date): boolean =>
  Math.abs(now.getTime() / 1000 - seconds) <= FRESH_SECONDS;

/** Whether one of the signatures was made with one of the secrets; compared in constant time. */
export function isSignedBy(
  secrets: readonly string[],
  { id, seconds, signatures }: SignedHead,
  body: Uint8Array,
): boolean {
  const expected = secrets.map((secret) => webhookSignature(secret, id, seconds, body));
  let good = false;
  for (const given of signatures) for (const one of expected) if (isSame(given, one)) good = true;
  return good;
}

export type SignatureProblem = "forged" | "stale";

/** What is wrong with a signed body; null when nothing is. A forged one is never told that it is stale. */
export function signatureProblem(
  secrets: readonly string[],
  head: SignedHead,
  body: Uint8Array,
  now: Date,
): SignatureProblem | null {
  if (!isSignedBy(secrets, head, body)) return "forged";
  return isFreshlySigned(head, now) ? null : "stale";
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
