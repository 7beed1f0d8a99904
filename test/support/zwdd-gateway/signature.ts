import { createHmac } from "node:crypto";

/**
 * What the platform expects of a signature, written down from the rule and not from the product:
 * METHOD, timestamp, nonce and path in lines, then the decoded fields of the form, sorted by key
 * whatever its case, as `k=v` joined by `&`, where there are any.
 */
export function expectedSignature(
  secret: string,
  method: string,
  path: string,
  timestamp: string,
  nonce: string,
  form: string,
): string {
  const fields: string[][] = [];
  for (const [key, value] of new URLSearchParams(form)) fields.push([key, value]);
  fields.sort((a, b) => {
    const x = `${a[0]?.toLowerCase()}\u0000${a[1]}`;
    const y = `${b[0]?.toLowerCase()}\u0000${b[1]}`;
    return x === y ? 0 : x < y ? -1 : 1;
  });
  const params = fields.map((pair) => pair.join("=")).join("&");
  const text = `${method}\n${timestamp}\n${nonce}\n${path}${params === "" ? "" : `\n${params}`}`;
  return createHmac("sha256", Buffer.from(secret, "utf8"))
    .update(Buffer.from(text, "utf8"))
    .digest("base64");
}
