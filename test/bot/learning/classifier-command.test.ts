import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../../db/client.ts";
import { migrate } from "../../../db/migrate.ts";
import { loadSampleDistrict } from "../../../db/registry/sample-district.ts";
import { runScript } from "../../support/command.ts";
import { insertPlainEvent } from "../../support/duties.ts";
import { binEvents, towerEvents } from "../../support/settled-texts.ts";

const DATA_DIR = mkdtempSync(join(tmpdir(), "yihu-classifier-"));
const train = (...args: string[]) => runScript("bot/learning/train-command.ts", args, { DATA_DIR });
const classifier = (...args: string[]) =>
  runScript("bot/learning/classifier-command.ts", args, { DATA_DIR });

const onPostgres = process.env.TEST_ENGINE === "postgres";

describe.skipIf(onPostgres)("the commands on a district", { timeout: 120_000 }, () => {
  beforeAll(async () => {
    const url = `pglite:${DATA_DIR}`;
    const database = await openDatabase(url, "main");
    await migrate(database, url);
    await loadSampleDistrict(database, new Date());
    for (const { text, label } of [...binEvents(30), ...towerEvents(30)])
      await insertPlainEvent(database, { status: "closed", words: text, category: label });
    await database.close();
  });

  it("trains, lists, explains, switches on and off", async () => {
    expect((await classifier("list")).stdout).toContain("npm run train -- --district");
    expect(await classifier("use", "1")).toMatchObject({ code: 1 });

    const trained = await train("--district", "--out", join(DATA_DIR, "model"));
    expect(trained.code).toBe(0);
    expect(JSON.parse(trained.stdout)).toMatchObject({ n: 60, categories: 2, version: 1 });
    expect(trained.stderr).toContain("npm run classifier -- use 1");

    const explained = await classifier("explain", "楼顶有通信铁塔", "--version", "1");
    expect(explained.stdout).toMatch(/^planning\.facility {2}[01]\.\d+ {2}[铁塔通信]/);
    expect((await classifier("use", "1")).stdout).toContain("Back: npm run classifier -- off");
    expect((await classifier("list")).stdout).toMatch(/^\* 1 .* 60 events/);
    expect((await classifier("off")).stdout).toContain("lexicon alone");
    expect((await classifier("list")).stdout).toMatch(/^ {2}1 /);
  });

  it("says how it is called", async () => {
    expect(await classifier("dance")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Usage: npm run classifier"),
    });
    expect(await train("--district", "file.jsonl")).toMatchObject({ code: 1 });
  });
});
