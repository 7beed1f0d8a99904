import { describe, expect, it } from "vitest";
import type { KnownAddress } from "../../../../bot/understanding/directory.ts";
import {
  buildGazetteer,
  buildGazetteerGently,
} from "../../../../bot/understanding/places/gazetteer.ts";
import { READING_ADDRESSES } from "../../../support/reading-district.ts";

const gazetteer = buildGazetteer({ addresses: READING_ADDRESSES });
const names = (text: string) => gazetteer.find(text).map((hit) => hit.name);

describe("the gazetteer", () => {
  it("takes the longest name that stands there", () => {
    expect(names("柳岸新村12幢楼道")).toEqual(["柳岸新村12幢"]);
  });

  it("knows an alias", () => {
    expect(gazetteer.find("中行门口")[0]?.entries[0]?.code).toBe("A05");
  });

  it.each([
    ["锦秀苑", "锦绣苑"],
    ["柳暗新村", "柳岸新村"],
    ["学院西鹿", "学院西路"],
    ["河宾花园", "河滨花园"],
    ["解放该路", null],
  ])("reads %s as %s", (said, meant) => {
    expect(names(said)[0] ?? null).toBe(meant);
  });

  it("mends two slips only where a building follows", () => {
    expect(names("金秀苑3幢")).toEqual(["锦绣苑"]);
    expect(names("金秀苑挺好看")).toEqual([]);
  });

  it("leaves two estates of a grid undecided", () => {
    const twin: KnownAddress = {
      code: "X",
      name: "新园",
      aliases: [],
      kind: "estate",
      gridCode: "G-JX2",
      lng: null,
      lat: null,
    };
    expect(buildGazetteer({ addresses: [...READING_ADDRESSES, twin] }).homeOf("G-JX2")).toBeNull();
    expect(gazetteer.homeOf("G-JX2")?.name).toBe("锦绣苑");
  });

  it("reads 300,000 addresses without holding others up, and stays quick among them", {
    timeout: 120_000,
  }, async () => {
    const signs = [
      ..."东南西北金银山水花木林泉溪湖江海云天星月春秋和平安康福禄寿喜龙凤鹤松竹梅兰菊",
    ];
    const many = Array.from({ length: 300_000 }, (_, index): KnownAddress => {
      const name = [
        index % 38,
        Math.floor(index / 38) % 38,
        Math.floor(index / 1444) % 38,
        Math.floor(index / 54_872),
      ]
        .map((at) => signs[at])
        .join("");
      return {
        code: `N${index}`,
        name: `${name}苑`,
        aliases: [],
        kind: "estate",
        gridCode: `G${index % 900}`,
        lng: null,
        lat: null,
      };
    });
    let turns = 0;
    const others = setInterval(() => turns++, 1);
    const large = await buildGazetteerGently({ addresses: [...many, ...READING_ADDRESSES] });
    clearInterval(others);
    expect(turns).toBeGreaterThan(20);
    const text = "锦秀苑7幢2单元楼道灯坏了,河滨花园北门口也黑,学院西路中行门口井盖松了";
    large.find(text);
    const started = performance.now();
    for (let times = 0; times < 1000; times++) large.find(text);
    expect((performance.now() - started) / 1000).toBeLessThan(2);
    expect(large.find(text).map((hit) => hit.name)).toContain("锦绣苑7幢");
  });
});
