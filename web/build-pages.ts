import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { readdir, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const WEB = dirname(fileURLToPath(import.meta.url));
const DIST = join(WEB, "dist");
const LIBRARIES = [
  "vue",
  "vue-router",
  "echarts",
  "leaflet",
  "element-plus",
  "vant",
  "dingtalk-jsapi",
];
/** The pages use its names and rules, so they are another build when it changes. */
const DOMAIN = join(WEB, "..", "services", "domain");

/**
 * Where the pages lie once they are built from the sources as they are: a folder below web/dist that
 * bears the hash of the sources. Change a source, and it is another folder; nothing is ever stale.
 */
export function builtPagesFolder(): string {
  const hash = createHash("sha256");
  for (const library of LIBRARIES) {
    const { version } = createRequire(import.meta.url)(`${library}/package.json`) as {
      version: string;
    };
    hash.update(`${library} ${version}\0`);
  }
  for (const file of [...sourceFiles(WEB), ...sourceFiles(DOMAIN)]) {
    hash
      .update(`${relative(WEB, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  return join(DIST, hash.digest("hex").slice(0, 16));
}

const sourceFiles = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !["dist", "node_modules"].includes(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? sourceFiles(path) : [path];
    })
    .sort();

/** Builds beside the goal and moves the result there, so that two processes at once do no harm. */
export async function buildPages(folder: string): Promise<void> {
  const [{ build }, { default: config }] = await Promise.all([
    import("vite"),
    import("./vite.config.ts"),
  ]);
  const unfinished = join(DIST, `.${randomUUID()}`);
  await build({
    ...config,
    configFile: false,
    logLevel: "error",
    build: { ...config.build, outDir: unfinished },
  });
  try {
    await rename(unfinished, folder);
  } catch {
    // Another process was faster; its pages are the same.
    await rm(unfinished, { recursive: true });
  }
  await forgetOldPages(folder);
}

/** Another instance may still serve what was built a moment ago, but nobody what is a day old. */
const OLD_MS = 86_400_000;

async function forgetOldPages(current: string): Promise<void> {
  for (const name of await readdir(DIST)) {
    const folder = join(DIST, name);
    if (folder === current) continue;
    const built = await stat(folder).catch(() => null);
    if (built !== null && Date.now() - built.mtimeMs > OLD_MS) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
