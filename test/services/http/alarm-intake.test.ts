import { randomBytes } from "node:crypto";
import { count } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alarmMessages, alarms, attachments, outbox } from "../../../db/schema/index.ts";
import {
  isSignedBy,
  readSignedHead,
  webhookSignature,
} from "../../../services/webhook-signature.ts";
import { alarmSource, type TestSource } from "../../support/alarm-source.ts";
import { type Api, openApi } from "../../support/api.ts";

const HERE = { place: "柳塘路口", lng: 120.5006, lat: 28.5105 };
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

let api: Api;
let source: TestSource;
beforeAll(async () => {
  api = await openApi();
  source = await alarmSource(api);
});
afterAll(() => api.close());

/** Everything that an alarm could have left behind. */
async function left(): Promise<number[]> {
  const counts: number[] = [];
  for (const table of [alarms, alarmMessages, attachments, outbox]) {
    const [row] = await api.database.orm.select({ count: count() }).from(table);
    counts.push(row?.count ?? -1);
  }
  return counts;
}
async function isRefused(asked: Promise<{ status: number; body: { code: string } }>) {
  const before = await left();
  const { status, body } = await asked;
  expect(await left()).toEqual(before);
  return `${status} ${body.code}`;
}

describe("the signature of Standard Webhooks", () => {
  // The example that the libraries of the specification test themselves with.
  it.each([
    [
      "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
      "msg_p5jXN8AQM9LWM0D4loKWxJek",
      1614265330,
      '{"test": 2432232314}',
      "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    ],
  ])("is as others compute it", (secret, id, seconds, body, expected) => {
    expect(webhookSignature(secret, id, seconds, body)).toBe(expected);
    const head = { id, seconds, signatures: ["v1,wrong", expected] };
    expect(isSignedBy([secret], head, Buffer.from(body))).toBe(true);
    expect(isSignedBy([], head, Buffer.from(body))).toBe(false);
    expect(isSignedBy([secret], { ...head, id: `${id}.` }, Buffer.from(body))).toBe(false);
  });

  it("wants every part of its head", () => {
    const whole = {
      "webhook-id": "a",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,x v1a,y v1,z",
    };
    expect(readSignedHead(whole)?.signatures).toEqual(["v1,x", "v1,z"]);
    for (const name of Object.keys(whole)) {
      expect(readSignedHead({ ...whole, [name]: undefined })).toBeNull();
      expect(readSignedHead({ ...whole, [name]: "" })).toBeNull();
    }
    expect(readSignedHead({ ...whole, "webhook-timestamp": "1e9" })).toBeNull();
    expect(readSignedHead({ ...whole, "webhook-id": "a b" })).toBeNull();
  });
});

describe("a message that is no source's", () => {
  it("is refused with nothing done: forged, changed, cut short, unsigned, of nobody", async () => {
    const other = `whsec_${randomBytes(24).toString("base64")}`;
    expect(await isRefused(source.send(HERE, { secret: other }))).toBe("401 signatureInvalid");
    expect(
      await isRefused(source.send(HERE, { change: (body) => body.replace("litter", "parking") })),
    ).toBe("401 signatureInvalid");
    expect(await isRefused(source.send(HERE, { change: (body) => body.slice(0, -5) }))).toBe(
      "401 signatureInvalid",
    );
    expect(await isRefused(source.send(HERE, { signature: "" }))).toBe("401 signatureMissing");
    expect(await isRefused(source.send(HERE, { signature: "v1," }))).toBe("401 signatureInvalid");
    const nobody = "00000000-0000-4000-8000-000000000000";
    expect(await isRefused(source.send(HERE, { source: nobody }))).toBe("401 signatureInvalid");
    expect(await isRefused(source.send(HERE, { source: "x" }))).toBe("401 signatureMissing");
  });

  it("is refused when it is old or of the future", async () => {
    const now = Math.floor(api.realClock.now().getTime() / 1000);
    for (const seconds of [now - 301, now + 301])
      expect(await isRefused(source.send(HERE, { seconds }))).toBe("401 signatureStale");
    const early = await source.send({ ...HERE, device: "C-early" }, { seconds: now - 299 });
    expect(early.status).toBe(201);
  });

  it("sent once more does nothing; another under the same id is refused", async () => {
    const alarm = { ...HERE, device: "C-again", kind: "parking" };
    const first = await source.send(alarm, { id: "once" });
    expect(first.body).toMatchObject({ outcome: "raised" });
    const before = await left();
    const again = await source.send(alarm, { id: "once" });
    expect(again).toMatchObject({ status: 200, body: { outcome: "repeated", no: first.body.no } });
    expect(await left()).toEqual(before);
    expect(await isRefused(source.send({ ...alarm, device: "C-else" }, { id: "once" }))).toBe(
      "409 idUsed",
    );
    // Ids are each source's own.
    const other = await alarmSource(api, { name: "另一个平台" });
    expect((await other.send(alarm, { id: "once" })).body.outcome).toBe("joined");
  });

  it("is refused once its source is revoked; a rotated secret is good for another day", async () => {
    const own = await alarmSource(api, { name: "电力" });
    const rotated = await api.post(`/api/alarm-sources/${own.id}/secret`, {});
    const send = (secret: string) =>
      own.send({ ...HERE, kind: "outsideShop", device: "C-r" }, { secret });
    expect(rotated.body.secret).not.toBe(own.secret);
    expect((await send(own.secret)).status).toBe(201);
    expect((await send(rotated.body.secret)).status).toBe(200);
    api.realClock.advance({ hours: 25 });
    expect(await isRefused(send(own.secret))).toBe("401 signatureInvalid");
    expect((await send(rotated.body.secret)).status).toBe(200);
    const ended = await api.app.inject({
      method: "DELETE",
      url: `/api/alarm-sources/${own.id}`,
      headers: { authorization: "Bearer the-admin-token-of-these-tests" },
    });
    expect(ended.statusCode).toBe(204);
    expect(await isRefused(send(rotated.body.secret))).toBe("401 signatureInvalid");
    expect(JSON.stringify((await api.get("/api/alarm-sources")).body)).not.toContain(
      rotated.body.secret,
    );
  });
});

describe("what an alarm may say", () => {
  it.each([
    { faceId: "1" },
    { licensePlate: "浙A12345" },
    { target: { trackId: 7 } },
    { reading: { value: 1, unit: "kWh", residentName: "王某" } },
  ])("is nothing about persons: %j", async (more) => {
    const asked = source.send({ ...HERE, ...more });
    expect(await isRefused(asked)).toBe("422 personalData");
    expect((await asked).body.detail).toMatch(/不做人脸识别,也不追踪人.*请去掉后重发/);
  });

  it.each([
    [{ colour: "red" }, "400 invalidRequest"],
    [{ kind: "crowd" }, "400 invalidRequest"],
    [{ device: "" }, "400 invalidRequest"],
    [{ lat: undefined }, "422 invalidValue"],
    [{ at: "2026-11-23T09:00:00+08:00" }, "422 invalidValue"],
    [{ at: "2026-11-25T09:06:00+08:00" }, "422 invalidValue"],
    [{ picture: Buffer.from("<svg/>").toString("base64") }, "422 notAPicture"],
    [{ picture: "" }, "422 notAPicture"],
    [{ place: undefined, lng: undefined, lat: undefined }, "422 placeUnknown"],
  ])("is what the schema has, whole and of now: %j", async (more, refused) => {
    expect(await isRefused(source.send({ ...HERE, device: "C-x", ...more }))).toBe(refused);
  });

  it("has a limit, and is JSON", async () => {
    const large = { ...HERE, picture: "A".repeat(4_000_000) };
    expect(await isRefused(source.send(large))).toMatch(/^413 /);
    expect(await isRefused(source.send(HERE, { change: () => "" }))).toMatch(/^40[01] /);
  });

  it("is of its kinds and its places", async () => {
    const narrow = await alarmSource(api, {
      name: "南塘1",
      kinds: ["waterLevel"],
      gridCodes: ["SLQ-WC-NT-1"],
    });
    expect(await isRefused(narrow.send({ ...HERE, kind: "smoke" }))).toBe("403 notItsKind");
    const elsewhere = { ...HERE, kind: "waterLevel", lng: 120.503, lat: 28.5075 };
    expect(await isRefused(narrow.send(elsewhere))).toBe("403 outsideReach");
    expect((await narrow.send({ ...HERE, kind: "waterLevel", device: "C-in" })).status).toBe(201);
  });

  it("keeps a picture of the scene, told by its bytes, for those who may look", async () => {
    const { no } = (await source.send({ ...HERE, kind: "vendor", device: "C-p", picture: PNG }))
      .body;
    const asked = await api.get(`/api/alarms/${no}/picture`, "wangchao-dispatcher-1");
    expect(asked.status).toBe(200);
    expect(asked.headers["content-type"]).toBe("image/png");
    expect((await api.get(`/api/alarms/${no}/picture`, "liuan-dispatcher-1")).status).toBe(404);
  });

  it("hides numbers of persons that a place is written with", async () => {
    const { no } = (await source.send({ kind: "vendor", device: "C-q", place: "路口 13800000001" }))
      .body;
    const { body } = await api.get(`/api/alarms/${no}`, "wangchao-dispatcher-1");
    expect(body.place).toBe("路口 138****0001");
  });
});

describe("a source", () => {
  it("is managed by administrators alone, within what the registry knows", async () => {
    const wanted = { name: "x", kinds: ["litter"] };
    expect((await api.post("/api/alarm-sources", wanted, "wangchao-dispatcher-1")).status).toBe(
      403,
    );
    const strange = [{ streetCode: "SLQ-WC-NT" }, { gridCodes: ["NO-1"] }];
    for (const more of strange)
      expect((await api.post("/api/alarm-sources", { ...wanted, ...more })).status).toBe(422);
    const metrics = await api.get("/metrics");
    expect(metrics.body).toMatch(/yihu_alarms_total\{kind="litter",outcome="raised"\} \d/);
  });
});
