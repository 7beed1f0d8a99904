import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildKnowledge } from "../../../bot/understanding/knowledge.ts";
import { understandByRules } from "../../../bot/understanding/understand-by-rules.ts";
import { cpuMs } from "../../support/cpu-time.ts";
import { heard, sampleCatalog } from "../../support/heard.ts";
import { readingDirectory } from "../../support/reading-district.ts";

const catalog = sampleCatalog();
const knowledge = buildKnowledge(readingDirectory(catalog));
const slugs = catalog.map((category) => category.slug);

const WORDS = [
  "河滨花园",
  "锦秀苑",
  "7憧2单元",
  "垃圾桶满了",
  "着火",
  "SJ20261121-0087",
  "受理",
  "交办给",
  "还有",
  "1",
  "2",
  "煤气味",
  "也没水",
  "投诉",
  "13800000001",
  "的",
  " ",
  ",",
  "。",
  "\n",
  "🔥",
  "\ud83d",
  "ａ１",
  "學院西路",
  "路",
  "号",
  "一二三",
  "楼",
  "说错了是",
];
const chinese = fc
  .array(fc.constantFrom(...WORDS), { maxLength: 120 })
  .map((words) => words.join(""));
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 2000 }),
  chinese,
  fc
    .array(fc.integer({ min: 0x4e00, max: 0x9fff }), { maxLength: 500 })
    .map((codes) => String.fromCharCode(...codes)),
);

describe("any text at all", () => {
  it("is read without a throw, within the catalog, quoting only what was written", () => {
    fc.assert(
      fc.property(anyText, fc.boolean(), (text, official) => {
        const understood = understandByRules(
          heard(text, {
            speaker: {
              official,
              roles: official ? ["dispatcher", "responder", "streetOfficer", "supervisor"] : [],
            },
          }),
          knowledge,
        );
        for (const item of understood.items) {
          expect(slugs).toContain(item.category);
          expect(text.includes(item.place.raw)).toBe(true);
          expect(item.summary.length).toBeLessThanOrEqual(40);
          expect(item.summary).not.toMatch(/1[3-9]\d{9}/);
          expect(item.candidates.reduce((sum, { score }) => sum + score, 0)).toBeLessThanOrEqual(
            1.011,
          );
        }
        expect(understood.items.length).toBeLessThanOrEqual(5);
      }),
      { numRuns: 600 },
    );
  });

  it.each([
    ["one character over and over", "火".repeat(7000)],
    ["digits", "1".repeat(7000)],
    ["blanks", " ".repeat(7000)],
    [
      "a letter of complaint",
      "反映A区河滨花园小区垃圾桶满了没人倒,污水横流,臭气熏天,请领导派人处理。"
        .repeat(190)
        .slice(0, 7000),
    ],
    ["numbers of events", "受理 SJ20261121-0087 ".repeat(350)],
    [
      "open ends for every pattern",
      "煤气电梯里面我们小区的路灯杆上楼顶有人在把所有人的".repeat(280).slice(0, 7000),
    ],
    ["names that nearly match", "锦秀锦秀苑河滨花河滨花园柳岸新柳岸".repeat(420).slice(0, 7000)],
    ["no stops at all", "一".repeat(3500) + "号楼".repeat(1750)],
  ])("takes less than 50 ms for 7,000 characters of %s", (_what, text) => {
    understandByRules(heard(text), knowledge);
    const official = heard(text, {
      speaker: { official: true, roles: ["dispatcher", "responder"] },
    });
    const times = [1, 2, 3].map(() => cpuMs(() => understandByRules(official, knowledge)));
    expect(Math.min(...times)).toBeLessThan(50);
  });
});
