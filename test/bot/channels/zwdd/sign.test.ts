import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { nonceOf, signatureOf, timestampOf } from "../../../../bot/channels/zwdd/sign.ts";

// The text under each signature is written out by hand from the platform's rule.
const hmac = (secret: string, text: string) =>
  createHmac("sha256", secret).update(text, "utf8").digest("base64");

const call = {
  method: "POST",
  timestamp: "2026-11-25T09:00:00.000+08:00",
  nonce: "17642820000000042",
} as const;

describe("the signature of 浙政钉's gateway", () => {
  it("covers sorted parameters as they are, not as the form encodes them", () => {
    const params = [
      ["tenantId", "196729"],
      ["msgBody", '{"content":"南塘家园3幢 50% & 2+1=3"}'],
      ["appKey", "yihu-app"],
    ] as const;
    const text =
      "POST\n2026-11-25T09:00:00.000+08:00\n17642820000000042\n/robot/message/sendoto\n" +
      'appKey=yihu-app&msgBody={"content":"南塘家园3幢 50% & 2+1=3"}&tenantId=196729';
    const signed = signatureOf({ ...call, path: "/robot/message/sendoto", params }, "s3cret");
    expect(signed).toBe(hmac("s3cret", text));
    expect(signed).not.toBe(hmac("s3cret", encodeURI(text)));
  });

  it("sorts keys whatever their case, and the values of a repeated key", () => {
    const params = [
      ["b", "2"],
      ["A", "z"],
      ["C", "1"],
      ["b", "10"],
      ["a", "y"],
    ] as const;
    expect(signatureOf({ ...call, path: "/x", params }, "k")).toBe(
      hmac("k", `POST\n${call.timestamp}\n${call.nonce}\n/x\na=y&A=z&b=10&b=2&C=1`),
    );
  });

  it("ends with the path where there is no parameter", () => {
    const signed = signatureOf({ ...call, method: "GET", path: "/gettoken.json", params: [] }, "k");
    expect(signed).toBe(hmac("k", `GET\n${call.timestamp}\n${call.nonce}\n/gettoken.json`));
    // The same, as `openssl dgst -sha256 -hmac k -binary | base64` gives it.
    expect(hmac("k", "abc")).toBe("NC5RnOCtbAOja5jus/HRMNtIE7nfTRFg7aSI1xLceO4=");
  });

  it("bears the time of Zhejiang and a nonce of seventeen digits", () => {
    const now = new Date("2026-11-25T20:03:04.005Z");
    expect(timestampOf(now)).toBe("2026-11-26T04:03:04.005+08:00");
    expect(nonceOf(now, 0.0042)).toBe(`${now.getTime()}0042`);
    expect(nonceOf(now, 0.99999)).toMatch(/^\d{17}$/);
  });
});
