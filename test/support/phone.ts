import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { AppDeps } from "../../services/http/app.ts";
import { deskPages } from "../../services/http/routes/desk-pages.ts";
import { phonePages } from "../../services/http/routes/phone-pages.ts";
import { openWebPages } from "../../services/http/web-pages.ts";
import { type Api, openApi } from "./api.ts";
import { PATIENCE } from "./browser.ts";
import { loginKeyOf } from "./sign-in.ts";

export const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

export interface Phones {
  api: Api;
  base: string;
  /** what browsers complained of: script errors and breaches of the content security policy */
  complaints: string[];
  /** Somebody opens a phone page by a 「登录」 link. */
  as(
    browser: Browser,
    personId: string,
    path?: string,
    options?: BrowserContextOptions,
  ): Promise<Page>;
  /** A page of somebody who is nobody yet. */
  blank(browser: Browser, options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

/** The API with the desk's and the phone's pages, listening. Ids follow real time, as in life. */
export async function openPhones(changes: Partial<AppDeps> = {}): Promise<Phones> {
  const api = await openApi({
    realClock: { now: () => new Date() },
    registerMore: async (app) => {
      const pages = await openWebPages(app);
      deskPages(app, pages);
      phonePages(app, pages);
    },
    ...changes,
  });
  const base = await api.app.listen({ port: 0, host: "127.0.0.1" });
  const complaints: string[] = [];

  const blank = async (browser: Browser, options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({ locale: "zh-CN", ...PHONE, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      const isNetwork = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|status of [45]\d\d/;
      if (message.type() === "error" && !isNetwork.test(message.text()))
        complaints.push(message.text());
    });
    return page;
  };
  return {
    api,
    base,
    complaints,
    blank,
    async as(browser, personId, path = "/m/", options = {}) {
      const page = await blank(browser, options);
      const key = await loginKeyOf(api, personId);
      await page.goto(`${base}/login/${key}?next=${encodeURIComponent(path)}`);
      await page.getByRole("button", { name: /^进入/ }).click();
      await page.waitForURL(({ pathname }) => pathname === new URL(path, base).pathname);
      return page;
    },
    async close() {
      // Browsers keep a connection ready that asks for nothing.
      api.app.server.closeAllConnections();
      await api.close();
    },
  };
}
