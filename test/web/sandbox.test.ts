import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../db/client.ts";
import { findChromium, openBrowser, PATIENCE } from "../support/browser.ts";
import { emptyDatabase, testDatabase } from "../support/database.ts";
import { type SandboxApp, sandboxApp, settleDistrict } from "../support/sandbox-app.ts";

const chromium = findChromium();
const DESK = { viewport: { width: 1366, height: 800 } };
const PHONE = { viewport: { width: 360, height: 720 }, isMobile: true, hasTouch: true };

/** The smallest PNG: one transparent point. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

describe.skipIf(chromium === null)("the sandbox page", () => {
  let browser: Browser;
  let database: Database;
  let sandbox: SandboxApp;
  let base: string;
  /** what the browser complained of: script errors and breaches of the content security policy */
  let complaints: string[];

  beforeAll(async () => {
    database = (await testDatabase()).database;
    browser = await openBrowser(chromium ?? "");
  });
  beforeEach(async () => {
    await emptyDatabase(database);
    await settleDistrict(database);
    sandbox = await sandboxApp(database, { withPages: true });
    base = await sandbox.app.listen({ port: 0, host: "127.0.0.1" });
    complaints = [];
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await sandbox.close();
    expect(complaints).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await database.close();
  });

  async function open(options: BrowserContextOptions): Promise<Page> {
    const page = await (await browser.newContext({ locale: "zh-CN", ...options })).newPage();
    page.setDefaultTimeout(PATIENCE);
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      // The bot of this test names events that nobody keeps; the panel asks and is told so.
      if (message.type() === "error" && !message.text().includes("404")) {
        complaints.push(message.text());
      }
    });
    await page.goto(`${base}/sandbox`);
    await page.getByRole("navigation", { name: "会话" }).getByText("春江花园邻舍群").waitFor();
    return page;
  }
  const log = (page: Page) => page.getByRole("log");
  const field = (page: Page) => page.getByRole("textbox", { name: /身份说/ });

  it("shows a resident the answer at once, and what the bot understood beside the message", async () => {
    const page = await open(DESK);
    await field(page).fill("3幢楼下路灯不亮");
    await page.getByRole("button", { name: "发送" }).click();

    await log(page).getByText("已登记,编号").waitFor();
    await log(page).getByRole("button", { name: "查看事件 SJ20261123-0001" }).waitFor();
    const card = log(page).getByRole("complementary", { name: "机器人的理解" });
    await card.waitFor();
    const understood = await card.textContent();
    for (const fact of ["报事", "路灯不亮", "春江花园3幢", "一级(网格)", "把握 92%"]) {
      expect(understood).toContain(fact);
    }
    expect(sandbox.stored).toMatchObject([
      { conversation: { id: "g-home" }, sender: { platformUserId: "李阿姨" } },
    ]);
    expect(await log(page).getByRole("listitem").count()).toBe(2);
  });

  it("shows what somebody else said in another window, and counts it where nobody looks", async () => {
    const page = await open(DESK);
    await sandbox.app.inject({
      method: "POST",
      url: "/sandbox/messages",
      payload: { conversationId: "g-work", userId: "p-zhang", text: "我的待办" },
    });
    const work = page.getByRole("navigation").getByRole("button", { name: /柳岸街道工作群/ });
    await work.getByText("未读").waitFor();
    await work.click();
    await log(page).getByText("我的待办").waitFor();
    expect(await work.getByText("未读").count()).toBe(0);
  });

  it("shows markup as the text it is", async () => {
    const page = await open(DESK);
    const attack = `<img src=x onerror="document.title='broken'"><script>document.title='broken'</script>`;
    await field(page).fill(attack);
    await field(page).press("Enter");
    await log(page).getByText(attack).waitFor();
    await log(page).getByText("已登记").waitFor();
    expect(await page.title()).toBe("一呼 · 沙盒");
    expect(await log(page).locator("img").count()).toBe(0);
  });

  it("works on a phone of 360 px: no sideways scrolling, fingers hit what they aim at", async () => {
    const page = await open(PHONE);
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await overflow()).toBe(0);

    await page.getByRole("navigation").getByText("春江花园邻舍群").tap();
    await field(page).fill(`路灯不亮${"很长".repeat(60)} https://example.com/${"a".repeat(200)}`);
    await page.getByRole("button", { name: "发送" }).tap();
    await log(page).getByText("已登记").waitFor();
    expect(await overflow()).toBe(0);

    const small = await page.evaluate(() =>
      [...document.querySelectorAll(".middle button")]
        .filter((button) => button.getClientRects().length > 0 && !button.matches(".no"))
        .filter((button) => button.getBoundingClientRect().height < 44)
        .map((button) => button.textContent?.trim() || button.getAttribute("aria-label")),
    );
    expect(small).toEqual([]);

    await page.goBack();
    await page.getByRole("navigation").getByText("柳岸街道工作群").waitFor();
    // Back in the list the chat is out of sight: what comes is unread, and seen at its end when opened.
    for (const n of [1, 2, 3, 4, 5]) {
      await sandbox.app.inject({
        method: "POST",
        url: "/sandbox/messages",
        payload: { conversationId: "g-home", userId: "老周", text: `我家也是 ${n}` },
      });
    }
    const home = page.getByRole("navigation").getByRole("button", { name: /春江花园邻舍群/ });
    await home.getByText(/未读\s*5/).waitFor();
    await home.tap();
    await log(page).getByText("SJ20261123-0006").last().waitFor();
    const fromEnd = await page
      .locator(".scroller")
      .evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight);
    expect(fromEnd).toBeLessThan(2);
  });

  it("can be used with the keyboard alone", async () => {
    const page = await open(DESK);
    await page
      .getByRole("navigation")
      .getByRole("button", { name: /柳岸街道工作群/ })
      .focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /我是 张敏/ }).waitFor();

    await page.getByRole("button", { name: /我是/ }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "选择我是谁" }).waitFor();
    await page.keyboard.type("周强");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /我是 周强/ }).waitFor();

    await field(page).focus();
    await page.keyboard.type("签收");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("马上去");
    await page.keyboard.press("Enter");
    await log(page).getByText("已登记").waitFor();
    expect(sandbox.stored).toMatchObject([
      {
        text: "签收\n马上去",
        sender: { platformUserId: "p-zhou" },
        conversation: { id: "g-work" },
      },
    ]);
  });

  it("remembers who spoke where", async () => {
    const page = await open(DESK);
    await page.getByRole("button", { name: /我是/ }).click();
    await page.getByRole("searchbox", { name: /新居民/ }).fill("楼上老马");
    await page.getByRole("button", { name: /作为一位新居民说话/ }).click();
    await page.getByRole("button", { name: /我是 楼上老马/ }).waitFor();
    await page.reload();
    await page.getByRole("button", { name: /我是 楼上老马/ }).waitFor();
  });

  it("sends a picture", async () => {
    const page = await open(DESK);
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "井盖.png", mimeType: "image/png", buffer: PNG });
    await page.getByRole("img", { name: "井盖.png" }).waitFor();
    await page.getByRole("button", { name: "发送" }).click();
    await log(page).getByText("已登记").waitFor();
    const shown = log(page).getByRole("img", { name: "李阿姨发的图片" });
    await shown.waitFor();
    expect(await shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
    expect(sandbox.stored[0]?.attachments).toHaveLength(1);
  });

  it("moves the product's clock, and waits for what falls due", async () => {
    const page = await open(DESK);
    await page.getByRole("button", { name: "到明早9点" }).click();
    await page
      .getByRole("status")
      .getByText(/时间已到 \d+月\d+日 09:00/)
      .waitFor();
    await page.getByRole("region", { name: "沙盒时钟" }).getByText("09:00").waitFor();
    expect(sandbox.settled).toBe(1);
  });

  it("keeps what could not be sent, and sends it once when the product is back", async () => {
    const page = await open(DESK);
    await page.route("**/sandbox/messages", (route) => route.abort());
    await field(page).fill("3幢路灯不亮");
    await field(page).press("Enter");
    await log(page)
      .getByText(/没有送达/)
      .waitFor();
    await page.unroute("**/sandbox/messages");
    await page.getByRole("button", { name: "重发" }).click();
    await log(page).getByText("已登记").waitFor();
    expect(sandbox.stored).toHaveLength(1);
    complaints = complaints.filter((text) => !text.includes("ERR_FAILED"));
  });
});
