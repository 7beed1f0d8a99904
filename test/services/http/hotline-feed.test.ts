import { createHmac } from "node:crypto";
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hotlineNonces, hotlineOrders, inbox } from "../../../db/schema/index.ts";
import { callProblem } from "../../../services/hotline/signed-call.ts";
import { NO_HOTLINES } from "../../../services/hotline-config.ts";
import { webhookSignature } from "../../../services/webhook-signature.ts";
import { type Api, openApi } from "../../support/api.ts";
import { anOrder } from "../../support/hotline.ts";

const SECRET = `whsec_${Buffer.from("a secret of the hotline, 32 bytes").toString("base64")}`;
const OTHER = `whsec_${Buffer.from("another secret, of another hotline").toString("base64")}`;

let api: Api;
let port: number;
beforeAll(async () => {
  api = await openApi({
    config: {
      adminToken: "the-admin-token-of-these-tests",
      host: "127.0.0.1",
      model: null,
      modelFilingNo: null,
      registryDatum: "wgs84",
      hotlines: {
        hotline12345: { ...NO_HOTLINES.hotline12345, secret: SECRET },
        hotline8890: { ...NO_HOTLINES.hotline8890, secret: OTHER },
      },
    },
  });
  await api.app.listen({ port: 0, host: "127.0.0.1" });
  const address = api.app.server.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
});
// Many failures from one address are held off for a minute.
beforeEach(() => api.realClock.advance({ minutes: 2 }));
afterAll(() => api.close());

let calls = 0;
const nonce = () => `call-${String(++calls).padStart(8, "0")}`;
const seconds = () => Math.floor(api.realClock.now().getTime() / 1000);

/** Signed by hand, not by the code under test. */
const signed = (body: string, secret = SECRET, id = nonce(), at = seconds()) => ({
  "content-type": "application/json",
  "webhook-id": id,
  "webhook-timestamp": String(at),
  "webhook-signature": `v1,${createHmac("sha256", Buffer.from(secret.slice(6), "base64"))
    .update(`${id}.${at}.${body}`)
    .digest("base64")}`,
});
const post = (body: string, headers: Record<string, string>, line = "12345") =>
  api.app.inject({ method: "POST", url: `/api/hotline/${line}/orders`, headers, payload: body });
const feedOf = (...nos: string[]) =>
  JSON.stringify({ orders: nos.map((no) => anOrder({ 工单编号: no })) });
/** Everything that a call could have left behind. */
const traces = async () => {
  const { orm } = api.database;
  return [
    (await orm.select().from(hotlineOrders)).length,
    (await orm.select().from(inbox)).length,
    (await orm.select().from(hotlineNonces)).length,
  ];
};

