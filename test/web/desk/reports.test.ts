import { readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import type { Browser } from "playwright-core";
import { describe, expect, it } from "vitest";
import { axeFindings } from "../../support/axe.ts";
import { findChromium } from "../../support/browser.ts";
import { type Desk, openDesk } from "../../support/desk.ts";
import { ownReportStore, renderAll } from "../../support/reports.ts";
import { withDesk } from "../../support/with-desk.ts";

const chromium = findChromium();

describe.skipIf(chromium === null)("the page of reports", () => {
  const store = ownReportStore();
  let browser: Browser;
  let desk: Desk;
  withDesk(
    (opened, withBrowser) => {
      desk = opened;
      browser = withBrowser;
    },
    () => openDesk({ reports: store }),
  );

  it("makes one, shows how far it is, and gives the file", async () => {
    const { row } = await desk.api.event();
    const page = await desk.as(browser, "wangchao-officer-1", "/desk/reports", {
      acceptDownloads: true,
    });
    await page.getByLabel("种类").selectOption("事件台账");
    await page.getByLabel("格式").selectOption("CSV");
    await page.getByRole("button", { name: "本月" }).click();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "生成", exact: true }).click();
    const made = page.getByRole("region", { name: "生成记录" });
    await made.getByText("生成中 0%").waitFor();
    await desk.api.database.orm.execute(sql`update report_files set progress = 40`);
    await made.getByText("生成中 40%").waitFor();
    await renderAll(desk.api, store);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      made.getByRole("link", { name: "下载 事件台账-2026-11-01至2026-11-25.csv" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("事件台账-2026-11-01至2026-11-25.csv");
    expect(await readFile(await download.path(), "utf8")).toContain(row.no);

    await page.emulateMedia({ colorScheme: "dark" });
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { name: "Reports", exact: true }).waitFor();
  });

  it("is not offered to whoever may have none", async () => {
    const page = await desk.as(browser, "nantang1-worker");
    await page.getByRole("link", { name: "受理台" }).waitFor();
    expect(await page.getByRole("link", { name: "报表" }).count()).toBe(0);
  });
});
