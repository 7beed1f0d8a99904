import { describe, expect, it } from "vitest";
import { noAnswer } from "../../../../bot/channels/common/verdict.ts";
import { apiVerdict, oapiVerdict } from "../../../../bot/channels/dingtalk/verdict.ts";

const NOW = new Date("2026-11-23T01:00:00Z");
const QPS = "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi";
const QUOTA = "Forbidden.AccessDenied.ApiCountLimitForOrg";

describe("an answer of api.dingtalk.com", () => {
  it.each([
    [200, { processQueryKey: "k" }, "ok"],
    [200, {}, "ok"],
    [401, { code: "InvalidAuthentication" }, "unauthorized"],
    [400, { code: "InvalidAuthentication" }, "unauthorized"],
    [403, { code: QPS }, "limited"],
    [403, { code: QUOTA }, "limited"],
    [403, { code: "Forbidden.AccessDenied.AccessTokenPermissionDenied" }, "limited"],
    [429, {}, "limited"],
    [200, { status: 1111, wait: 5, punish: "deny" }, "limited"],
    [400, { code: "invalidParameter" }, "rejected"],
    [404, { code: "x" }, "rejected"],
    [500, { code: "system.busy" }, "unavailable"],
    [503, undefined, "unavailable"],
    [400, undefined, "unavailable"],
    [302, {}, "unavailable"],
  ])("with %i %j is %s", (status, body, outcome) => {
    expect(apiVerdict({ status, body }, NOW, 0.5).outcome).toBe(outcome);
  });

  it.each([
    [QPS, 1_000],
    [QUOTA, 3_600_000],
  ])("asks for patience: %s, at least %i ms, with some chance", (code, wait) => {
    const verdict = (random: number) => apiVerdict({ status: 403, body: { code } }, NOW, random);
    expect(verdict(0)).toMatchObject({ retryAt: new Date(NOW.getTime() + wait) });
    expect(verdict(1)).toMatchObject({ retryAt: new Date(NOW.getTime() + 2 * wait) });
  });
});

describe("an answer of oapi.dingtalk.com", () => {
  it.each([
    [200, { errcode: 0, errmsg: "ok" }, "ok"],
    [200, { errcode: 300001, errmsg: "session 不存在" }, "rejected"],
    [200, { errcode: 40035 }, "rejected"],
    [200, { errcode: 130101 }, "limited"],
    [200, { errcode: 410100 }, "limited"],
    [200, { errcode: 660026 }, "limited"],
    [200, { errcode: 90018 }, "limited"],
    [200, { errcode: -1 }, "unavailable"],
    [200, {}, "unavailable"],
    [200, undefined, "unavailable"],
    [502, undefined, "unavailable"],
  ])("with %i %j is %s: the status alone says nothing", (status, body, outcome) => {
    expect(oapiVerdict({ status, body }, NOW, 0).outcome).toBe(outcome);
  });
});

it("says why there was no answer, without the address", () => {
  const error = new TypeError("fetch failed", {
    cause: Object.assign(new Error("connect ECONNREFUSED 10.0.0.1:443"), { code: "ECONNREFUSED" }),
  });
  expect(noAnswer(error)).toEqual({ outcome: "unavailable", reason: "no answer: ECONNREFUSED" });
});
