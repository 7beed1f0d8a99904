import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AppDeps } from "../../services/http/app.ts";
import { open311Routes } from "../../services/http/open311/open311.ts";
import { checkInPage } from "../../services/http/routes/check-in-page.ts";
import { deskPages } from "../../services/http/routes/desk-pages.ts";
import { phonePages } from "../../services/http/routes/phone-pages.ts";
import { sandboxRoutes } from "../../services/http/routes/sandbox.ts";
import { openWebPages } from "../../services/http/web-pages.ts";
import { openProductClock } from "../../services/product-clock.ts";
import { sandboxPictures } from "../../services/sandbox-pictures.ts";
import { ADMIN_TOKEN, type Api, openApi } from "./api.ts";
import { testDatabase } from "./database.ts";

export interface WholeApp {
  api: Api;
  base: string;
  /** every route that was registered, as `GET /api/events/:no` */
  routes: readonly string[];
  close(): Promise<void>;
}

/**
 * Everything that the product answers, as main.ts puts it together with sandbox and Open311, listening.
 * The sandbox is guarded as on a machine that others reach.
 */
export async function openWholeApp(changes: Partial<AppDeps> = {}): Promise<WholeApp> {
  const { database } = await testDatabase();
  const api: Api = await openApi(
    {
      registerMore: async (app) => {
        const pages = await openWebPages(app);
        checkInPage(app, pages);
        deskPages(app, pages);
        phonePages(app, pages);
        const open311 = {
          ...api.deps,
          jurisdiction: "example.invalid",
          publicUrl: "http://here",
          naming: "fourPlatforms" as const,
        };
        await app.register(async (open) => open311Routes(open, open311), { prefix: "/open311" });
        await sandboxRoutes(app, {
          db: database,
          clock: await openProductClock(database),
          pictures: sandboxPictures(mkdtempSync(join(tmpdir(), "yihu-sandbox-"))),
          store: api.deps.store,
          settle: async () => {},
          pages,
          adminToken: ADMIN_TOKEN,
          isLoopback: false,
        });
      },
      ...changes,
    },
    database,
  );
  const routes: string[] = [];
  api.app.addHook("onRoute", ({ method, url }) => {
    for (const one of [method].flat()) if (one !== "HEAD") routes.push(`${one} ${url}`);
  });
  const base = await api.app.listen({ port: 0, host: "127.0.0.1" });
  return {
    api,
    base,
    routes,
    async close() {
      api.app.server.closeAllConnections();
      await api.close();
      await database.close();
    },
  };
}
