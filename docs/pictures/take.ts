import { mkdirSync, statSync } from "node:fs";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

export const DESK = { viewport: { width: 1280, height: 800 } };
export const WALL = { viewport: { width: 1600, height: 900 } };
export const PHONE = { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true };

/** What a README may cost whoever opens it. */
const MOST_BYTES = 300_000;

export interface Photographer {
  /** A page of somebody who is signed in; null: of nobody. */
  open(personId: string | null, path: string, options: BrowserContextOptions): Promise<Page>;
  /** Takes what the page shows now. @returns the file's name */
  take(page: Page, name: string): Promise<void>;
}

export function photographer(browser: Browser, base: string, folder: string): Photographer {
  mkdirSync(folder, { recursive: true });
  return {
    async open(personId, path, options) {
      const context = await browser.newContext({
        locale: "zh-CN",
        colorScheme: "light",
        reducedMotion: "reduce",
        deviceScaleFactor: 1,
        ...options,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      if (personId !== null) {
        await page.goto(`${base}/login`);
        const status = await page.evaluate(
          (id) =>
            fetch("/sandbox/session", {
              method: "POST",
              headers: { "content-type": "application/json" },
              body: JSON.stringify({ personId: id }),
            }).then((answer) => answer.status),
          personId,
        );
        if (status !== 201) throw new Error(`${personId} could not sign in: ${status}.`);
      }
      await page.goto(`${base}${path}`);
      return page;
    },
    async take(page, name) {
      const path = `${folder}/${name}.png`;
      // What moves when it appears has come to rest.
      await page.waitForTimeout(800);
      await page.screenshot({ path });
      const { size } = statSync(path);
      console.info(`${path} ${Math.round(size / 1000)} kB`);
      if (size > MOST_BYTES) throw new Error(`${path} is larger than ${MOST_BYTES} bytes.`);
      await page.context().close();
    },
  };
}
