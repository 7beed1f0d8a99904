import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runScript } from "../../support/command.ts";
import { anOrder, csvOf } from "../../support/hotline.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "yihu-hotline-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (script: string, ...args: string[]) =>
  runScript(`services/hotline/${script}-command.ts`, args, { DATA_DIR: folder });

it("orders go in by a file, what waits goes out by one, and bad rows are named", async () => {
  const file = join(folder, "a.csv");
  writeFileSync(file, csvOf([anOrder(), anOrder({ 工单编号: "B-100002", 工单状态: "飞" })]));
  const taken = await run("import", "12345", file);
  expect(taken).toMatchObject({
    code: 1,
    stdout: "1 new orders, 0 newer versions, 0 known already, 1 rows with problems.\n",
  });
  expect(taken.stderr).toContain(`${file}:3 工单状态: 没有「飞」的对照。`);
  const out = join(folder, "out.csv");
  expect(await run("export", "12345", "--out", out)).toMatchObject({ code: 0 });
  // Its event is made by the product, so nothing goes back yet.
  expect(readFileSync(out, "utf8").trim().split("\r\n")).toHaveLength(1);
});
