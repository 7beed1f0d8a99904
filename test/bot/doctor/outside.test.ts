import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkDingTalk } from "../../../bot/doctor/dingtalk.ts";
import { checkModel } from "../../../bot/doctor/model.ts";
import { checkTencent } from "../../../bot/doctor/tencent.ts";
import { checkZwdd } from "../../../bot/doctor/zwdd.ts";
import { realClock } from "../../../services/clock.ts";
import { readConfig } from "../../../services/config.ts";
import type { DingTalkConfig } from "../../../services/dingtalk-config.ts";
import { type Gateway, startGateway } from "../../support/dingtalk-gateway/gateway.ts";
import { type ModelServer, startModelServer } from "../../support/model-server.ts";
import { startWeChat } from "../../support/tencent/wechat.ts";
import { startWeCom } from "../../support/tencent/wecom.ts";
import { startZwddGateway } from "../../support/zwdd-gateway/gateway.ts";

describe("the doctor on DingTalk", () => {
  let gateway: Gateway;
  let config: DingTalkConfig;
  beforeAll(async () => {
    gateway = await startGateway();
    const { dingtalk } = readConfig({ ADMIN_TOKEN: "a-token-of-enough-signs", ...gateway.env() });
    if (dingtalk === null) throw new Error("The gateway gives no settings.");
    config = dingtalk;
  });
  afterAll(() => gateway.stop());

  it("gets a token and an endpoint, and connects to nothing", async () => {
    const findings = await checkDingTalk(config, { fetch });
    expect(findings).toMatchObject([{ verdict: "ok" }, { verdict: "ok" }]);
    await expect(gateway.stream.connected(1, 200)).rejects.toThrow();
  });

  it("says which settings to look at when the secret is wrong, without repeating it", async () => {
    const findings = await checkDingTalk({ ...config, clientSecret: "wrong-one" }, { fetch });
    expect(findings).toMatchObject([
      { verdict: "failed", advice: expect.stringContaining("DINGTALK_CLIENT_SECRET") },
      { verdict: "failed", advice: expect.stringContaining("DINGTALK_CLIENT_SECRET") },
    ]);
    expect(JSON.stringify(findings)).not.toContain("wrong-one");
  });

  it("says so when nobody answers", async () => {
    const away = { ...config, apiBase: "http://127.0.0.1:1" };
    expect(await checkDingTalk(away, { fetch })).toMatchObject([
      { verdict: "failed", advice: expect.stringContaining("DINGTALK_API_BASE") },
      { verdict: "failed", advice: expect.stringContaining("DINGTALK_API_BASE") },
    ]);
  });
});

describe("the doctor on the WeChat side", () => {
  it("gets a token of each, connects no robot, and names the settings of what is wrong", async () => {
    const [wechat, wecom] = [await startWeChat(), await startWeCom()];
    const config = readConfig({
      ADMIN_TOKEN: "a-token-of-enough-signs",
      PUBLIC_URL: "https://yihu.example.gov.cn",
      ...wechat.env(),
      ...wecom.env(),
    });
    const findings = await checkTencent(config, { fetch });
    expect(findings.map(({ verdict, what }) => [verdict, what])).toEqual([
      ["ok", "公众号 token"],
      ["ok", "企业微信 token"],
      ["ok", "企业微信 robot"],
    ]);
    expect(wecom.bot.subscriptions()).toBe(0);
    const wrong = config.wechat === null ? null : { ...config.wechat, appSecret: "wrong-one" };
    const bad = await checkTencent(
      { ...config, wechat: wrong, wecom: null, publicUrl: "http://127.0.0.1" },
      { fetch },
    );
    expect(bad).toMatchObject([
      { verdict: "failed", advice: expect.stringContaining("WECHAT_MP_APP_SECRET") },
      { verdict: "warning", advice: expect.stringContaining("PUBLIC_URL") },
    ]);
    expect(JSON.stringify(bad)).not.toContain("wrong-one");
    await wechat.stop();
    await wecom.stop();
  });
});

describe("the doctor on the model", () => {
  let server: ModelServer;
  beforeAll(async () => {
    server = await startModelServer();
  });
  afterAll(() => server.stop());
  const config = () => ({ baseUrl: server.baseUrl, apiKey: "key-one", model: "m" });

  it("asks one tiny question with nothing of anybody's in it", async () => {
    server.behave({ says: "好" });
    expect(await checkModel(config(), { fetch })).toMatchObject({ verdict: "ok" });
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]?.messages).toHaveLength(1);
  });

  it.each([
    [401, "OPENAI_API_KEY"],
    [404, "OPENAI_MODEL"],
    [429, "quota"],
    [500, "OPENAI_BASE_URL"],
  ])("says what to look at after a %i", async (status, word) => {
    server.behave({ status });
    const finding = await checkModel(config(), { fetch });
    expect(finding).toMatchObject({
      verdict: "failed",
      text: `the endpoint answered ${status}`,
      advice: expect.stringContaining(word),
    });
    expect(JSON.stringify(finding)).not.toContain("key-one");
  });

  it("does not wait longer than its limit", async () => {
    server.behave({ waitsMs: 5_000, answers: {} });
    expect(await checkModel(config(), { fetch, withinMs: 200 })).toMatchObject({
      verdict: "failed",
      text: "no answer within 0.2 s",
    });
  });

  it("says so when nobody is there", async () => {
    expect(
      await checkModel({ ...config(), baseUrl: "http://127.0.0.1:1/v1" }, { fetch }),
    ).toMatchObject({ verdict: "failed", text: expect.stringContaining("no answer (") });
  });
});

describe("the doctor's look at 浙政钉", () => {
  it("obtains a token, or says which settings to check", async () => {
    const gateway = await startZwddGateway();
    const look = async (env: Record<string, string> = {}) => {
      const said = { ADMIN_TOKEN: "an-admin-token-for-tests", ...gateway.env(), ...env };
      const { zwdd } = readConfig(said);
      return zwdd && checkZwdd(zwdd, { clock: realClock, fetch });
    };
    expect(await look()).toMatchObject({ verdict: "ok", text: "obtained" });
    expect(await look({ ZWDD_APP_SECRET: "another" })).toMatchObject({
      verdict: "failed",
      text: expect.stringContaining("HMAC: signature"),
      advice: expect.stringContaining("ZWDD_APP_SECRET"),
    });
    await gateway.stop();
    expect(await look()).toMatchObject({
      verdict: "failed",
      text: expect.stringContaining("no answer"),
    });
  });
});
