import { afterAll, beforeAll, expect, it } from "vitest";
import { ADMIN_TOKEN, type Api, openApi } from "../../support/api.ts";

let api: Api;
beforeAll(async () => {
  api = await openApi({
    config: {
      adminToken: ADMIN_TOKEN,
      host: "127.0.0.1",
      model: null,
      modelFilingNo: null,
      registryDatum: "wgs84",
      requestsPerMinute: { address: 3, person: 5 },
      trustedProxies: ["10.0.0.1"],
    },
  });
});
afterAll(() => api.close());

const times = async <T>(count: number, ask: () => Promise<T>): Promise<T[]> => {
  const answers: T[] = [];
  for (let n = 0; n < count; n++) answers.push(await ask());
  return answers;
};
const open = (remoteAddress: string, headers: Record<string, string> = {}) =>
  api.app.inject({ url: "/api/sign-in", remoteAddress, headers });

it("one person's requests are held off with a time to come back, another's are not", async () => {
  const mine = () => api.get("/api/events", "wangchao-dispatcher-1");
  const answers = await times(6, mine);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
  const last = answers.at(-1);
  expect(last?.headers["content-type"]).toContain("application/problem+json");
  expect(last?.body).toMatchObject({ code: "tooManyRequests", status: 429 });
  expect(last?.body.detail).toContain("秒后再试");
  const wait = Number(last?.headers["retry-after"]);
  expect(wait).toBeGreaterThan(0);
  expect((await api.get("/api/events", "liuan-dispatcher-1")).status).toBe(200);
  api.realClock.advance({ minutes: 1 });
  expect((await mine()).status).toBe(200);
});

it("the administrator's token is the operator's own and not counted", async () => {
  const answers = await times(10, () => api.get("/api/events"));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
});

it("what is open to everybody is limited by address; a proxy that is trusted is not one address", async () => {
  const codes = async (count: number, ask: () => ReturnType<typeof open>) =>
    (await times(count, ask)).map(({ statusCode }) => statusCode);
  expect(await codes(4, () => open("192.0.2.1"))).toEqual([200, 200, 200, 429]);
  expect(await codes(1, () => open("192.0.2.2"))).toEqual([200]);
  // A stranger's word on where it comes from is not believed.
  expect(await codes(1, () => open("192.0.2.1", { "x-forwarded-for": "192.0.2.9" }))).toEqual([
    429,
  ]);
  let client = 0;
  const behindProxy = () => open("10.0.0.1", { "x-forwarded-for": `198.51.100.${++client}` });
  expect(await codes(6, behindProxy)).toEqual([200, 200, 200, 200, 200, 200]);
});

it("made-up cookies are held off too", async () => {
  const cookie = `yihu_session=${"x".repeat(32)}`;
  const guess = () =>
    api.app.inject({ url: "/api/events", remoteAddress: "192.0.2.7", headers: { cookie } });
  expect((await times(4, guess)).map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 429]);
});
