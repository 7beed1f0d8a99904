import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import type { UserConfig } from "vite";
import { builtPagesFolder } from "./build-pages.ts";

const WEB = dirname(fileURLToPath(import.meta.url));

const config = {
  root: WEB,
  base: "/web/",
  plugins: [vue()],
  // The same pages, whoever builds them: a test's are what people get.
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  build: {
    outDir: builtPagesFolder(),
    emptyOutDir: true,
    // DingTalk shows pages in the web view of whatever phone there is.
    target: ["chrome80", "safari14", "firefox78"],
    // A data: URL for a small file would want a wider content security policy.
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: {
        sandbox: join(WEB, "sandbox", "index.html"),
        login: join(WEB, "login", "index.html"),
        desk: join(WEB, "desk", "index.html"),
        "check-in": join(WEB, "check-in", "index.html"),
        phone: join(WEB, "phone", "index.html"),
        "phone-worker": join(WEB, "phone", "worker.ts"),
      },
      output: {
        // A service worker keeps its address: by it the browser knows a newer one.
        entryFileNames: ({ name }: { name: string }) =>
          name === "phone-worker" ? "phone-worker.js" : "assets/[name]-[hash].js",
      },
    },
  },
} satisfies UserConfig;

export default config;
