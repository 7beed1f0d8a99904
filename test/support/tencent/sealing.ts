import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

/** The platforms' callback crypto, written from its description and apart from the product's library. */
export interface Keys {
  token: string;
  aesKey: string;
  receiver: string;
}

export const sha1 = (...parts: string[]): string =>
  createHash("sha1").update(parts.sort().join("")).digest("hex");

export function encrypted({ aesKey, receiver }: Keys, text: string): string {
  const key = Buffer.from(`${aesKey}=`, "base64");
  const body = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const whole = Buffer.concat([randomBytes(16), length, body, Buffer.from(receiver)]);
  const pad = 32 - (whole.length % 32);
  const cipher = createCipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([whole, Buffer.alloc(pad, pad)]);
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString("base64");
}

export function decrypted({ aesKey }: Keys, sealed: string): string {
  const key = Buffer.from(`${aesKey}=`, "base64");
  const decipher = createDecipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false);
  const whole = Buffer.concat([decipher.update(sealed, "base64"), decipher.final()]);
  return whole.subarray(20, 20 + whole.readUInt32BE(16)).toString();
}

/** A callback as the platform makes it: the address's query and the body. */
export function sealedCall(keys: Keys, xml: string, at = Date.now()) {
  const timestamp = String(Math.floor(at / 1_000));
  const nonce = randomBytes(5).toString("hex");
  const encrypt = encrypted(keys, xml);
  return {
    query: {
      signature: sha1(keys.token, timestamp, nonce),
      timestamp,
      nonce,
      encrypt_type: "aes",
      msg_signature: sha1(keys.token, timestamp, nonce, encrypt),
    } as Record<string, string>,
    body: `<xml><ToUserName><![CDATA[to]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`,
  };
}

/** Fields of a callback as XML: texts in CDATA, numbers bare. */
export const xmlOf = (fields: Readonly<Record<string, string | number | undefined>>): string =>
  `<xml>${Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) =>
      typeof value === "number"
        ? `<${name}>${value}</${name}>`
        : `<${name}><![CDATA[${value}]]></${name}>`,
    )
    .join("")}</xml>`;

export const fieldOf = (xml: string, name: string): string =>
  new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([\\s\\S]*?)(?:\\]\\]>)?</${name}>`).exec(xml)?.[1] ?? "";
