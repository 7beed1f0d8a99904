import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  readOccurrence,
  rereadOccurrence,
} from "../../../../services/domain/occurrence/occurrence.ts";
import { isoLocal } from "../../../../services/domain/time.ts";

/** A Wednesday. */
const NOW = new Date("2026-11-25T10:00:00+08:00");

const span = (text: string): string | null => {
  const read = readOccurrence(text, NOW);
  if (read === null) return null;
  const moment = (at: Date | null) => (at === null ? "…" : isoLocal(at).slice(0, 16));
  return `${moment(read.from)} – ${moment(read.to)}`;
};

describe("when it happened", () => {
  it.each([
    ["昨天晚上楼下烧烤店吵得睡不着", "2026-11-24T18:00 – 2026-11-25T00:00"],
    ["前天下午三点多有人打架", "2026-11-23T15:00 – 2026-11-23T15:01"],
    ["今早8点水管爆了", "2026-11-25T08:00 – 2026-11-25T08:01"],
    ["昨夜1点还在放音乐", "2026-11-25T01:00 – 2026-11-25T01:01"],
    ["上周五车库进水", "2026-11-20T00:00 – 2026-11-21T00:00"],
    ["上周投诉过没有用", "2026-11-16T00:00 – 2026-11-23T00:00"],
    ["上个月15号说来修", "2026-10-15T00:00 – 2026-10-16T00:00"],
    ["6月份才修的路又坏了", "2026-06-01T00:00 – 2026-07-01T00:00"],
    ["12月3日停过一次电", "2025-12-03T00:00 – 2025-12-04T00:00"],
    ["去年国庆装的灯", "2025-10-01T00:00 – 2025-10-02T00:00"],
    ["除夕夜有人放鞭炮", "2026-02-16T00:00 – 2026-02-17T00:00"],
    ["19年底交的房", "2019-11-01T00:00 – 2020-01-01T00:00"],
    ["半个月前报过", "2026-11-10T00:00 – 2026-11-11T00:00"],
    ["两小时前开始冒烟", "2026-11-25T08:00 – 2026-11-25T08:01"],
    ["11月20日到22日停水", "2026-11-20T00:00 – 2026-11-23T00:00"],
    ["昨天中午12点到下午2点停电", "2026-11-24T12:00 – 2026-11-24T14:01"],
  ])("%s", (text, expected) => {
    expect(span(text)).toBe(expected);
  });
});

describe("since when, and how long it has lasted", () => {
  it.each([
    ["从去年开始就漏水", "2025-01-01T00:00 – 2026-11-25T10:00", null],
    ["上周五开始没人收垃圾", "2026-11-20T00:00 – 2026-11-25T10:00", null],
    ["路灯坏了三个月了", "2026-08-25T00:00 – 2026-11-25T10:00", { months: 3, minutes: 0 }],
    ["停水两天了", "2026-11-23T10:00 – 2026-11-25T10:00", { months: 0, minutes: 2880 }],
    ["垃圾三天没人倒", "2026-11-22T10:00 – 2026-11-25T10:00", { months: 0, minutes: 4320 }],
    ["已经一个半小时了", "2026-11-25T08:30 – 2026-11-25T10:00", { months: 0, minutes: 90 }],
    ["近三个月一直臭", "2026-08-25T00:00 – 2026-11-25T10:00", { months: 3, minutes: 0 }],
  ])("%s", (text, expected, duration) => {
    expect(span(text)).toBe(expected);
    expect(readOccurrence(text, NOW)?.duration ?? null).toEqual(duration);
  });
});

describe("how often it comes", () => {
  it.each([
    ["每天凌晨工地施工", { unit: "day", count: 1, weekday: null, part: "night" }],
    ["天天晚上放音乐", { unit: "day", count: 1, weekday: null, part: "evening" }],
    ["一到晚上就吵", { unit: "day", count: 1, weekday: null, part: "evening" }],
    ["每周一堵车", { unit: "week", count: 1, weekday: 1, part: null }],
    ["每隔3天停一次水", { unit: "day", count: 3, weekday: null, part: null }],
  ])("%s", (text, recurring) => {
    expect(readOccurrence(text, NOW)?.recurring).toEqual(recurring);
  });

  it("beside since when: both are kept, in the words they were said in", () => {
    const read = readOccurrence("上周五开始,每天凌晨都在施工", NOW);
    expect(read?.text).toBe("上周五开始 每天凌晨");
    expect(read?.recurring?.unit).toBe("day");
    expect(isoLocal(read?.from ?? NOW)).toBe("2026-11-20T00:00:00+08:00");
  });
});

it.each([
  "3幢2单元501室漏水",
  "12-3号门口",
  "我85岁了,腿脚不好",
  "请3天内处理",
  "五一路和国庆新村路口",
  "态度十分恶劣",
  "30年的老房子",
  "一号楼电梯坏了",
  "有一个人摔倒了",
])("%s tells no time", (text) => {
  expect(readOccurrence(text, NOW)).toBeNull();
});

it("the kept words mean the same when they are read again", () => {
  for (const text of [
    "垃圾三天没人倒",
    "昨天晚上停电",
    "上周五开始,每天凌晨施工",
    "坏了三个月了",
  ]) {
    const read = readOccurrence(text, NOW);
    expect(rereadOccurrence(read?.text ?? "", NOW)).toEqual(read);
  }
});

it("reads anything without fault, and never past the text", () => {
  const piece = fc.constantFrom(
    "年",
    "月",
    "日",
    "号",
    "三",
    "12",
    "上",
    "个",
    "前",
    "到",
    "-",
    "周",
    "半",
    "每",
    "正月",
    "世纪",
    "闰",
    "点",
    "多",
    "/",
    " ",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const read = readOccurrence(pieces.join(""), NOW);
      for (const at of [read?.from, read?.to]) {
        if (at != null) expect(Number.isNaN(at.getTime())).toBe(false);
      }
    }),
    { numRuns: 2000 },
  );
});
