import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Milliseconds a page is waited for: what a machine needs that does other things too. */
export const PATIENCE = 30_000;

const PATH = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

/** Where Chromium is; null, with the reason printed, where a browser test cannot run. */
export function findChromium(): string | null {
  if (existsSync(PATH)) return PATH;
  console.warn(`Browser tests are skipped: there is no Chromium at ${PATH}. Set CHROMIUM_PATH.`);
  return null;
}

export const openBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
