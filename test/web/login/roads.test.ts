import { sql } from "drizzle-orm";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { dingtalkLogin } from "../../../bot/channels/dingtalk/web-login.ts";
import { ADMIN_TOKEN } from "../../support/api.ts";
import { axeFindings } from "../../support/axe.ts";
import { findChromium, openBrowser } from "../../support/browser.ts";
import { type Gateway, startGateway } from "../../support/dingtalk-gateway/gateway.ts";
import { openPhones, type Phones } from "../../support/phone.ts";

const chromium = findChromium();
const HANDLER = "wangchao-huanwei-1";
/** DingTalk's web view on Android, as it calls itself. */
const DINGTALK =
  "Mozilla/5.0 (Linux; Android 13; M2012K11AC) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/109.0.5414.118 Mobile Safari/537.36 AliApp(DingTalk/7.6.15) com.alibaba.android.rimet/30118080 language/zh-CN";

describe.skipIf(chromium === null)("the roads into the pages", () => {
  let browser: Browser;
  let gateway: Gateway;
  let phones: Phones;
  beforeAll(async () => {
    gateway = await startGateway();
    const base = gateway.baseUrl;
    const config = {
      clientId: "dingyihutest",
      clientSecret: "a-client-secret",
      robotCode: "dingyihutest",
      apiBase: base,
      oapiBase: base,
      cardTemplateId: null,
      corpId: "dingcorp",
      messagesPerMinute: 20,
    };
    phones = await openPhones({ dingtalkLogin: dingtalkLogin(config, fetch, () => new Date()) });
    browser = await openBrowser(chromium ?? "");
    await phones.api.database.rows(
      sql`update people set dingtalk_user_id = 'manager42' where id = ${HANDLER}`,
    );
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(phones.complaints).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await phones.close();
    await gateway.stop();
  });

  /** A page inside DingTalk, whose native side answers as its bridge for Android does. */
  async function inDingTalk(userId: string) {
    const page = await phones.blank(browser, { userAgent: DINGTALK });
    const asked: string[] = [];
    await page.exposeFunction("authCode", (corpId: string) => {
      asked.push(corpId);
      return gateway.authCode(userId);
    });
    await page.addInitScript(() => {
      const native = window as unknown as Record<string, unknown> & {
        authCode(corpId: string): Promise<string>;
      };
      native.nuva = {
        isReady: true,
        require:
          () =>
          (
            done: (answer: object) => void,
            _fail: unknown,
            service: string,
            method: string,
            told: { corpId: string },
          ) => {
            if (`${service}.${method}` !== "runtime.permission.requestAuthCode") return;
            void native.authCode(told.corpId).then((code) => done({ code }));
          },
      };
    });
    return { page, asked };
  }

  it("DingTalk's own: whoever opens a page there is signed in by themselves, and led on", async () => {
    const { page, asked } = await inDingTalk("manager42");
    await page.goto(`${phones.base}/m/report`);
    await page.waitForURL(`${phones.base}/m/report`);
    await page.getByLabel("什么事").waitFor();
    expect(asked).toEqual(["dingcorp"]);
    const me = await page.evaluate(() => fetch("/api/session").then((answer) => answer.json()));
    expect(me.personId).toBe(HANDLER);
  });

  it("DingTalk's for a stranger: a clear word, and the other roads", async () => {
    const { page } = await inDingTalk("nobody-we-know");
    await page.goto(`${phones.base}/login`);
    await page.getByRole("alert").getByText("不在人员名录里").waitFor();
    await page.getByText("对一呼说「登录」,点它回复的链接进来").waitFor();
  });

  it("a token, for whoever sets the product up; other sites are not led to", async () => {
    const page = await phones.blank(browser);
    await page.goto(`${phones.base}/login?next=${encodeURIComponent("//evil.example/m/")}`);
    await page.getByText("管理员:用令牌登录").tap();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByLabel("令牌").fill("guessed");
    await page.getByRole("button", { name: "登录" }).tap();
    await page.getByRole("alert").getByText("令牌无效").waitFor();
    await page.getByLabel("令牌").fill(ADMIN_TOKEN);
    await page.getByRole("button", { name: "登录" }).tap();
    await page.waitForURL(`${phones.base}/m/`);
    await page.getByRole("link", { name: "我的" }).tap();
    await page.getByText("管理令牌").waitFor();
    expect(await page.getByRole("link", { name: "巡查" }).count()).toBe(0);
    await page.getByRole("button", { name: "退出登录" }).tap();
    await page.waitForURL(`${phones.base}/login`);
  });
});
