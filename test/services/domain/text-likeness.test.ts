import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { namesOtherDoor } from "../../../services/domain/doors.ts";
import { likeness, printOf, rarityIn } from "../../../services/domain/text-likeness.ts";
import { cpuMs } from "../../support/cpu-time.ts";

const CORPUS = [
  "桥东农机厂半夜轰隆隆响,窗户都在抖",
  "桥东农机厂的机器响到凌晨",
  "东门菜场门口的路面坑坑洼洼",
  "幼儿园旁边的红绿灯坏了",
];
const texts = fc.oneof(
  fc.constantFrom(...CORPUS, "", "我家也没水"),
  fc.string({ unit: fc.constantFrom(..."3幢二单元垃圾满了没人倒路灯不亮,。KTV 的".split("")) }),
);

describe("the likeness of two texts", () => {
  it("is the same in whichever order, between 0 and 1, and 1 of a text with itself", () => {
    fc.assert(
      fc.property(texts, texts, fc.constantFrom(undefined, rarityIn(CORPUS)), (a, b, rarity) => {
        const [one, other] = [printOf(a, rarity), printOf(b, rarity)];
        expect(likeness(one, other)).toBeCloseTo(likeness(other, one), 12);
        expect(likeness(one, other)).toBeGreaterThanOrEqual(0);
        expect(likeness(one, other)).toBeLessThanOrEqual(1);
        expect(likeness(one, one)).toBeCloseTo(one.norm === 0 ? 0 : 1, 9);
      }),
    );
  });

  it("is greater of one matter than of two", () => {
    const [first, second, third] = CORPUS.map((text) => printOf(text));
    if (!(first && second && third)) throw new Error("no corpus");
    expect(likeness(first, second)).toBeGreaterThan(likeness(first, third) + 0.2);
  });

  it("reads a door in whichever writing", () => {
    expect(likeness(printOf("三号楼漏水"), printOf("3栋漏水"))).toBeCloseTo(1, 9);
    expect(namesOtherDoor("三号楼2单元", "3幢二单元")).toBe(false);
    expect(namesOtherDoor("3幢", "4幢")).toBe(true);
    expect(namesOtherDoor("3幢", "2单元")).toBe(false);
  });

  it("takes less than a millisecond for a report and fifty candidates", () => {
    const candidates = Array.from({ length: 50 }, (_, at) => `${CORPUS[at % 4]}${at}号`);
    const compare = () => {
      const report = printOf(CORPUS[0] ?? "");
      return candidates.map((text) => likeness(report, printOf(text)));
    };
    for (let warm = 0; warm < 50; warm++) compare();
    expect(cpuMs(() => Array.from({ length: 100 }, compare)) / 100).toBeLessThan(1);
  });
});
