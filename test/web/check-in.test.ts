import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkInPage } from "../../services/http/routes/check-in-page.ts";
import { openWebPages } from "../../services/http/web-pages.ts";
import { type Api, openApi } from "../support/api.ts";
import { callsBy, checkInLinkOf, MARKET, OFFICER } from "../support/api-calls.ts";
import { findChromium, openBrowser, PATIENCE } from "../support/browser.ts";

const chromium = findChromium();
const PHONE = { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true };
const THERE = { latitude: MARKET.lat, longitude: MARKET.lng, accuracy: 12 };

/** The smallest PNG: one transparent point. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

describe.skipIf(chromium === null)("the check-in page on a phone", () => {
  let browser: Browser;
  let api: Api;
  let base: string;
  let no: string;
  let link: string;
  /** what the browser complained of: script errors and breaches of the content security policy */
  let complaints: string[];

  beforeAll(async () => {
    api = await openApi({
      registerMore: async (app) => checkInPage(app, await openWebPages(app)),
    });
    base = await api.app.listen({ port: 0, host: "127.0.0.1" });
    browser = await openBrowser(chromium ?? "");
  });
  beforeEach(async () => {
    complaints = [];
    no = await callsBy(api).dispatched();
    link = await checkInLinkOf(api, no, "SLQ-ZF");
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(complaints).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
  });

  async function open(options: BrowserContextOptions, path = link): Promise<Page> {
    const context = await browser.newContext({ locale: "zh-CN", ...PHONE, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      const isNetwork = /ERR_INTERNET_DISCONNECTED|status of 4\d\d/.test(message.text());
      if (message.type() === "error" && !isNetwork) complaints.push(message.text());
    });
    await page.goto(`${base}${path}`);
    return page;
  }
  const granted = (geolocation: NonNullable<BrowserContextOptions["geolocation"]>) => ({
    permissions: ["geolocation"],
    geolocation,
  });
  const press = (page: Page) => page.getByRole("button", { name: "我到了" }).tap();
  const said = (page: Page, text: string | RegExp) =>
    page.getByRole("status").getByText(text).waitFor();
  const response = async () =>
    (await api.get(`/api/call-tickets/${no}`)).body.responses.find(
      (one: { deptCode: string }) => one.deptCode === "SLQ-ZF",
    );

  it("says what the call is about and counts whoever is there", async () => {
    const page = await open(granted(THERE));
    for (const fact of [
      no,
      "滨河路夜市占道经营、油烟扰民反复",
      "南塘农贸市场",
      "11月25日 14:30",
      "示例区综合行政执法局(要求2人)",
    ])
      await page.getByText(fact).waitFor();
    await page.getByRole("button", { name: "多一人" }).tap();
    await press(page);
    await said(page, /报到成功:11月25日 09:00,准时,3人,距报到点0米/);
    expect(await page.getByRole("button", { name: "我到了" }).count()).toBe(0);
    expect(await response()).toMatchObject({ checkIn: { headcount: 3, distanceM: 0 } });
  });

  it("tells without a position where it is denied, and what would help", async () => {
    const page = await open({});
    await press(page);
    await said(page, "等街道确认");
    await page.getByText("没有得到位置权限").waitFor();
    expect(await response()).toMatchObject({ checkIn: null, claim: { lng: null } });
  });

  it("tells a rough position as one, when the thumb has waited long enough", async () => {
    const page = await open(granted({ ...THERE, accuracy: 850 }));
    await press(page);
    await page.getByRole("button", { name: "正在定位" }).tap({ timeout: 3000 });
    await said(page, "等街道确认");
    await page.getByText("定位误差约850米").waitFor();
    expect(await response()).toMatchObject({ checkIn: null, claim: { distanceM: 0 } });
    await callsBy(api).act(no, { action: "confirmArrival", deptCode: "SLQ-ZF" }, OFFICER);
    await page.reload();
    await said(page, "报到成功");
  });

  it("keeps a press made without signal and tells it with its time when the network is back", async () => {
    const page = await open(granted(THERE));
    await page.getByText(no).waitFor();
    await page.context().setOffline(true);
    await press(page);
    await said(page, "没有信号,已记下您 11月25日 09:00 到了");
    await page.reload().catch(() => {});
    await page.context().setOffline(false);
    api.clock.advance({ minutes: 12 });
    await page.goto(`${base}${link}`);
    await said(page, "报到成功:11月25日 09:00");
    expect((await response()).checkIn.at).toMatch(/^2026-11-25T09:00:\d\d\+08:00$/);
    const kept = await page.evaluate(() => Object.keys(localStorage).length);
    expect(kept).toBe(0);
  });

  it("sends a picture along, made small", async () => {
    const page = await open(granted(THERE));
    await page.getByText(no).waitFor();
    await page
      .locator("#photo")
      .setInputFiles({ name: "a.png", mimeType: "image/png", buffer: PNG });
    await page.getByText("已拍").waitFor();
    await press(page);
    await said(page, "报到成功");
    const { photos } = (await api.get(`/api/call-tickets/${no}`)).body;
    expect(photos).toHaveLength(1);
  });

  it("says what to do when the link is over or nobody's", async () => {
    const page = await open({}, "/c/nonsense");
    await said(page, /链接不对.*回「到了」/);
    expect(await page.getByRole("button", { name: "我到了" }).count()).toBe(0);
  });

  it("fits a small phone: nothing sideways, one button for the thumb, letters to read in the rain", async () => {
    const page = await open(granted(THERE));
    await page.getByText(no).waitFor();
    const seen = await page.evaluate(() => {
      const button = document.getElementById("press")?.getBoundingClientRect();
      const sizes = [...document.querySelectorAll("p, dt, dd, label, button, output, span")]
        .filter((one) => one.textContent?.trim() !== "")
        .map((one) => Number.parseFloat(getComputedStyle(one).fontSize));
      return {
        sideways: document.documentElement.scrollWidth - innerWidth,
        below: (button?.bottom ?? 9999) - innerHeight,
        height: button?.height ?? 0,
        width: button?.width ?? 0,
        smallest: Math.min(...sizes),
      };
    });
    expect(seen.sideways).toBe(0);
    expect(seen.below).toBeLessThanOrEqual(0);
    expect(seen.height).toBeGreaterThanOrEqual(120);
    expect(seen.width).toBeGreaterThan(300);
    expect(seen.smallest).toBeGreaterThanOrEqual(18);
  });

  it("speaks English to whoever asks for it, and remembers", async () => {
    const page = await open(granted(THERE));
    await page.getByText(no).waitFor();
    await page.getByRole("button", { name: "English" }).tap();
    await page.getByText("示例区综合行政执法局 (asks for 2)").waitFor();
    await page.getByText("25 Nov 14:30").waitFor();
    if (process.env.SHOTS !== undefined)
      await page.screenshot({ path: `${process.env.SHOTS}/check-in-english.png` });
    await page.getByRole("button", { name: "I am here" }).tap();
    await said(page, /Checked in: 25 Nov 09:\d\d, on time, 2 people, 0 m from the reporting place/);
    await page.goto(`${base}/c/nonsense`);
    await said(page, /Not found|not valid|no such/i);
    expect(await page.title()).toBe("Check in at a call");
  });

  it.skipIf(process.env.SHOTS === undefined)("is looked at", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await open({ ...granted({ ...THERE, accuracy: 20 }), colorScheme });
      await page.getByText(no).waitFor();
      await page.screenshot({ path: `${process.env.SHOTS}/check-in-${colorScheme}.png` });
    }
  });
});
