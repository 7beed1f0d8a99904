import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSpokenTime, readSpokenTimes } from "../../../services/domain/spoken-time.ts";
import { isoLocal } from "../../../services/domain/time.ts";

/** A Sunday afternoon. */
const SUNDAY = new Date("2026-11-22T15:00:00+08:00");
/** A Wednesday morning. */
const WEDNESDAY = new Date("2026-11-25T07:00:00+08:00");

const minute = (at: Date) => isoLocal(at).slice(0, 16);

describe("a time that people say", () => {
  it.each([
    ["明晚8点", "2026-11-23T20:00", true],
    ["明天晚上八点半", "2026-11-23T20:30", true],
    ["今晚7:30", "2026-11-22T19:30", true],
    ["后天上午9点", "2026-11-24T09:00", true],
    ["11月23日19:40", "2026-11-23T19:40", true],
    ["11月23日(周一)19时40分", "2026-11-23T19:40", true],
    ["2026年12月1日下午3点一刻", "2026-12-01T15:15", true],
    ["2026-12-01 09:30", "2026-12-01T09:30", true],
    ["11.23 19:40", "2026-11-23T19:40", true],
    ["23日19:40", "2026-11-23T19:40", true],
    ["23号晚上7点", "2026-11-23T19:00", true],
    ["十一月二十三日晚七点四十", "2026-11-23T19:40", true],
    ["本周五下午3点", "2026-11-20T15:00", true],
    ["下周一上午九点半", "2026-11-23T09:30", true],
    ["下下周三14:00", "2026-12-02T14:00", true],
    ["下午两点", "2026-11-23T14:00", true],
    ["20:00", "2026-11-22T20:00", true],
    ["半小时后", "2026-11-22T15:30", true],
    ["2小时后", "2026-11-22T17:00", true],
    ["一个半小时后", "2026-11-22T16:30", true],
    ["1小时20分钟内", "2026-11-22T16:20", true],
    ["再过一刻钟", "2026-11-22T15:15", true],
    ["马上", "2026-11-22T15:00", true],
    ["立即", "2026-11-22T15:00", true],
    ["中午12点", "2026-11-23T12:00", true],
    ["明天中午1点", "2026-11-23T13:00", true],
    ["凌晨2点", "2026-11-23T02:00", true],
    ["今晚12点", "2026-11-23T00:00", true],
    ["明晚1点", "2026-11-24T01:00", true],
    ["三天后上午10点", "2026-11-25T10:00", true],
    ["大后天早上8点", "2026-11-25T08:00", true],
    ["明晚8点到10点", "2026-11-23T20:00", true],
    ["明天12点前", "2026-11-23T12:00", true],
    ["後天上午９點", "2026-11-24T09:00", true],
    ["２３日１９：４０", "2026-11-23T19:40", true],
    ["下週一上午十點鐘", "2026-11-23T10:00", true],
    ["明天下午", "2026-11-23T14:00", false],
    ["明天", "2026-11-23T09:00", false],
    ["12月1日", "2026-12-01T09:00", false],
    ["下周", "2026-11-23T09:00", false],
    ["昨天晚上", "2026-11-21T19:00", false],
    ["上周五", "2026-11-13T09:00", false],
  ])("%s is %s", (text, at, exact) => {
    const time = readSpokenTime(text, SUNDAY);
    expect(time === null ? null : minute(time.at)).toBe(at);
    expect(time?.exact).toBe(exact);
    expect(time?.start).toBe(0);
    expect(time?.end).toBe(text.length);
  });

  it.each([
    ["8点", SUNDAY, "2026-11-22T20:00"],
    ["8点", WEDNESDAY, "2026-11-25T08:00"],
    ["3点", WEDNESDAY, "2026-11-25T15:00"],
    ["明天3点", WEDNESDAY, "2026-11-26T15:00"],
    ["08:00", SUNDAY, "2026-11-23T08:00"],
    ["周五上午9点", WEDNESDAY, "2026-11-27T09:00"],
    ["周一上午9点", WEDNESDAY, "2026-11-30T09:00"],
    ["3日9:00", WEDNESDAY, "2026-12-03T09:00"],
    ["23日9:00", WEDNESDAY, "2026-11-23T09:00"],
    ["1月5日上午9点", WEDNESDAY, "2027-01-05T09:00"],
  ])("leaves 「%s」 no doubt that the next one is meant", (text, now, at) => {
    expect(minute(readSpokenTime(text, now)?.at ?? new Date(0))).toBe(at);
  });

  it.each([
    ["8点", "2026-11-22T08:00"],
    ["周五晚上9点", "2026-11-20T21:00"],
    ["昨晚11点", "2026-11-21T23:00"],
    ["25号晚上8点", "2026-10-25T20:00"],
    ["两小时前", "2026-11-22T13:00"],
  ])("looks back for 「%s」 where something has happened", (text, at) => {
    expect(minute(readSpokenTime(text, SUNDAY, "back")?.at ?? new Date(0))).toBe(at);
  });

  it.each([
    "桥头路18号",
    "3号楼2单元",
    "有三点建议",
    "请快一点",
    "堵车晚20分钟",
    "第3点",
    "来了5个人",
    "比分2:1",
    "差点掉进去",
    "5个工作日",
    "早就报过了",
    "2月30日",
  ])("hears none in 「%s」", (text) => {
    expect(readSpokenTimes(text, SUNDAY)).toEqual([]);
  });

  it("finds every time of a sentence with the words it stands in", () => {
    const text = "昨晚9点又占道,要综合执法明晚8点集中,后天上午复查";
    const times = readSpokenTimes(text, SUNDAY);
    expect(times.map(({ start, end }) => text.slice(start, end))).toEqual([
      "昨晚9点",
      "明晚8点",
      "后天上午",
    ]);
  });

  it("never throws and quotes what was written", () => {
    const words =
      "今明后昨晚天早上下午周一三五日月年点半时分刻:0123456789 后前个小内马立即到-./".split("");
    const said = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((all) => all.join(""));
    fc.assert(
      fc.property(fc.oneof(said, fc.string({ unit: "binary", maxLength: 200 })), (text) => {
        let done = 0;
        for (const { at, start, end } of readSpokenTimes(text, SUNDAY)) {
          expect(Number.isNaN(at.getTime())).toBe(false);
          expect(start).toBeGreaterThanOrEqual(done);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          done = end;
        }
      }),
      { numRuns: 500 },
    );
  });
});
