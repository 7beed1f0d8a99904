import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, it } from "vitest";
import { buildPages, builtPagesFolder } from "../../../web/build-pages.ts";

type Manifest = Record<string, { file: string; imports?: string[]; dynamicImports?: string[] }>;

const MOST_KB = 300;
const folder = builtPagesFolder();
let manifest: Manifest;

beforeAll(async () => {
  if (!existsSync(folder)) await buildPages(folder);
  manifest = JSON.parse(readFileSync(join(folder, ".vite", "manifest.json"), "utf8"));
});

/** What a browser fetches before anything is shown, by what leads to what. */
function scriptsOf(entry: string, seen = new Set<string>()): Set<string> {
  const made = manifest[entry];
  if (made === undefined || seen.has(made.file)) return seen;
  seen.add(made.file);
  for (const next of made.imports ?? []) scriptsOf(next, seen);
  return seen;
}

const gzipped = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0) /
  1024;

it("starts with little script, and each page adds little", () => {
  const first = scriptsOf("phone/index.html");
  const kb = gzipped(first);
  const pages = (manifest["phone/index.html"]?.dynamicImports ?? []).map((page) => {
    const more = [...scriptsOf(page)].filter((file) => !first.has(file));
    return `${page.split("/").at(-1)} +${gzipped(more).toFixed(1)}`;
  });
  console.log(`phone pages: ${kb.toFixed(1)} kB of script (gzip) at first; ${pages.join(", ")}`);
  expect(kb).toBeGreaterThan(10);
  expect(kb).toBeLessThan(MOST_KB);
  expect(pages.length).toBeGreaterThan(5);
});

it("keeps the worker tiny and free of imports", () => {
  const worker = readFileSync(join(folder, "phone-worker.js"), "utf8");
  expect(worker.length).toBeLessThan(3000);
  expect(worker).not.toMatch(/\bimport\b/);
});
