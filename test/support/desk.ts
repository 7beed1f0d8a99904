import { sql } from "drizzle-orm";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { Database } from "../../db/client.ts";
import { markEveryDay } from "../../db/queries/stats/mark-day.ts";
import type { AppDeps } from "../../services/http/app.ts";
import { deskPages } from "../../services/http/routes/desk-pages.ts";
import { openWebPages } from "../../services/http/web-pages.ts";
import { type Api, openApi } from "./api.ts";
import { PATIENCE } from "./browser.ts";
import { loginKeyOf } from "./sign-in.ts";

export interface Desk {
  api: Api;
  base: string;
  /** what browsers complained of: script errors and breaches of the content security policy */
  complaints: string[];
  /** Opens a page of the desk as somebody, by a 「登录」 link as people do. */
  as(
    browser: Browser,
    personId: string,
    path?: string,
    options?: BrowserContextOptions,
  ): Promise<Page>;
  close(): Promise<void>;
}

/**
 * The API with the desk's pages, listening. Ids and looks follow real time, as in life.
 *
 * @param shared - a database that is there already and stays open; absent: one of its own
 */
export async function openDesk(changes: Partial<AppDeps> = {}, shared?: Database): Promise<Desk> {
  const api = await openApi(
    {
      realClock: { now: () => new Date() },
      registerMore: async (app) => deskPages(app, await openWebPages(app)),
      ...changes,
    },
    shared,
  );
  const base = await api.app.listen({ port: 0, host: "127.0.0.1" });
  const complaints: string[] = [];
  return {
    api,
    base,
    complaints,
    async as(browser, personId, path = "/desk", options = {}) {
      const context = await browser.newContext({
        locale: "zh-CN",
        viewport: { width: 1440, height: 900 },
        ...options,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE);
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error" && !/status of 4\d\d/.test(message.text()))
          complaints.push(message.text());
      });
      const key = await loginKeyOf(api, personId);
      await page.goto(`${base}/login/${key}?next=${encodeURIComponent(path)}`);
      await page.getByRole("button", { name: "进入受理台" }).click();
      await page.waitForURL(({ pathname }) => pathname.startsWith("/desk"));
      await page.getByText("实时").waitFor();
      return page;
    },
    async close() {
      // Browsers keep a connection ready that asks for nothing.
      api.app.server.closeAllConnections();
      await api.close();
    },
  };
}

/** Copies of an event, all waiting for acceptance, a minute apart. */
export async function manyEvents(api: Api, no: string, count: number): Promise<void> {
  await api.database.rows(sql`
    insert into events select (jsonb_populate_record(e, jsonb_build_object(
      'no', 'SJ20261120-' || lpad(n::text, 4, '0'), 'message_id', null, 'message_item', null,
      'summary', '第' || n || '件', 'created_at', e.created_at - n * interval '1 minute'))).*
    from events e, generate_series(1, ${count}::int) n where e.no = ${no}`);
  await markEveryDay(api.database);
}
