import { sql } from "drizzle-orm";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { callsBy, MARKET } from "../../support/api-calls.ts";
import { findChromium, openBrowser } from "../../support/browser.ts";
import { openPhones, type Phones } from "../../support/phone.ts";
import { loginKeyOf } from "../../support/sign-in.ts";

const chromium = findChromium();
const HERE = {
  permissions: ["geolocation"],
  geolocation: { latitude: MARKET.lat, longitude: MARKET.lng, accuracy: 12 },
} satisfies BrowserContextOptions;
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

describe.skipIf(chromium === null)("the phone pages without signal", () => {
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

  /** The worker has kept the pages: they open from now on without signal. */
  const isKept = (page: Page) =>
    page.waitForFunction(async () => {
      await navigator.serviceWorker.ready;
      const names = (await (await caches.open("yihu-phone")).keys()).map(({ url }) => url);
      return names.some((url) => url.endsWith("/m/"));
    });
  const responseOf = async (no: string) =>
    (await phones.api.get(`/api/call-tickets/${no}`)).body.responses.find(
      (one: { deptCode: string }) => one.deptCode === "SLQ-ZF",
    );

  it("open, keep an arrival and send it later, once, with its own time", async () => {
    const { api, base } = phones;
    const no = await callsBy(api).dispatched();
    const page = await phones.as(browser, "zhifa-responder", `/m/calls/${no}`, HERE);
    await page.getByText("本单位").waitFor();
    await isKept(page);

    await page.context().setOffline(true);
    await page.goto(`${base}/m/calls/${no}`);
    await page.getByText("没有信号,这是").waitFor();
    await page.getByRole("button", { name: "更多" }).tap();
    await page.getByRole("button", { name: "我到了" }).tap();
    await page
      .getByRole("dialog", { name: "我到了" })
      .getByRole("button", { name: "我到了" })
      .tap();
    await page.getByText(`没有信号,「我到了 ${no}」已存在手机里`).waitFor();
    await page.getByText("待补报:我到了").waitFor();
    await page.getByRole("link", { name: "待补报 1" }).waitFor();
    expect(await responseOf(no)).toMatchObject({ checkIn: null, claim: null });

    // Twelve minutes later there is signal, and the first answer to the press is lost on the way.
    api.clock.advance({ minutes: 12 });
    let lost = 0;
    await page.route("**/actions", async (route) => {
      if (lost++ > 0) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await page.context().setOffline(false);
    await page.getByRole("link", { name: "待补报 1" }).tap();
    await expect.poll(() => lost, { timeout: 10_000 }).toBeGreaterThan(0);
    await page
      .getByRole("button", { name: "现在就补报" })
      .tap()
      .catch(() => {});
    await page.getByText("报到成功:09:00,准时,距报到点0米").first().waitFor({ timeout: 15_000 });
    expect(lost).toBeGreaterThan(1);
    expect((await responseOf(no)).checkIn.at).toMatch(/^2026-11-25T09:00:\d\d\+08:00$/);
    const steps = (await api.get(`/api/call-tickets/${no}`)).body.steps;
    expect(steps.filter(({ action }: { action: string }) => action === "checkIn")).toHaveLength(1);
  });

  it("keep a completion with its pictures, and whoever is signed in by then sends only their own", async () => {
    const { api, base } = phones;
    const { no } = (await api.event()).row;
    await api.act(no, { action: "accept", level: 3 }, "wangchao-dispatcher-1");
    await api.act(no, { action: "assign", orgCode: "SLQ-WC-HWS" }, "wangchao-dispatcher-1");
    await api.act(no, { action: "sign" }, "wangchao-huanwei-1");
    const page = await phones.as(browser, "wangchao-huanwei-1", `/m/events/${no}`);
    await isKept(page);
    await page.getByRole("button", { name: "办结" }).waitFor();
    await page.context().setOffline(true);
    await page.getByText("没有信号。能看上次的内容").waitFor();
    await page.getByRole("button", { name: "办结", exact: true }).tap();
    await page.getByRole("button", { name: "已清理" }).tap();
    for (const stage of [/处理前的照片/, /处理后的照片/])
      await page
        .getByLabel(stage)
        .setInputFiles({ name: "a.png", mimeType: "image/png", buffer: PNG });
    await page.getByRole("dialog").getByRole("img").nth(1).waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "办结" }).tap();
    await page.getByRole("button", { name: "办结:已存下,等信号" }).waitFor();
    expect(await page.getByRole("button", { name: "办结:已存下,等信号" }).isDisabled()).toBe(true);

    // A colleague takes the phone.
    api.clock.advance({ minutes: 30 });
    const as = async (person: string) => {
      await page.goto(`${base}/login/${await loginKeyOf(api, person)}?next=%2Fm%2Fwaiting`);
      await page.getByRole("button", { name: "进入一呼" }).tap();
      await page.getByText("按下的先存在手机里").waitFor();
    };
    await page.context().setOffline(false);
    await page.context().clearCookies();
    await as("nantang1-worker");
    await page.getByText("别人登录时按的").waitFor();
    await page.waitForTimeout(1500);
    expect((await api.get(`/api/events/${no}`)).body.status).toBe("handling");
    await as("wangchao-huanwei-1");
    await page.getByText(`${no} 现在是「已办结,待验收」`).first().waitFor();
    const { steps } = (await api.get(`/api/events/${no}`)).body;
    expect(steps.at(-1).note).toMatch(/^已清理\(手机上11月25日\d\d:\d\d按下,有信号后送达\)$/);
    const { photos } = (await api.get(`/api/events/${no}/surroundings`)).body;
    expect(photos.map(({ stage }: { stage: string }) => stage).sort()).toEqual(["after", "before"]);
  });

  it("are the newest at the next opening, whatever was kept", async () => {
    const page = await phones.as(browser, "nantang1-worker", "/m/");
    await isKept(page);
    await page.evaluate(async () => {
      const shelf = await caches.open("yihu-phone");
      await shelf.put("/m/", new Response("<h1>an old version</h1>"));
      await shelf.put("/web/assets/of-an-old-version.js", new Response(""));
    });
    await page.goto(`${phones.base}/m/me`);
    await page.getByText("周晓敏").waitFor();
    const shelf = () =>
      page.evaluate(async () => {
        const all = await caches.open("yihu-phone");
        const page = await (await all.match("/m/"))?.text();
        const files = (await all.keys()).map(({ url }) => url);
        return {
          isOld: page?.includes("old version"),
          old: files.filter((url) => url.includes("old")),
        };
      });
    await expect.poll(shelf).toEqual({ isOld: false, old: [] });
  });

  it("keep a patrol and a report of a grid worker, and send them in their order", async () => {
    const { api } = phones;
    const { no } = (await api.event()).row;
    const page = await phones.as(browser, "nantang1-worker", `/m/events/${no}`, HERE);
    // The grid worker reads the reporter's words, and the phone does not keep them.
    await page.getByText("我是3幢老王").first().waitFor();
    const kept = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const asked = indexedDB.open("yihu-phone");
          asked.onsuccess = () => {
            const rows = asked.result.transaction("answers").objectStore("answers").getAll();
            rows.onsuccess = () => resolve(JSON.stringify(rows.result));
          };
        }),
    );
    expect(kept).toContain(no);
    expect(kept).not.toContain("我是3幢老王");
    await page.getByRole("button", { name: "返回" }).tap();
    await isKept(page);
    await page.context().setOffline(true);
    await page.getByRole("link", { name: "巡查" }).tap();
    await page.getByRole("button", { name: "开始巡查" }).tap();
    await page.getByText("已巡查 0分").waitFor();
    await page.reload();
    await page.getByText("已巡查 0分").waitFor();
    await page.getByRole("button", { name: "发现问题:加一" }).tap();
    await page.getByLabel("看到了什么").fill("河边护栏松动,电话13800000001");
    await page.getByRole("button", { name: "结束巡查" }).tap();
    await page.getByText("没有信号,巡查已存在手机里").waitFor();
    await page.goto(`${phones.base}/m/report`);
    await page.getByLabel("什么事").fill("南塘家园3幢门口护栏松动,快要倒了");
    await page.getByRole("button", { name: "带上我现在的位置" }).tap();
    await page.getByText("位置已带上(误差约12米)").waitFor();
    await page
      .getByLabel(/照片/)
      .setInputFiles({ name: "a.png", mimeType: "image/png", buffer: PNG });
    await page.getByRole("img", { name: "第1张照片" }).waitFor();
    await page.getByRole("button", { name: "上报" }).tap();
    await page.getByText("没有信号,上报已存在手机里").waitFor();
    await page.getByRole("link", { name: "待补报 2" }).tap();

    await page.context().setOffline(false);
    await page.getByText("巡查已登记。", { exact: true }).waitFor({ timeout: 15_000 });
    await page.getByText("已送达一呼,正在登记。", { exact: true }).waitFor({ timeout: 15_000 });
    const [patrol] = (await api.get("/api/patrols", "nantang1-worker")).body.items;
    expect(patrol).toMatchObject({
      counts: { 问题: 1 },
      note: "河边护栏松动,电话138****0001",
      gridCode: "SLQ-WC-NT-1",
      lng: MARKET.lng,
    });
    const [stored] = await api.database.rows<{ message: Record<string, unknown> }>(
      sql`select message from inbox where channel = 'api' order by id desc limit 1`,
    );
    expect(stored?.message).toMatchObject({
      text: "南塘家园3幢门口护栏松动,快要倒了",
      source: "patrol",
      location: { lng: MARKET.lng, lat: MARKET.lat },
      sender: { platformUserId: "person:nantang1-worker" },
      attachments: [{ kind: "picture" }],
    });
  });
});
