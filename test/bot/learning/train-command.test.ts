import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runScript } from "../../support/command.ts";
import { asLines, labelledTexts } from "../../support/labelled-texts.ts";

const folder = mkdtempSync(join(tmpdir(), "yihu-train-"));
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const train = (args: string[]) => runScript("bot/learning/train-command.ts", args);
const evaluate = (args: string[]) => runScript("bench/eval.ts", args);

describe("training from a file, and scoring", { timeout: 60_000 }, () => {
  const letters = file("letters.jsonl", asLines(labelledTexts(90, 1)));
  const model = join(folder, "models", "first");

  it("makes a model and one JSON report, and scores other letters", async () => {
    const trained = await train([letters, "--out", model]);
    expect(trained.code).toBe(0);
    expect(JSON.parse(trained.stdout)).toMatchObject({ n: 90, macroF1: expect.any(Number) });
    expect(trained.stderr).toContain("90 texts, 3 labels");

    const cases = file("cases.jsonl", asLines(labelledTexts(30, 2)));
    const scored = await evaluate(["--model", model, "--cases", cases]);
    expect(scored).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(scored.stdout)).toEqual({
      n: 30,
      macroF1: 1,
      accuracy: 1,
      perLabel: {
        灯: { precision: 1, recall: 1, f1: 1, n: 10 },
        水: { precision: 1, recall: 1, f1: 1, n: 10 },
        吵: { precision: 1, recall: 1, f1: 1, n: 10 },
      },
      seconds: expect.any(Number),
    });
  });

  it("makes the same model from the same lines, given as text or as lists of words", async () => {
    const lists = labelledTexts(90, 1).map(({ text, label }) => ({ text: text.split(" "), label }));
    await train([file("lists.jsonl", asLines(lists)), "--out", join(folder, "again")]);
    expect(readFileSync(join(folder, "again"), "utf8")).toBe(readFileSync(model, "utf8"));
  });

  it.each([
    ["a line that is no JSON", "路灯不亮", "no {"],
    ["a line without a label", '{"text":"路灯不亮"}', "no {"],
    ["a line without a text", '{"label":"灯"}', "no {"],
  ])("names %s and writes no model", async (_what, line, told) => {
    const bad = file("bad.jsonl", `${asLines(labelledTexts(3, 1))}${line}\n`);
    const out = join(folder, "none");
    const { code, stdout, stderr } = await train([bad, "--out", out]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`bad.jsonl, line 4: this is ${told}`);
    expect(existsSync(out)).toBe(false);
    expect(await evaluate(["--model", model, "--cases", bad])).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringContaining("line 4"),
    });
  });

  it("says what to do when there is nothing to tell apart, no file, or no model", async () => {
    const single = file("single.jsonl", asLines([{ text: "路灯不亮", label: "灯" }]));
    const one = await train([single, "--out", join(folder, "none")]);
    expect(one).toMatchObject({ code: 1, stderr: expect.stringContaining("two labels") });
    const lost = await train([join(folder, "lost.jsonl"), "--out", join(folder, "none")]);
    expect(lost).toMatchObject({ code: 1, stderr: expect.stringContaining("Check the path.") });
    const untrained = await evaluate(["--model", letters, "--cases", letters]);
    expect(untrained).toMatchObject({ code: 1, stderr: expect.stringContaining("npm run train") });
  });
});
