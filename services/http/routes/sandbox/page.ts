import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { WebPages } from "../../web-pages.ts";
import { admitPage, mayEnter, type SandboxAccess } from "./access.ts";

/** Fills no address bar: the form sends the token once and is answered with a cookie and a clean address. */
const LOCKED = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"><title>一呼 · 沙盒</title></head><body><main><h1>一呼 · 沙盒</h1>
<p>从别的机器打开沙盒,需要启动时打印的管理令牌(ADMIN_TOKEN)。</p>
<form action="/sandbox" method="get"><label>管理令牌 <input name="token" type="password" autocomplete="off" required></label>
<button>进入</button></form></main></body></html>`;

export function pageRoute(plain: FastifyInstance, access: SandboxAccess, pages: WebPages): void {
  plain
    .withTypeProvider<ZodTypeProvider>()
    .get(
      "/sandbox",
      { schema: { hide: true, querystring: z.object({ token: z.string().max(500).optional() }) } },
      (request, reply) => {
        const { token } = request.query;
        if (token !== undefined && admitPage(request, reply, access, token)) {
          return reply.redirect("/sandbox", 303);
        }
        return mayEnter(request, access)
          ? pages.send(reply, "sandbox")
          : pages.sendHtml(reply.code(401), LOCKED);
      },
    );
}
