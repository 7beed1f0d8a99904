import type { Browser, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { callsBy, DISTRICT, MARKET, OFFICER, PRINCIPAL } from "../../support/api-calls.ts";
import { axeFindings } from "../../support/axe.ts";
import { findChromium } from "../../support/browser.ts";
import type { Desk } from "../../support/desk.ts";
import { withDesk } from "../../support/with-desk.ts";

const chromium = findChromium();

describe.skipIf(chromium === null)("the call board", () => {
  let browser: Browser;
  let desk: Desk;
  withDesk((opened, withBrowser) => {
    desk = opened;
    browser = withBrowser;
  });

  const ticket = (page: Page, no: string) =>
    page.getByRole("region", { name: "呼叫工单" }).getByRole("button").filter({ hasText: no });
  const detail = (page: Page, no: string) => page.getByRole("article", { name: `呼叫工单 ${no}` });

  it("is where the district dispatches, and the street sees the lamps change by themselves", async () => {
    const calls = callsBy(desk.api);
    const { no } = (await calls.draft()).body;
    await calls.act(no, { action: "approve" }, PRINCIPAL);
    const street = await desk.as(browser, OFFICER, "/desk/calls");
    await ticket(street, no).getByText("还没有派遣").waitFor();

    const district = await desk.as(browser, DISTRICT, `/desk/calls?no=${no}`);
    await detail(district, no).getByRole("button", { name: "派遣" }).click();
    const form = district.getByRole("dialog", { name: "派遣" });
    await form.getByLabel("第1个部门的人数").fill("2");
    await form.getByRole("button", { name: "派遣" }).click();
    await ticket(street, no).getByText("待响应").first().waitFor();

    await calls.act(no, { action: "respond", deptCode: "SLQ-ZF", headcount: 2 });
    await ticket(street, no).getByText("已响应").waitFor();
    await ticket(street, no).getByText(/剩 \d/).first().waitFor();
    const { responses } = (await desk.api.get(`/api/call-tickets/${no}`)).body;
    expect(responses[0]).toMatchObject({ deptCode: "SLQ-ZF", headcount: 2, status: "accepted" });
  });

  it("is where the street closes with scores", async () => {
    const calls = callsBy(desk.api);
    const no = await calls.dispatched();
    for (const deptCode of ["SLQ-ZF", "SLQ-SJ"]) {
      await calls.act(no, { action: "respond", deptCode });
      await calls.act(no, { action: "confirmArrival", deptCode }, OFFICER);
      await calls.act(no, { action: "complete", deptCode, note: "已劝离" });
    }
    const page = await desk.as(browser, OFFICER, `/desk/calls?no=${no}`);
    await detail(page, no).getByRole("button", { name: "结案和评分" }).click();
    const form = page.getByRole("dialog", { name: "结案" });
    await form.getByLabel("结案意见").fill("效果明显");
    await form.getByLabel("评分 0–100").first().fill("95");
    await form.getByRole("button", { name: "结案" }).click();
    await detail(page, no).getByText("已结案").first().waitFor();
    const closed = (await desk.api.get(`/api/call-tickets/${no}`)).body;
    expect(closed).toMatchObject({ status: "closed", closingOpinion: "效果明显" });
    expect(closed.responses[0].score).toBe(95);

    const [form2] = await Promise.all([
      page.context().waitForEvent("page"),
      detail(page, no).getByRole("link", { name: "打印呼叫单" }).click(),
    ]);
    await form2.getByText(no).first().waitFor();
  });

  it("draws where departments checked in", async () => {
    const calls = callsBy(desk.api);
    const no = await calls.dispatched();
    const page = await desk.as(browser, DISTRICT, `/desk/calls?no=${no}`);
    await detail(page, no).waitFor();
    await calls.act(no, { action: "respond", deptCode: "SLQ-ZF" });
    const there = { lng: MARKET.lng + 0.001, lat: MARKET.lat };
    await calls.act(no, { action: "checkIn", deptCode: "SLQ-ZF", accuracyM: 10, ...there });
    await detail(page, no)
      .getByRole("img", { name: /综合行政执法局距报到点\d+米/ })
      .waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it("shows another street nothing", async () => {
    const no = await callsBy(desk.api).dispatched();
    const page = await desk.as(browser, "liuan-officer-1", `/desk/calls?no=${no}`);
    await page.getByText("现在没有呼叫工单").waitFor();
    expect(await page.content()).not.toContain("夜市");
  });

  it("has beside it the wall of what is overdue, by owner and step", async () => {
    const no = await callsBy(desk.api).dispatched();
    desk.api.clock.advance({ hours: 10 });
    const page = await desk.as(browser, DISTRICT, "/desk/overdue");
    const wall = page.getByRole("region", { name: "示例区综合行政执法局" });
    await wall.getByText(no).first().waitFor();
    await wall.getByText("响应").first().waitFor();
    await wall.getByText(/超 \d/).first().waitFor();
    await wall.getByRole("link", { name: no }).first().click();
    await detail(page, no).getByText("超时未响应").first().waitFor();
  });
});
