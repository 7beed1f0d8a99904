import { describe, expect, it } from "vitest";
import { readDispatch } from "../../../../bot/understanding/calls/dispatch.ts";
import { minute, NOW } from "./now.ts";

type Told = [
  note: string,
  departments: Record<string, number | null>,
  at: string | null,
  place: string | null,
  more?: { replaces?: string[]; rest?: string },
];

const TOLD: Told[] = [
  [
    "综合执法2人 市场监管2人 公安1人 11月23日19:40到和平路建设街口 联系清河街道陈科",
    { 综合执法: 2, 市场监管: 2, 公安: 1 },
    "2026-11-23T19:40",
    "和平路建设街口",
    { rest: "联系清河街道陈科" },
  ],
  [
    "综合执法2人 市场监管2人 11月23日19:40 和平路建设街口",
    { 综合执法: 2, 市场监管: 2 },
    "2026-11-23T19:40",
    "和平路建设街口",
  ],
  [
    "执法2人市监2人公安1人23日19:40和平路建设街口",
    { 执法: 2, 市监: 2, 公安: 1 },
    "2026-11-23T19:40",
    "和平路建设街口",
  ],
  [
    "综合执法、市监各2人 明晚8点 和平路 建设街口",
    { 综合执法: 2, 市监: 2 },
    "2026-11-23T20:00",
    "和平路 建设街口",
  ],
  [
    "综合执法两名,市监三位,公安1人,明天上午9点在翠湖苑3幢集合",
    { 综合执法: 2, 市监: 3, 公安: 1 },
    "2026-11-23T09:00",
    "翠湖苑3幢",
  ],
  [
    "綜合執法２人 消防３人 明晚８點 翠湖苑南門",
    { 综合执法: 2, 消防: 3 },
    "2026-11-23T20:00",
    "翠湖苑南门",
  ],
  [
    "派综合执法3人、住建2人,今晚7:30到东风工业园南门报到,联系人王科长",
    { 综合执法: 3, 住建: 2 },
    "2026-11-22T19:30",
    "东风工业园南门",
    { rest: "联系人王科长" },
  ],
  [
    "综合执法 市监 公安 明晚8点 和平路",
    { 综合执法: null, 市监: null, 公安: null },
    "2026-11-23T20:00",
    "和平路",
  ],
  ["综合执法中队2人 清河派出所1人", { 综合执法中队: 2, 清河派出所: 1 }, null, null],
  ["生态环境2人", { 生态环境: 2 }, null, null],
  ["生态环境2人 代替公安", { 生态环境: 2 }, null, null, { replaces: ["公安"] }],
  ["把公安换成生态环境2人", { 生态环境: 2 }, null, null, { replaces: ["公安"] }],
  ["公安改为生态环境两人", { 生态环境: 2 }, null, null, { replaces: ["公安"] }],
  ["生态环境2人 顶替公安、水务", { 生态环境: 2 }, null, null, { replaces: ["公安", "水务"] }],
  ["不要公安 增派水务1人", { 水务: 1 }, null, null, { replaces: ["公安"] }],
  [
    "消防 应急 住建 马上到东风工业园",
    { 消防: null, 应急: null, 住建: null },
    "2026-11-22T15:00",
    "东风工业园",
  ],
];

describe("the dispatch of a call", () => {
  it.each(TOLD)("reads 「%s」", (note, departments, at, place, more) => {
    const read = readDispatch(note, NOW);
    expect(
      Object.fromEntries(read.departments.map(({ name, headcount }) => [name, headcount])),
    ).toEqual(departments);
    expect(minute(read.reportAt)).toBe(at);
    expect(read.placeRaw).toBe(place);
    expect(read.replaces).toEqual(more?.replaces ?? []);
    expect(read.rest).toBe(more?.rest ?? "");
  });
});
