import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readModel } from "../../../../../bot/understanding/places/elements/model-file.ts";
import {
  elementParser,
  parseElements,
  SHIPPED_MODEL,
} from "../../../../../bot/understanding/places/elements/parse-elements.ts";

const said = (text: string): string =>
  parseElements(text)
    .map((element) => `${element.text}/${element.type}`)
    .join(" ");

describe("an address is split into its elements", () => {
  it("from the province down to the unit", () => {
    expect(said("浙江省杭州市西湖区望潮街道学院西路128号柳岸大厦3幢2单元")).toBe(
      "浙江省/prov 杭州市/city 西湖区/district 望潮街道/town 学院西路/road 128号/roadno 柳岸大厦/poi 3幢/houseno 2单元/cellno",
    );
  });

  it("without a word of the upper levels", () => {
    expect(said("南塘家园3幢2单元")).toBe("南塘家园/poi 3幢/houseno 2单元/cellno");
  });

  it("knows divisions that it was never shown, by their names", () => {
    expect(said("甘肃省定西市陇西县巩昌镇")).toBe(
      "甘肃省/prov 定西市/city 陇西县/district 巩昌镇/town",
    );
  });

  it("gives positions of the text as it was written, full width or half", () => {
    const text = "滨河路１２号";
    const elements = parseElements(text);
    expect(elements.map(({ type }) => type)).toEqual(["road", "roadno"]);
    for (const { start, end, text: piece } of elements) expect(text.slice(start, end)).toBe(piece);
  });

  it("nothing and nonsense have elements that do not overlap, or none", () => {
    expect(parseElements("")).toEqual([]);
    for (const text of ["😀".repeat(50), "0".repeat(900), "\u0000号路", "路路路路号号"]) {
      let end = 0;
      for (const element of parseElements(text)) {
        expect(element.start).toBeGreaterThanOrEqual(end);
        end = element.end;
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }
  });

  it("a second parser by the same model says the same", () => {
    const again = elementParser(readModel(readFileSync(SHIPPED_MODEL)));
    const text = "江滨区解放街5弄8号101室";
    expect(again(text)).toEqual(parseElements(text));
  });
});

it("what is no model is refused with what to do", () => {
  expect(() => readModel(new Uint8Array(40))).toThrow(/npm run train:addresses/);
});