describe("the signature", () => {
  // The first is the example of standardwebhooks.com, the others were made with `openssl dgst -hmac`.
  it.each([
    [
      "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
      "msg_p5jXN8AQM9LWM0D4loKWxJek",
      1614265330,
      '{"test": 2432232314}',
      "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    ],
    [
      "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
      "call-00000001",
      1764032400,
      '{"orders":[{"工单编号":"2026112200123"}]}',
      "v1,yJIwtHTU6BlkysUxpCSLLDM4UB5Ai94MfoViaXEizjE=",
    ],
    [
      "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3",
      "a.b-c_d1",
      0,
      "",
      "v1,bLCJvNT8r3QF8VN4BnrWrj+xTpx8A3S7IFUs15rUM10=",
    ],
  ] as const)("of %s over %s fits", (secret, id, at, body, expected) => {
    expect(webhookSignature(secret, id, at, body)).toBe(expected);
    const call = (signature: string) => ({
      "webhook-id": id,
      "webhook-timestamp": String(at),
      "webhook-signature": signature,
    });
    const bytes = Buffer.from(body);
    const now = new Date(at * 1000);
    const tried = (signature: string, key: string = secret, when = now) =>
      callProblem(call(signature), bytes, key, when);
    expect(tried(expected)).toBeNull();
    expect(tried(`v1,x ${expected}`)).toBeNull();
    expect(tried(expected, SECRET)).toBe("forged");
    expect(tried(expected, secret, new Date((at + 301) * 1000))).toBe("stale");
    expect(tried(expected, secret, new Date((at - 301) * 1000))).toBe("stale");
  });
});

describe("orders that a hotline posts", () => {
  it("are taken once, however often they are posted, and bad ones are named beside good ones", async () => {
    const body = feedOf("R-100001", "R-100002");
    const first = await post(body, signed(body));
    expect(first.json()).toEqual({ taken: 2, updated: 0, repeated: 0, problems: [] });
    expect(first.statusCode).toBe(200);
    expect((await post(body, signed(body))).json()).toMatchObject({ taken: 0, repeated: 2 });
    const half = JSON.stringify({
      orders: [anOrder({ 工单编号: "R-100003" }), anOrder({ 工单编号: "R-100004", 密级: "绝" })],
    });
    const partly = await post(half, signed(half), "hotline12345");
    expect(partly.statusCode).toBe(207);
    expect(partly.json()).toMatchObject({ taken: 1, problems: [{ at: 2, column: "密级" }] });
  });

  it("that broke off in the middle of a feed are repeated: none lost, none doubled", async () => {
    const pages = [feedOf("F-100001", "F-100002"), feedOf("F-100003"), feedOf("F-100004")];
    const before = (await traces())[0] ?? 0;
    // The connection fails after the first page was taken and while the second is on its way.
    await post(pages[0] ?? "", signed(pages[0] ?? ""));
    await sendPart(pages[1] ?? "", (pages[1] ?? "").length - 10);
    expect((await traces())[0]).toBe(before + 2);
    for (const page of pages) expect((await post(page, signed(page))).statusCode).toBe(200);
    const [orders] = await traces();
    expect(orders).toBe(before + 4);
    const nos = (await api.database.orm.select().from(inbox)).map(({ dedupeKey }) => dedupeKey);
    expect(new Set(nos).size).toBe(nos.length);
  });

  it("are refused with nothing processed: replayed, stale, forged, truncated, of another line", async () => {
    const body = feedOf("X-100001");
    const taken = signed(body);
    expect((await post(body, taken)).statusCode).toBe(200);
    const before = await traces();
    const codes: Record<string, [number, string]> = {};
    const attempt = async (name: string, sent: string, headers: object, line?: string) => {
      const answer = await post(sent, headers as Record<string, string>, line);
      codes[name] = [answer.statusCode, answer.json().code];
    };
    const fresh = feedOf("X-100002");
    await attempt("replayed", body, taken);
    await attempt("replayed with another body", fresh, {
      ...signed(fresh, SECRET, taken["webhook-id"]),
    });
    await attempt("stale", fresh, signed(fresh, SECRET, nonce(), seconds() - 301));
    await attempt("ahead", fresh, signed(fresh, SECRET, nonce(), seconds() + 301));
    await attempt("forged", fresh, signed(fresh, OTHER));
    await attempt("changed", fresh.replace("X-100002", "X-100003"), signed(fresh));
    await attempt("truncated", fresh.slice(0, -7), signed(fresh));
    await attempt("of another line", fresh, signed(fresh), "8890");
    api.realClock.advance({ minutes: 2 });
    await attempt("unsigned", fresh, { "content-type": "application/json" });
    await attempt("no line", fresh, signed(fresh), "110");
    await attempt("no JSON", "{", signed("{"));
    await attempt("no orders", '{"orders":[]}', signed('{"orders":[]}'));
    expect(codes).toEqual({
      replayed: [409, "replayed"],
      "replayed with another body": [409, "replayed"],
      stale: [401, "signatureStale"],
      ahead: [401, "signatureStale"],
      forged: [401, "signatureInvalid"],
      changed: [401, "signatureInvalid"],
      truncated: [401, "signatureInvalid"],
      "of another line": [401, "signatureInvalid"],
      unsigned: [401, "signatureMissing"],
      "no line": [401, "signatureMissing"],
      "no JSON": [400, "invalidRequest"],
      "no orders": [400, "invalidRequest"],
    });
    expect(await traces()).toEqual(before);
  });

  it("larger than the limit, or of another kind, are not read", async () => {
    const before = await traces();
    const large = JSON.stringify({ orders: [{ 内容: "长".repeat(400_000) }] });
    expect((await post(large, signed(large))).statusCode).toBe(413);
    const body = feedOf("X-100009");
    const asText = { ...signed(body), "content-type": "text/plain" };
    expect((await post(body, asText)).statusCode).toBe(415);
    expect(await traces()).toEqual(before);
  });
});

/** Announces a whole body, sends a part of it and hangs up. */
function sendPart(body: string, length: number): Promise<void> {
  const bytes = Buffer.from(body);
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      const head = Object.entries({ ...signed(body), "content-length": String(bytes.length) })
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join("");
      socket.write(`POST /api/hotline/12345/orders HTTP/1.1\r\nhost: here\r\n${head}\r\n`);
      socket.write(bytes.subarray(0, length), () => {
        setImmediate(() => socket.destroy());
      });
    });
    socket.on("close", () => resolve());
    socket.on("error", reject);
  });
}
