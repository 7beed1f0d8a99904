import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import type { Browser, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { SAMPLE_FOLDER } from "../../../db/registry/sample-district.ts";
import { axeFindings } from "../../support/axe.ts";
import { findChromium } from "../../support/browser.ts";
import type { Desk } from "../../support/desk.ts";
import { openOfficeDesk } from "../../support/office-desk.ts";
import { withDesk } from "../../support/with-desk.ts";

const chromium = findChromium();
const ADMIN = "district-admin";

describe.skipIf(chromium === null)("the administration", () => {
  let browser: Browser;
  let desk: Desk;
  withDesk((opened, withBrowser) => {
    desk = opened;
    browser = withBrowser;
  }, openOfficeDesk);

  const lightAndDark = async (page: Page) => {
    await page.emulateMedia({ colorScheme: "light" });
    expect(await axeFindings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await axeFindings(page)).toEqual([]);
  };
  const trail = async (action: string) =>
    (await desk.api.get(`/api/audit?action=${action}`)).body.items[0];

  it("shows what an import would change and which row is wrong, then imports", async () => {
    const page = await desk.as(browser, ADMIN, "/desk/admin");
    await page.waitForURL(/admin\/registry/);
    const people = readFileSync(join(SAMPLE_FOLDER, "people.csv"), "utf8");
    const upload = (text: string) =>
      page.locator("input[type=file]").setInputFiles({
        name: "people.csv",
        mimeType: "text/csv",
        buffer: Buffer.from(text),
      });
    const preview = page.getByRole("button", { name: "预览" });
    const apply = page.getByRole("button", { name: "导入", exact: true });

    await upload(people.replace("district-admin,唐宋元,SLQ", "district-admin,唐宋元,NOWHERE"));
    await preview.click();
    await page.getByText(/people\.csv:\d+ org_code/).waitFor();
    expect(await apply.isDisabled()).toBe(true);

    await upload(people.replace("唐宋元", "唐宋元明"));
    await preview.click();
    await page.getByText("检查通过,将有 1 处变化。").waitFor();
    await page.getByRole("row", { name: /修改 district-admin name: ?唐宋元 → 唐宋元明/ }).waitFor();
    await lightAndDark(page);
    await apply.click();
    await page.getByText("已导入。机器人几秒内按新名录工作。").waitFor();
    expect(await trail("importRegistry")).toMatchObject({
      actor: { personId: ADMIN },
      reason: "people.csv +0 ~1 -0",
    });
    await page.reload();
    await page.getByText("唐宋元明").waitFor();
  });

  it("sets a day of the calendar, and the open deadlines move", async () => {
    const { row } = await desk.api.event();
    const due = async () =>
      (await desk.api.get(`/api/obligations?state=open&no=${row.no}`)).body.items[0].dueAt;
    expect(await due()).toBe("2026-11-25T11:00:00+08:00");
    const page = await desk.as(browser, ADMIN, "/desk/admin/calendar");
    await page.getByRole("button", { name: /^10月1日 休息日 国庆节 法定安排/ }).waitFor();
    await page.getByRole("button", { name: /^10月10日 工作日 调休上班/ }).waitFor();
    await lightAndDark(page);
    await page.getByRole("button", { name: /^11月25日 工作日/ }).click();
    const form = page.getByRole("dialog", { name: "设定 2026-11-25" });
    await form.getByLabel("休息日").check();
    await form.getByLabel(/原因/).fill("台风停工");
    await form.getByRole("button", { name: "保存" }).click();
    await page.getByText("已保存,1 个时限按新日历移动。").waitFor();
    expect(await due()).toBe("2026-11-26T10:30:00+08:00");
    await page.getByRole("button", { name: /^11月25日 休息日 本区设定/ }).click();
    await form.getByLabel("恢复法定安排").check();
    await form.getByLabel(/原因/).fill("恢复");
    await form.getByRole("button", { name: "保存" }).click();
    await page.getByRole("button", { name: /^11月25日 工作日$/ }).waitFor();
    expect(await due()).toBe("2026-11-25T11:00:00+08:00");
    expect((await trail("setCalendarDay")).reason).toBe("statutory: 恢复");
  });

  it("changes a limit for what begins afterwards", async () => {
    const page = await desk.as(browser, ADMIN, "/desk/admin/limits");
    await page.getByRole("button", { name: "修改时限:验收" }).click();
    const form = page.getByRole("dialog", { name: "修改时限:验收" });
    await form.getByLabel("数值").fill("3");
    await form.getByLabel(/原因/).fill("网格人手不足");
    await form.getByRole("button", { name: "保存" }).click();
    await page.getByText("已保存,对之后开始的事项生效。").waitFor();
    await page
      .getByRole("region", { name: "历次版本" })
      .getByText(/limits-/)
      .waitFor();
    await page.getByRole("row", { name: /验收 本区设定 3 个工作日/ }).waitFor();
    expect((await desk.api.get("/api/policy")).body.limits.verify).toEqual({ workdays: 3 });
    expect(await trail("setLimit")).toMatchObject({
      subject: { type: "limit", no: "verify" },
      reason: "1 workdays → 3 workdays: 网格人手不足",
    });
    await lightAndDark(page);
  });

  it("is closed to others: no entry, no page, no answer", async () => {
    const page = await desk.as(browser, "wangchao-dispatcher-1", "/desk/admin/limits");
    expect(await page.getByRole("link", { name: "管理" }).count()).toBe(0);
    await page.getByText("这里只对系统管理员开放。").waitFor();
    const rows = await desk.api.database.rows(sql`select 1 from limits where name = 'verify'`);
    expect(rows).toHaveLength(1);
  });
});
