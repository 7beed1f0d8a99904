import { createHmac } from "node:crypto";

/** Fields of a form. A key may occur more than once. */
export type Params = readonly (readonly [key: string, value: string])[];

export interface ToSign {
  method: "GET" | "POST";
  /** without host and query */
  path: string;
  params: Params;
  timestamp: string;
  nonce: string;
}

/**
 * The signature of one call of the gateway. The parameters go in as they are, NOT url-encoded: whoever
 * signs what the form looks like on the wire is refused as soon as a value is Chinese.
 */
export function signatureOf(call: ToSign, secret: string): string {
  const params = canonical(call.params);
  const lines = [call.method, call.timestamp, call.nonce, call.path];
  const text = [...lines, ...(params === "" ? [] : [params])].join("\n");
  return createHmac("sha256", secret).update(text, "utf8").digest("base64");
}

/** Sorted by key whatever its case, then by value. */
function canonical(params: Params): string {
  return [...params]
    .sort(([a, x], [b, y]) => compared(a.toLowerCase(), b.toLowerCase()) || compared(x, y))
    .map(([key, value]) => `${key}=${value}`)
    .join("&");
}

/** By code unit: no language's order. */
const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const HOURS_AHEAD = 8;

/** `2026-11-25T09:00:00.000+08:00` */
export function timestampOf(now: Date): string {
  const there = new Date(now.getTime() + HOURS_AHEAD * 3_600_000);
  return there.toISOString().replace("Z", "+08:00");
}

/** Milliseconds and four digits. @param random - from 0 to 1 */
export const nonceOf = (now: Date, random: number): string =>
  `${now.getTime()}${String(Math.floor(random * 10_000)).padStart(4, "0")}`;
