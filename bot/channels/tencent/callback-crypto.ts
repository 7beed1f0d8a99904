import { createHash, timingSafeEqual } from "node:crypto";
import { decrypt, encrypt, getSignature } from "@wecom/crypto";

/** Of `timestamp` and `nonce` alone: it says who calls, and nothing about the body. */
export function plainSignature(token: string, timestamp: string, nonce: string): string {
  return createHash("sha1").update([token, timestamp, nonce].sort().join("")).digest("hex");
}

export interface CallbackKeys {
  token: string;
  /** EncodingAESKey, 43 signs */
  aesKey: string;
  /** AppID or CorpID: what is encrypted for somebody else is refused */
  receiver: string;
}

/** What an encrypted callback says; null unless it was signed with our token and encrypted for us. */
export function openSealed(
  keys: CallbackKeys,
  sealed: { encrypt: string; timestamp: string; nonce: string; signature: string },
): string | null {
  const expected = getSignature(keys.token, sealed.timestamp, sealed.nonce, sealed.encrypt);
  if (!sameText(expected, sealed.signature)) return null;
  try {
    const { message, id } = decrypt(keys.aesKey, sealed.encrypt);
    return id === keys.receiver ? message : null;
  } catch {
    return null;
  }
}

/** An answer, encrypted and signed like what it answers. */
export function seal(keys: CallbackKeys, text: string, timestamp: string, nonce: string) {
  const sealed = encrypt(keys.aesKey, text, keys.receiver);
  return { encrypt: sealed, signature: getSignature(keys.token, timestamp, nonce, sealed) };
}

export function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
