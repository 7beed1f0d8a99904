import { createHmac } from "node:crypto";
import { isSameSecret } from "./token-hash.ts";

const GOOD_FOR_S = 24 * 3600;

/** The addresses of a call's printed form, good for a day, for whoever may see the call. */
export function formLinks(secret: string, no: string, now: Date): { html: string; pdf: string } {
  const exp = String(Math.floor(now.getTime() / 1000) + GOOD_FOR_S);
  const query = `?exp=${exp}&sig=${signature(secret, no, exp)}`;
  const path = `/api/call-tickets/${no}/form`;
  return { html: `${path}${query}`, pdf: `${path}.pdf${query}` };
}

/** @param secret - the administrator's token; it cannot be found from a link */
export function opensForm(
  secret: string,
  no: string,
  { exp, sig }: { exp?: unknown; sig?: unknown },
  now: Date,
): boolean {
  if (typeof exp !== "string" || typeof sig !== "string" || !/^\d{1,12}$/.test(exp)) return false;
  if (Number(exp) * 1000 <= now.getTime()) return false;
  return isSameSecret(sig, signature(secret, no, exp));
}

const signature = (secret: string, no: string, exp: string): string =>
  createHmac("sha256", secret).update(`call form\0${no}\0${exp}`).digest("base64url");
