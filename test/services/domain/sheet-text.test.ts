import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asSheetText, fromSheetText } from "../../../services/domain/sheet-text.ts";

describe("a text in a cell", () => {
  it.each([
    ["=1+1"],
    ["+1"],
    ["-1"],
    ["@SUM(A1)"],
    ["\t=1"],
    ["\tword"],
    ["\rword"],
    ["\nword"],
    [" =1"],
    ["\u3000=1"],
    ["\u200b=1"],
    ["\ufeff=1"],
    ["\u0001=1"],
    ["＝1"],
    ["＋1"],
    ["－1"],
    ["＠a"],
    ["﹦1"],
    ["'=1"],
    ["=cmd|' /C calc'!A0"],
  ])("that a spreadsheet would calculate stays a text: %j", (text) => {
    expect(asSheetText(text)).toBe(`'${text}`);
    expect(fromSheetText(asSheetText(text))).toBe(text);
  });

  it.each([
    ["垃圾桶满溢"],
    ["3幢=5幢"],
    ["2026-11-25"],
    ["'90年代"],
    ["13800000001"],
    [""],
    ["''"],
  ])("is left alone otherwise: %j", (text) => {
    expect(asSheetText(text)).toBe(text);
    expect(fromSheetText(text)).toBe(text);
  });

  it("comes back as it was, whatever it is", () => {
    const signs = fc.string({ unit: fc.constantFrom(..."'=+-@\t\r\n ＝a\u200b"), maxLength: 8 });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), signs), (text) => {
        expect(fromSheetText(asSheetText(text))).toBe(text);
      }),
    );
  });
});
