import type { Browser } from "playwright-core";
import { describe, expect, it } from "vitest";
import { callsBy, DISTRICT, OFFICER } from "../../support/api-calls.ts";
import { axeFindings } from "../../support/axe.ts";
import { findChromium } from "../../support/browser.ts";
import { watchForChinese } from "../../support/chinese-left.ts";
import type { Desk } from "../../support/desk.ts";
import { withDesk } from "../../support/with-desk.ts";

const chromium = findChromium();
const SHOTS = process.env.SHOTS;

describe.skipIf(chromium === null)("the desk in English", () => {
  let browser: Browser;
  let desk: Desk;
  withDesk((opened, withBrowser) => {
    desk = opened;
    browser = withBrowser;
  });

  it("is chosen once and speaks on every page, with the district's own names as they are", async () => {
    const calls = callsBy(desk.api);
    const { no } = (await desk.api.event({ urgency: "urgent", level: 4 })).row;
    await desk.api.event({ summary: "垃圾桶又满了" });
    await desk.api.act(no, { action: "supervise", grade: "yellow", note: "今天答复" });
    const call = await calls.dispatched();
    await calls.act(call, { action: "respond", deptCode: "SLQ-ZF", headcount: 2 });
    const page = await desk.as(browser, DISTRICT, `/desk/?no=${no}`);
    const chineseLeft = watchForChinese(page);
    const name = (await desk.api.get("/api/session", DISTRICT)).body.name;

    await page.getByRole("button", { name: "English" }).click();
    await page.getByText("live", { exact: true }).waitFor();
    await page.reload();
    const shot = async (as: string) => {
      await page.waitForTimeout(250);
      if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${as}.png` });
      expect([as, await chineseLeft()]).toEqual([as, []]);
    };

    await page
      .getByRole("article", { name: `Event ${no}` })
      .getByText("Yellow card")
      .waitFor();
    expect(await page.title()).toBe("Yihu · Desk");
    await page.getByRole("tab", { name: /To accept 2/ }).waitFor();
    await shot("queue");
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).getByText("reject or return").waitFor();
    await shot("keys");
    await page.keyboard.press("Escape");
    await page.keyboard.press("m");
    await page.getByRole("dialog", { name: "Merge" }).getByLabel("Merge into (number)").waitFor();
    await shot("merge");
    await page.keyboard.press("Escape");
    await page.keyboard.press("g");
    await page.getByRole("dialog", { name: "Set level" }).getByText("Level 4 (district)").waitFor();
    await shot("level");
    await page.keyboard.press("Escape");

    await page.getByRole("link", { name: "Calls" }).click();
    await page.getByRole("button").filter({ hasText: call }).click();
    const ticket = page.getByRole("article", { name: `Call ticket ${call}` });
    await ticket.getByText("will come").waitFor();
    await shot("call");
    await ticket.getByRole("button", { name: "Add or replace departments" }).click();
    await page.getByLabel("When to be there").waitFor();
    await shot("dispatch");
    await page.getByRole("button", { name: "Cancel" }).click();
    await ticket.getByRole("button", { name: "Supervise" }).click();
    await page.getByRole("dialog", { name: "Supervise" }).getByLabel("Grade").waitFor();
    await shot("supervise");
    await page.getByRole("button", { name: "Cancel" }).click();

    desk.api.clock.advance({ hours: 10 });
    await page.getByRole("link", { name: "Overdue" }).click();
    await page.getByRole("button", { name: /^Respond 1/ }).waitFor();
    await page
      .getByText(/reminded 0×/)
      .first()
      .waitFor();
    await shot("overdue");
    await page.getByRole("link", { name: "Cockpit" }).click();
    await page.getByRole("region", { name: "Closure rate" }).getByText(/÷/).waitFor();
    await page.getByRole("button", { name: "Closure rate denominator 2" }).click();
    await page.getByRole("region", { name: "List" }).waitFor();
    await shot("cockpit");
    await page.getByRole("link", { name }).click();
    await page.getByText("district dispatcher").first().waitFor();
    await page.getByText("this one").waitFor();
    await shot("account");
  });

  it("says what was done and what was refused in English", async () => {
    const { no } = (await desk.api.event()).row;
    const call = await callsBy(desk.api).dispatched({ reportAt: "2026-12-02T15:00:00+08:00" });
    const page = await desk.as(browser, "wangchao-dispatcher-1", `/desk/?no=${no}`);
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("button", { name: /^Accept/ }).click();
    await page
      .getByRole("status")
      .getByText(`Accept: ${no} is now "Accepted, to be assigned".`)
      .waitFor();
    await page.route("**/api/events/*/actions", (route) =>
      route.fulfill({
        status: 409,
        contentType: "application/problem+json",
        body: JSON.stringify({
          code: "invalidState",
          title: "Not possible in this state",
          detail: "现在不能这样做。",
        }),
      }),
    );
    await page.keyboard.press("d");
    await page.getByRole("dialog", { name: "Assign" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("Not possible in this state.").waitFor();

    const street = await desk.as(browser, OFFICER, `/desk/calls?no=${call}`);
    const chineseLeft = watchForChinese(street);
    await street.getByRole("button", { name: "English" }).click();
    await street.reload();
    await street.getByRole("button", { name: "Close and score" }).click();
    await street.getByLabel("Score 0–100").first().waitFor();
    expect(await chineseLeft()).toEqual([]);
  });

  it("and the sign-in and its list of roles are chosen there themselves", async () => {
    const page = await (await browser.newContext()).newPage();
    const chineseLeft = watchForChinese(page);
    await page.goto(`${desk.base}/login`);
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { name: "Sign in to Yihu" }).waitFor();
    await page.getByText("Administrators").click();
    await page.getByLabel("Token").fill("guessed");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").getByText("The token is not valid").waitFor();
    // What one says to the bot is said in its language; a name stays a name.
    const left = (await chineseLeft()).map((text) => text.replaceAll(/「登录」|章若兰/g, ""));
    expect(left.filter((text) => /[\u3400-\u9fff]/.test(text))).toEqual([]);
  });
});
