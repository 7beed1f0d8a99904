import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { buildPages, builtPagesFolder } from "../../web/build-pages.ts";

/** Built pages. Sending one sets the headers that keep foreign scripts, frames and referrers out. */
export interface WebPages {
  /** @param page - name of its folder in web/, such as `sandbox` */
  send(reply: FastifyReply, page: string): Promise<FastifyReply>;
  /** a script under a name of its own, such as a service worker: browsers ask for it each time */
  sendScript(reply: FastifyReply, name: string): Promise<FastifyReply>;
  /** addresses of all that a page may load, also later */
  filesOf(page: string): Promise<string[]>;
  /** a page without scripts that is not built */
  sendHtml(reply: FastifyReply, html: string): FastifyReply;
}

/** @param imageHosts - from where pages may also show pictures, such as the tiles of a map */
const policyWith = (imageHosts: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    ["img-src 'self' data: blob:", ...imageHosts].join(" "),
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");

/**
 * Builds the pages where that has not been done for these sources (about 2 s), and serves their files
 * under `/web/`. File names carry a hash of their content, so browsers may keep them for ever.
 */
export async function openWebPages(
  app: FastifyInstance,
  imageHosts: readonly string[] = [],
): Promise<WebPages> {
  const policy = policyWith(imageHosts);
  const folder = builtPagesFolder();
  if (!existsSync(folder)) await build(folder);
  await app.register(fastifyStatic, {
    root: join(folder, "assets"),
    prefix: "/web/assets/",
    decorateReply: false,
    immutable: true,
    maxAge: "1y",
    index: false,
    setHeaders: (response) => response.header("x-content-type-options", "nosniff"),
  });
  const html = new Map<string, string>();
  const sendHtml = (reply: FastifyReply, text: string) =>
    reply
      .type("text/html; charset=utf-8")
      .header("content-security-policy", policy)
      .header("referrer-policy", "no-referrer")
      .header("x-content-type-options", "nosniff")
      .header("cache-control", "no-cache")
      .send(text);
  const whole = async (name: string) => {
    const text = html.get(name) ?? (await readFile(join(folder, name), "utf8"));
    html.set(name, text);
    return text;
  };
  return {
    sendHtml,
    async sendScript(reply, name) {
      return reply
        .type("text/javascript; charset=utf-8")
        .header("content-security-policy", "default-src 'none'; connect-src 'self'")
        .header("x-content-type-options", "nosniff")
        .header("cache-control", "no-cache")
        .send(await whole(name));
    },
    async filesOf(page) {
      const manifest = JSON.parse(await whole(join(".vite", "manifest.json"))) as Manifest;
      return filesIn(manifest, `${page}/index.html`);
    },
    async send(reply, page) {
      return sendHtml(reply, await whole(join(page, "index.html")));
    },
  };
}

/** What the build says it made, by source. */
type Manifest = Record<
  string,
  { file: string; css?: string[]; assets?: string[]; imports?: string[]; dynamicImports?: string[] }
>;

function filesIn(manifest: Manifest, entry: string): string[] {
  const seen = new Set<string>();
  const files = new Set<string>();
  const visit = (name: string) => {
    const made = manifest[name];
    if (made === undefined || seen.has(name)) return;
    seen.add(name);
    for (const file of [made.file, ...(made.css ?? []), ...(made.assets ?? [])]) {
      if (!file.endsWith(".html")) files.add(`/web/${file}`);
    }
    for (const next of [...(made.imports ?? []), ...(made.dynamicImports ?? [])]) visit(next);
  };
  visit(entry);
  return [...files];
}

async function build(folder: string): Promise<void> {
  try {
    await buildPages(folder);
  } catch (cause) {
    throw new Error(
      "The web pages could not be built. Build them where web/dist can be written, with `npm run web:build`.",
      { cause },
    );
  }
}
