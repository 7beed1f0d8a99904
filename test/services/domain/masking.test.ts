import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasPersonalData, maskPersonalData } from "../../../services/domain/masking.ts";

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((list) => list.join(""));
const chinese = fc
  .array(fc.constantFrom("路灯", "坏了", ",", "请", "联系", "我", "3幢", " ", "。"), {
    maxLength: 12,
  })
  .map((words) => words.join(""));

describe("maskPersonalData", () => {
  it.each([
    ["打我电话13800000001", "打我电话138****0001"],
    ["+86 138-0000-0001 老王", "138****0001 老王"],
    ["身份证330302199001011234丢了", "身份证**************1234丢了"],
    ["33030219900101123x", "**************123x"],
    ["卡号6222 0212 3456 7890 123", "卡号************ 123"],
    ["0577-88888866", "0577-*****66"],
    ["(0577)8888 8866-801找老王", "0577-*****66找老王"],
    ["+86 577 8888-8866", "0577-*****66"],
    ["010-8888-8866", "010-*****66"],
    ["联系电话:88888866", "联系电话:*****66"],
  ])("masks %s", (said, masked) => {
    expect(maskPersonalData(said)).toBe(masked);
  });

  it.each([
    "受理 SJ20261121-0087",
    "HJ20261122-003 11月23日19:40",
    "拨打12345或110",
    "柳岸新村12幢2单元",
    "欠了120000元",
    "2026-11-21 19:40",
    "编号88888866",
    "2026年11月21日",
  ])("leaves %s as it is", (said) => {
    expect(hasPersonalData(said)).toBe(false);
  });

  it("never lets a mobile number through, whatever stands around it", () => {
    fc.assert(
      fc.property(
        chinese,
        fc.constantFrom("13", "15", "17", "18", "19"),
        digits(9),
        chinese,
        (before, head, tail, after) => {
          const glued = /\d$/.test(before) || /^\d/.test(after);
          if (!glued)
            expect(maskPersonalData(before + head + tail + after)).not.toContain(head + tail);
        },
      ),
    );
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), digits(11), digits(16), digits(19), digits(18)), (text) => {
        const once = maskPersonalData(text);
        expect(maskPersonalData(once)).toBe(once);
      }),
    );
  });
});
