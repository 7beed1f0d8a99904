import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { findChromium, openBrowser } from "./browser.ts";
import { type Desk, openDesk } from "./desk.ts";

/**
 * Opens a desk and a browser for the tests of a `describe`, and closes them afterwards. No test leaves a
 * page open, and in none may a browser complain.
 *
 * @param opened - takes them, and prepares what all the tests need
 */
export function withDesk(
  opened: (desk: Desk, browser: Browser) => void | Promise<void>,
  open: () => Promise<Desk> = openDesk,
): void {
  let desk: Desk;
  let browser: Browser;
  beforeAll(async () => {
    desk = await open();
    browser = await openBrowser(findChromium() ?? "");
    await opened(desk, browser);
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(desk.complaints.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await desk.close();
  });
}
