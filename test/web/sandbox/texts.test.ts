import { describe, expect, it } from "vitest";
import { lastNumberIn, segmentsOf } from "../../../web/sandbox/numbers.ts";
import { readingOf } from "../../../web/sandbox/reading.ts";
import { lastPart } from "../../../web/sandbox/short-names.ts";
import { initials } from "../../../web/sandbox/speakers.ts";
import {
  clockFace,
  needsTime,
  tomorrowMorning,
  whenLast,
  whenSaid,
} from "../../../web/sandbox/words-of-time.ts";

const at = (text: string) => Date.parse(`${text}+08:00`);

describe("what the sandbox page writes", () => {
  it("cuts a text at the numbers of events and tickets, and loses nothing", () => {
    const text = "已登记 SJ20261123-0001,与HJ20261123-001有关。SJ2026";
    const segments = segmentsOf(text);
    expect(segments.map((segment) => segment.kind)).toEqual([
      "text",
      "eventNo",
      "text",
      "ticketNo",
      "text",
    ]);
    expect(segments.map((segment) => segment.text).join("")).toBe(text);
    expect(segmentsOf("")).toEqual([]);
  });

  it("finds the last number of a kind", () => {
    expect(lastNumberIn("SJ20261123-0001 并入 SJ20261123-10002", "SJ")).toBe("SJ20261123-10002");
    expect(lastNumberIn("SJ20261123-0001", "HJ")).toBeNull();
  });

  it.each([
    ["2026-11-23T09:05:00", "09:05", "09:05"],
    ["2026-11-22T23:59:00", "昨天 23:59", "昨天"],
    ["2026-11-20T08:00:00", "11月20日 08:00", "11/20"],
    ["2025-12-31T08:00:00", "2025年12月31日 08:00", "12/31"],
  ])("says of %s when it was, in the time of the district", (then, inChat, inList) => {
    const now = at("2026-11-23T10:00:00");
    expect(whenSaid(at(then), now)).toBe(inChat);
    expect(whenLast(at(then), now)).toBe(inList);
  });

  it("shows the clock and the next morning in the time of the district", () => {
    expect(clockFace(at("2026-11-23T00:30:07"))).toEqual({
      date: "11月23日 周一",
      time: "00:30",
      seconds: "07",
    });
    expect(tomorrowMorning(at("2026-11-30T00:30:00"))).toBe("2026-12-01T09:00:00+08:00");
  });

  it("writes a time after a pause and on a new day", () => {
    const one = at("2026-11-23T23:58:00");
    expect(needsTime(one, null)).toBe(true);
    expect(needsTime(one + 60_000, one)).toBe(false);
    expect(needsTime(one + 180_000, one)).toBe(true);
    expect(needsTime(at("2026-11-23T10:05:00"), at("2026-11-23T10:00:00"))).toBe(true);
  });

  it.each([
    ["柳岸街道环卫所", "环卫所"],
    ["示例区综合行政执法局", "示例区综合行政执法局"],
    ["柳岸街道", "柳岸街道"],
    ["示例区住房和城乡建设局", "示例区住房和城乡建设局"],
    ["柳岸街道办事处", "柳岸街道办事处"],
  ])("shortens %s to %s", (name, short) => {
    expect(lastPart(name)).toBe(short);
  });

  it("stands two characters for a name", () => {
    expect([initials("李阿姨"), initials("老周"), initials("bob"), initials("𠮷野家")]).toEqual([
      "阿姨",
      "老周",
      "BO",
      "野家",
    ]);
  });

  it("shows a reading in the order what, where, how grave, and marks what needs a look", () => {
    const shown = readingOf({
      kind: "report",
      kindName: "报事",
      confidence: 0.554,
      by: "hybrid",
      eventNos: [],
      commandNames: [],
      injection: false,
      items: [
        {
          category: "a",
          categoryName: "路灯不亮",
          summary: null,
          place: null,
          level: 1,
          levelName: "一级(网格)",
          urgency: "urgent",
          urgencyName: "紧急",
          candidates: [
            { category: "a", categoryName: "路灯不亮", score: 0.5 },
            { category: "b", categoryName: "井盖松动", score: 0.2 },
          ],
        },
      ],
    });
    expect(shown).toMatchObject({ confidence: 55, sureness: "low", by: "规则+大模型" });
    expect(shown.items[0]?.facts).toEqual([
      { name: "类别", value: "路灯不亮" },
      { name: "地点", value: "没听出来", tone: "missing" },
      { name: "级别", value: "一级(网格)" },
      { name: "缓急", value: "紧急", tone: "urgent" },
    ]);
    expect(shown.items[0]?.others).toEqual(["井盖松动 20%"]);
  });
});
