import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { axeFindings } from "../../support/axe.ts";
import { findChromium, openBrowser } from "../../support/browser.ts";
import { openPhones, type Phones } from "../../support/phone.ts";

const chromium = findChromium();
const HANDLER = "wangchao-huanwei-1";
const DISPATCHER = "wangchao-dispatcher-1";
const ATTACK = '<img src=x onerror="window.hacked=1">"><script>window.hacked=1</script>';
/** A point, red: a picture that is read and drawn anew. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
const picture = (name: string) => ({ name, mimeType: "image/png", buffer: PNG });

describe.skipIf(chromium === null)("the phone pages of somebody who handles events", () => {
  let browser: Browser;
  let phones: Phones;
  beforeAll(async () => {
    phones = await openPhones();
    browser = await openBrowser(chromium ?? "");
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(phones.complaints).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await phones.close();
  });

  async function assigned(words = "我是3幢老王,楼下垃圾桶满出来了", summary = "垃圾桶满溢") {
    const { api } = phones;
    const { no } = (await api.event({ words, summary })).row;
    await api.act(no, { action: "accept", level: 3 }, DISPATCHER);
    await api.act(no, { action: "assign", orgCode: "SLQ-WC-HWS" }, DISPATCHER);
    return no;
  }
  const desk = async (path: string): Promise<Page> => {
    const options = { viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false };
    return phones.as(browser, DISPATCHER, path, options);
  };
  const button = (page: Page, name: string | RegExp) =>
    page.getByRole("button", { name, exact: true });

  it("sign for it, complete it with pictures from before and after, and the desk sees it live", async () => {
    const no = await assigned(`${ATTACK}楼下垃圾桶满出来了`, ATTACK.slice(0, 36));
    const watching = await desk(`/desk?no=${no}`);
    const page = await phones.as(browser, HANDLER);
    await page.getByRole("link", { name: no }).tap();
    await page.getByText("您看不到上报人的原话").waitFor();
    await page.getByText("<img src=x onerror=").first().waitFor();
    expect(await page.getByText("楼下垃圾桶满出来了").count()).toBe(0);
    await button(page, "签收").tap();
    await page.getByText(`${no} 现在是「办理中」`).waitFor();

    await button(page, "办结").tap();
    const sheet = page.getByRole("dialog", { name: "办结" });
    await button(page, "办结").last().tap();
    await sheet.getByRole("alert").getByText("请填写「办理结果」").waitFor();
    await sheet.getByLabel("办理结果").fill(`已清运${ATTACK}`);
    await sheet.getByLabel(/处理前的照片/).setInputFiles(picture("before.png"));
    await sheet.getByLabel(/处理后的照片/).setInputFiles(picture("after.png"));
    await sheet.getByRole("img").nth(1).waitFor();
    await button(page, "办结").last().tap();
    await page.getByText(`${no} 现在是「已办结,待验收」`).waitFor();

    await watching.getByText("已办结,待验收").first().waitFor();
    for (const stage of ["处理前", "处理后"]) {
      const shown = page.getByRole("img", { name: stage });
      await expect.poll(() => shown.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(1);
      await watching.getByRole("img", { name: stage }).first().waitFor();
    }
    for (const looked of [page, watching])
      expect(await looked.evaluate(() => "hacked" in window)).toBe(false);
  });

  it("fit 320 points and letters of twice the size, with a big button for the thumb", async () => {
    const no = await assigned("短", "一段很长很长的概括,用来看看在很窄的屏幕上用大字版会不会超出");
    const page = await phones.as(browser, HANDLER, "/m/me");
    await page.getByRole("switch", { name: /大字版/ }).tap();
    const sizeOf = () =>
      page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
    const large = await sizeOf();
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of ["/m/", "/m/me", `/m/events/${no}`, "/m/report", "/m/waiting"]) {
      await page.goto(`${phones.base}${path}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForLoadState("networkidle").catch(() => {});
      expect(await sizeOf()).toBe(large);
      for (const size of [large, 34]) {
        await page.evaluate((px) => {
          document.documentElement.style.fontSize = `${px}px`;
        }, size);
        const sideways = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(`${path} ${size}: ${sideways}`).toBe(`${path} ${size}: 0`);
      }
      await page.evaluate(() => document.documentElement.style.removeProperty("font-size"));
    }
    await page.goto(`${phones.base}/m/events/${no}`);
    const box = await button(page, "签收").boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(48);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeGreaterThan(640 * 0.6);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(640);
    expect(large).toBeGreaterThan(20);
  });

  it.each(["light", "dark"] as const)(
    "are readable by everybody (axe, %s), in English too",
    async (colorScheme) => {
      const no = await assigned();
      const page = await phones.as(browser, HANDLER, "/m/", { colorScheme });
      await page.getByRole("link", { name: no }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole("link", { name: "我的" }).tap();
      await page.getByRole("button", { name: "English" }).tap();
      await page.getByRole("button", { name: "Sign out" }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.goto(`${phones.base}/m/events/${no}`);
      await page.getByText("Assigned, to be signed for").waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await button(page, "Sign for it").tap();
      await page.getByText(`${no} is now "In hand".`).waitFor();
      await button(page, "Done").tap();
      await page.getByLabel("What was done").waitFor();
      await page.waitForTimeout(400);
      expect(await axeFindings(page)).toEqual([]);
      const chinese = await page
        .getByRole("dialog")
        .getByText(/[\u4e00-\u9fff]/)
        .count();
      expect(chinese).toBe(0);
    },
  );
});
