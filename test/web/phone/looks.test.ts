import { mkdirSync } from "node:fs";
import { it } from "vitest";
import { callsBy } from "../../support/api-calls.ts";
import { findChromium, openBrowser } from "../../support/browser.ts";
import { openPhones } from "../../support/phone.ts";

it.skipIf(process.env.SHOTS === undefined)(
  "is looked at",
  async () => {
    mkdirSync(process.env.SHOTS ?? "", { recursive: true });
    const browser = await openBrowser(findChromium() ?? "");
    const phones = await openPhones();
    const { api } = phones;
    const { no } = (await api.event()).row;
    await api.act(no, { action: "accept", level: 3 }, "wangchao-dispatcher-1");
    await api.act(no, { action: "assign", orgCode: "SLQ-WC-HWS" }, "wangchao-dispatcher-1");
    const call = await callsBy(api).dispatched();
    const shot = async (page: import("playwright-core").Page, name: string) => {
      await page.waitForTimeout(600);
      await page.screenshot({ path: `${process.env.SHOTS}/${name}.png` });
    };
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await phones.as(browser, "wangchao-huanwei-1", "/m/", { colorScheme });
      await shot(page, `todo-${colorScheme}`);
      await page.goto(`${phones.base}/m/events/${no}`);
      await shot(page, `event-${colorScheme}`);
      if (colorScheme === "light") await page.getByRole("button", { name: "签收" }).click();
      else {
        await page.getByRole("button", { name: "办结" }).click();
      }
      await shot(page, `event-2-${colorScheme}`);
      const responder = await phones.as(browser, "zhifa-responder", `/m/calls/${call}`, {
        colorScheme,
      });
      await shot(responder, `call-${colorScheme}`);
      await responder.getByRole("button", { name: "更多" }).click();
      await shot(responder, `call-more-${colorScheme}`);
      const worker = await phones.as(browser, "nantang1-worker", "/m/report", { colorScheme });
      await shot(worker, `report-${colorScheme}`);
      await worker.goto(`${phones.base}/m/patrol`);
      await worker.getByRole("button", { name: "开始巡查" }).click();
      await shot(worker, `patrol-${colorScheme}`);
      await worker.goto(`${phones.base}/m/me`);
      await worker.getByRole("switch").click();
      await shot(worker, `me-large-${colorScheme}`);
      await worker.setViewportSize({ width: 320, height: 640 });
      await worker.goto(`${phones.base}/m/`);
      await shot(worker, `todo-large-320-${colorScheme}`);
      const nobody = await phones.blank(browser, { colorScheme });
      await nobody.goto(`${phones.base}/login`);
      await shot(nobody, `login-${colorScheme}`);
    }
    console.log(phones.complaints);
    await browser.close();
    await phones.close();
  },
  120_000,
);
