import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runScript } from "../support/command.ts";
import { asLines } from "../support/labelled-texts.ts";
import { binEvents, towerEvents } from "../support/settled-texts.ts";

it("prints what learning from half of the cases adds on the other half", async () => {
  const cases = join(mkdtempSync(join(tmpdir(), "yihu-half-")), "cases.jsonl");
  const told = [...binEvents(30), ...towerEvents(30)];
  writeFileSync(cases, asLines(told.map(({ text, label }) => ({ text, category: label }))));
  const { code, stdout } = await runScript("bench/eval.ts", ["--cases", cases, "--learn-half"]);
  expect(code).toBe(0);
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ n: 60, cold: { n: 60 }, learned: { n: 60 } });
  expect(report.learned.top1).toBeGreaterThan(report.cold.top1 + 0.2);
  expect(report.gain.top1).toBeCloseTo(report.learned.top1 - report.cold.top1, 3);
});
