import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAmend } from "../../../../bot/understanding/calls/amend.ts";
import { readCallDraft } from "../../../../bot/understanding/calls/call-draft.ts";
import { readDeptAndReason } from "../../../../bot/understanding/calls/department-and-reason.ts";
import { readDispatch } from "../../../../bot/understanding/calls/dispatch.ts";
import { readEta } from "../../../../bot/understanding/calls/eta.ts";
import { readFault } from "../../../../bot/understanding/calls/fault.ts";
import { readFollowUp } from "../../../../bot/understanding/calls/follow-up.ts";
import { readRespond } from "../../../../bot/understanding/calls/respond.ts";
import { readScores } from "../../../../bot/understanding/calls/scores.ts";
import { cpuMs } from "../../../support/cpu-time.ts";
import { NOW } from "./now.ts";

const at = (iso: string) => new Date(`${iso}:00+08:00`);
const nothing = { addDepts: [], dropDepts: [] };

describe("a changed draft", () => {
  it.each([
    ["时间改为明晚9点", { ...nothing, reportAt: at("2026-11-23T21:00") }],
    ["改到明晚9点", { ...nothing, reportAt: at("2026-11-23T21:00") }],
    ["地点改为翠湖苑3幢", { ...nothing, placeRaw: "翠湖苑3幢" }],
    ["改到东风工业园南门", { ...nothing, placeRaw: "东风工业园南门" }],
    ["加上水务", { ...nothing, addDepts: ["水务"] }],
    ["去掉公安,再加水務、消防", { addDepts: ["水务", "消防"], dropDepts: ["公安"] }],
    ["把公安换成生态环境", { addDepts: ["生态环境"], dropDepts: ["公安"] }],
    ["部门改为综合执法 市监", { ...nothing, deptNames: ["综合执法", "市监"] }],
    ["事由改为和平路夜市占道油烟", { ...nothing, cause: "和平路夜市占道油烟" }],
    [
      "时间改为明晚9点,地点改到东风工业园,加上水务",
      {
        placeRaw: "东风工业园",
        reportAt: at("2026-11-23T21:00"),
        addDepts: ["水务"],
        dropDepts: [],
      },
    ],
    ["尽快处理", nothing],
  ])("reads 「%s」", (note, changes) => {
    expect(readAmend(note, NOW)).toEqual(changes);
  });
});

describe("any note at all", () => {
  const words =
    "综合执法 市监 公安 2人 各3人 明晚8点 到 滨河路 集中 换成 代替 95 分 给 晚20分钟 ， 。 ( ) 事由: 地点: 部门: 时间: 加上 不响应 迟到 满意 請 執 ９".split(
      " ",
    );
  const said = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((all) => all.join(""));

  it("is read without a throw", () => {
    fc.assert(
      fc.property(fc.oneof(said, fc.string({ unit: "binary", maxLength: 300 })), (note) => {
        readAmend(note, NOW);
        readCallDraft(note, NOW);
        readDispatch(note, NOW);
        readDeptAndReason(note);
        readEta(note);
        readFault(note);
        readFollowUp(note);
        readRespond(note);
        const { scores } = readScores(note);
        for (const { score } of scores) expect(score).toBeLessThanOrEqual(100);
      }),
      { numRuns: 300 },
    );
  });

  it("is read quickly however long it is", () => {
    const long = "要综合执法、市场监管、公安明晚8点到滨河路集中".repeat(80);
    const read = () => {
      readCallDraft(long, NOW);
      readDispatch(long, NOW);
      readScores(long);
      readAmend(long, NOW);
    };
    read();
    expect(Math.min(cpuMs(read), cpuMs(read))).toBeLessThan(200);
  });
});
