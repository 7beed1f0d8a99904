import { readSignedHead, type SignatureProblem, signatureProblem } from "../webhook-signature.ts";

/** Whoever signs makes a new one for every call; it is kept, so it may not be of any length. */
const NONCE = /^[A-Za-z0-9_.-]{8,128}$/;

export type CallProblem = SignatureProblem | "unsigned";

/**
 * What is wrong with a signed call; null when nothing is. Whether it was taken before, only the database
 * knows.
 *
 * @param now - real time
 */
export function callProblem(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: Uint8Array,
  secret: string,
  now: Date,
): CallProblem | null {
  const head = readSignedHead(headers);
  return head === null || !NONCE.test(head.id)
    ? "unsigned"
    : signatureProblem([secret], head, body, now);
}
