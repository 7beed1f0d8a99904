import { describe, expect, it } from "vitest";
import {
  openSealed,
  plainSignature,
  seal,
} from "../../../../bot/channels/tencent/callback-crypto.ts";
import { decrypted, sha1 } from "../../../support/tencent/sealing.ts";

// Made with OpenSSL's command line and Python's hashlib, with the platform's published example keys.
const KEYS = {
  token: "spamtest",
  aesKey: "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
  receiver: "wx2c2769f8efd9abc2",
};
const SEALED = {
  timestamp: "1411034505",
  nonce: "1372623149",
  encrypt:
    "sKqRbbiSUnDhFHOvPjtUMZpiEnOrOO8bMEXXcu1ApGkAfdm78NTGejs2oFi/VZKBJVOjc8QoC08jqBWQ6B1aKX8MvLCHTb1714koW3BOGhcu6Ugge8VLam+iWDaMkdAehsqnZIoMIOU5OeARjvtYVCCLSDHKkaMI3ACbWEkTL4AfDs8Ub3o0bHYwW2nvUjY2Z5ippS3EIuIKXRRCp0lzYQ==",
  signature: "5ce724b632e0f572afd83b80e3a1c1eb90d00769",
};

describe("the callback crypto", () => {
  it("opens what others sealed, and signs as they do", () => {
    expect(openSealed(KEYS, SEALED)).toBe(
      "<xml><FromUserName><![CDATA[oABC]]></FromUserName><Content><![CDATA[3幢楼下垃圾桶满了]]></Content></xml>",
    );
    expect(plainSignature(KEYS.token, SEALED.timestamp, SEALED.nonce)).toBe(
      "e1b7565e37c39946e86bbb354dcf90a71b87e69d",
    );
  });

  it("seals what others open", () => {
    const made = seal(KEYS, "已登记 SJ20261125-0001", "1411034505", "n");
    expect(decrypted(KEYS, made.encrypt)).toBe("已登记 SJ20261125-0001");
    expect(made.signature).toBe(sha1(KEYS.token, "1411034505", "n", made.encrypt));
  });

  it.each([
    ["another token", { ...KEYS, token: "other" }, SEALED],
    ["another receiver", { ...KEYS, receiver: "wxsomebodyelse" }, SEALED],
    ["another time", KEYS, { ...SEALED, timestamp: "1411034506" }],
    ["another signature", KEYS, { ...SEALED, signature: SEALED.signature.replace("5", "6") }],
    ["no signature", KEYS, { ...SEALED, signature: "" }],
    ["a body cut short", KEYS, { ...SEALED, encrypt: SEALED.encrypt.slice(0, -24) }],
  ])("opens nothing of %s", (_what, keys, sealed) => {
    expect(openSealed(keys, sealed)).toBeNull();
  });

  it("opens nothing that is signed well and is no whole cipher text", () => {
    for (const encrypt of ["", "AAAA", SEALED.encrypt.slice(0, 24), SEALED.encrypt.slice(0, 64)]) {
      const signature = sha1(KEYS.token, SEALED.timestamp, SEALED.nonce, encrypt);
      expect(openSealed(KEYS, { ...SEALED, encrypt, signature })).toBeNull();
    }
  });
});
