import { isFreshlySigned, isSignedBy, readSignedHead } from "../webhook-signature.ts";

/** Whoever signs makes a new one for every call; it is kept, so it may not be of any length. */
const NONCE = /^[A-Za-z0-9_.-]{8,128}$/;

export type SignatureProblem = "unsigned" | "stale" | "forged";

/**
 * What is wrong with a signed call; null when nothing is. Whether it was taken before, only the database
 * knows. A forged one is never told that it is stale.
 *
 * @param now - real time
 */
export function signatureProblem(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: Uint8Array,
  secret: string,
  now: Date,
): SignatureProblem | null {
  const head = readSignedHead(headers);
  if (head === null || !NONCE.test(head.id)) return "unsigned";
  if (!isSignedBy([secret], head, body)) return "forged";
  return isFreshlySigned(head, now) ? null : "stale";
}
