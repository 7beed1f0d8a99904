import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { callsBy, MARKET, OFFICER, PRINCIPAL } from "../../support/api-calls.ts";
import { axeFindings } from "../../support/axe.ts";
import { findChromium, openBrowser } from "../../support/browser.ts";
import { openPhones, type Phones } from "../../support/phone.ts";

const chromium = findChromium();
const RESPONDER = "zhifa-responder";
const THERE = { latitude: MARKET.lat, longitude: MARKET.lng, accuracy: 12 };
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

describe.skipIf(chromium === null)("a call ticket on the phone", () => {
  let browser: Browser;
  let phones: Phones;
  let no: string;
  beforeAll(async () => {
    phones = await openPhones();
    browser = await openBrowser(chromium ?? "");
  });
  beforeEach(async () => {
    no = await callsBy(phones.api).dispatched();
    await callsBy(phones.api).act(no, { action: "respond", headcount: 2 }, RESPONDER);
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(phones.complaints).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await phones.close();
  });

  const open = (who: string, options: BrowserContextOptions = {}) =>
    phones.as(browser, who, `/m/calls/${no}`, options);
  const granted = (geolocation: NonNullable<BrowserContextOptions["geolocation"]>) => ({
    permissions: ["geolocation"],
    geolocation,
  });
  const arrive = async (page: Page) => {
    await page.getByRole("button", { name: "我到了", exact: true }).tap();
    await page.getByRole("dialog").getByRole("button", { name: "我到了" }).tap();
  };
  const own = async () =>
    (await phones.api.get(`/api/call-tickets/${no}`)).body.responses.find(
      (one: { deptCode: string }) => one.deptCode === "SLQ-ZF",
    );

  it("counts a responder who is there, with a picture, and then what was done", async () => {
    const page = await open(RESPONDER, granted(THERE));
    await page.getByRole("heading", { name: "滨河路夜市占道经营" }).waitFor();
    await page.getByText("本单位").waitFor();
    await page.getByRole("button", { name: "我到了", exact: true }).tap();
    const sheet = page.getByRole("dialog", { name: "我到了" });
    await sheet.getByRole("button", { name: "到场人数:加一" }).tap();
    const file = { name: "a.png", mimeType: "image/png", buffer: PNG };
    await sheet.getByLabel(/现场照片/).setInputFiles(file);
    await sheet.getByRole("img").waitFor();
    await page.waitForTimeout(400);
    expect(await axeFindings(page)).toEqual([]);
    await sheet.getByRole("button", { name: "我到了" }).tap();
    await page.getByText("报到成功:09:00,准时,距报到点0米").waitFor();
    expect(await own()).toMatchObject({ checkIn: { headcount: 3, distanceM: 0 } });

    await page.getByRole("button", { name: "办结反馈", exact: true }).tap();
    await page.getByRole("button", { name: "已劝离" }).tap();
    await page.getByLabel(/处理后的照片/).setInputFiles(file);
    await page.getByRole("dialog").getByRole("img").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "办结反馈" }).tap();
    await page.getByText("现在是「现场处置」").waitFor();
    const { photos } = (await phones.api.get(`/api/call-tickets/${no}`)).body;
    expect(
      photos.map(({ stage, deptCode }: Record<string, string>) => `${stage} ${deptCode}`).sort(),
    ).toEqual(["after SLQ-ZF", "arrival SLQ-ZF"]);
    expect(await own()).toMatchObject({ completion: "已劝离" });
    expect(await axeFindings(page)).toEqual([]);
  });

  it("takes an arrival without a position for a claim, which the street confirms by thumb", async () => {
    const page = await open(RESPONDER);
    await arrive(page);
    await page.getByText(/已记下您 09:00 到了,等街道确认.*没有得到位置权限/).waitFor();
    expect(await own()).toMatchObject({ checkIn: null, claim: { lng: null } });

    const street = await open(OFFICER);
    await street.getByText("到场待确认").waitFor();
    await street.getByRole("button", { name: "确认到场:示例区综合行政执法局" }).tap();
    await street
      .getByRole("dialog")
      .getByRole("button", { name: /^确认到场/ })
      .tap();
    await street.getByText("现在是「现场处置」").waitFor();
    // The responder's page heard of it by itself.
    await page.getByText("已到场").waitFor();
  });

  it("takes a rough position for a claim, and a thumb that does not wait", async () => {
    const page = await open(RESPONDER, granted({ ...THERE, accuracy: 850 }));
    await arrive(page);
    await page.getByRole("button", { name: "正在定位" }).tap({ timeout: 4000 });
    await page.getByText("定位误差约850米,不能自动算数").waitFor();
    expect(await own()).toMatchObject({ checkIn: null, claim: { distanceM: 0 } });
  });

  it("is signed by the principal, and found by nobody else's department", async () => {
    const draft = (await callsBy(phones.api).draft()).body.no;
    const principal = await phones.as(browser, PRINCIPAL, `/m/calls/${draft}`);
    await principal.getByRole("button", { name: "同意签批", exact: true }).tap();
    await principal.getByRole("dialog").getByRole("button", { name: "同意签批" }).tap();
    await principal.getByText("现在是「已签批,待研判」").waitFor();

    const stranger = await phones.as(browser, RESPONDER, `/m/calls/${draft}`);
    await stranger.getByRole("alert").getByText("没有找到").waitFor();
    expect(await stranger.getByText("滨河路夜市").count()).toBe(0);
    await stranger.goto(`${phones.base}/m/events/SJ20261125-0001`);
    await stranger.getByRole("alert").getByText("没有找到").waitFor();
  });
});
