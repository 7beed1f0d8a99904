import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { evaluateTimes } from "../../bench/eval/score-times.ts";

const fileWith = (text: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), "yihu-times-")), "times");
  writeFileSync(file, text);
  return file;
};

const entry = (input: string, type: string, value: object, more: object = {}) => ({
  Input: input,
  Context: { ReferenceDateTime: "2026-11-25T10:00:00" },
  Results: [
    {
      Text: input,
      TypeName: `datetimeV2.${type}`,
      Resolution: { values: [value] },
      Start: 0,
      End: input.length - 1,
    },
  ],
  ...more,
});

it("counts past times, lengths and repetitions of a Recognizers file, and says what was read wrongly", () => {
  const report = evaluateTimes(
    fileWith(
      JSON.stringify([
        entry("昨天", "date", { value: "2026-11-24" }),
        entry("前天", "date", { value: "2026-11-01" }),
        entry("明天", "date", { value: "2026-11-26" }),
        entry("三个月", "duration", { value: "7776000" }),
        entry("每周", "set", { timex: "P1W", value: "not resolved" }),
        entry("去年", "date", { value: "2025-01-01" }, { NotSupported: "javascript" }),
      ]),
    ),
  );
  expect(report).toMatchObject({ all: 5, n: 4, right: 3 });
  expect(report.wrong.map(({ text }) => text)).toEqual(["前天"]);
});

it("counts those of a JioNLP file", () => {
  const line = (text: string, type: string, time: unknown) =>
    JSON.stringify({
      text,
      time_base: [2026, 11, 25, 10],
      expect: { type, definition: "accurate", time },
    });
  const report = evaluateTimes(
    fileWith(
      [
        line("昨天", "time_point", ["2026-11-24 00:00:00", "2026-11-24 23:59:59"]),
        line("明天", "time_point", ["2026-11-26 00:00:00", "2026-11-26 23:59:59"]),
        line("两年半", "time_delta", { year: 2.5 }),
        line("每天", "time_period", { delta: { day: 1 }, point: null }),
      ].join("\n"),
    ),
  );
  expect(report).toMatchObject({ all: 4, n: 3, right: 3, share: 1 });
});

it("refuses a bad line with its number and what to give", () => {
  expect(() => evaluateTimes(fileWith('{"text": 1}\n'))).toThrow(/:1 text/);
  expect(() => evaluateTimes(fileWith("nonsense\n"))).toThrow(/:1 is no JSON/);
});
