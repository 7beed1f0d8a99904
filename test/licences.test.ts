import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runCommand } from "./support/product.ts";

const licences = (folder: string) => runCommand(".ci/licences.mjs", [folder], {});

/** A project that has installed packages under these licences. */
function project(packages: Record<string, object>): string {
  const folder = mkdtempSync(join(tmpdir(), "yihu-licences-"));
  const lock: Record<string, object> = { "": {}, "node_modules/elsewhere": {} };
  for (const [name, told] of Object.entries(packages)) {
    lock[`node_modules/${name}`] = name.startsWith("dev-") ? { dev: true } : {};
    mkdirSync(join(folder, "node_modules", name), { recursive: true });
    const file = join(folder, "node_modules", name, "package.json");
    writeFileSync(file, JSON.stringify({ name, version: "1.0.0", ...told }));
  }
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ packages: lock }));
  return folder;
}

it("everything that the product runs with is under a licence on the list", async () => {
  const { code, stdout, stderr } = await licences(".");
  expect(stderr).toBe("");
  expect(stdout).toMatch(/\d{3} {2}MIT/);
  expect(code).toBe(0);
});

it("another licence, or none, is named and fails; tools of development may have any", async () => {
  const { code, stderr } = await licences(
    project({
      good: { license: "MIT" },
      either: { license: "(GPL-3.0-only OR MIT)" },
      old: { licenses: [{ type: "BSD-3-Clause" }] },
      both: { license: "MIT AND AGPL-3.0-only" },
      strict: { license: "GPL-3.0-only" },
      silent: {},
      "dev-tool": { license: "GPL-3.0-only" },
    }),
  );
  expect(code).toBe(1);
  expect(stderr.match(/^ {2}.*$/gm)).toEqual([
    "  both@1.0.0: MIT AND AGPL-3.0-only",
    "  strict@1.0.0: GPL-3.0-only",
    "  silent@1.0.0: none named",
  ]);
});
