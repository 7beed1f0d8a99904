import { describe, expect, it } from "vitest";
import { writePrompt } from "../../../../bot/understanding/model/prompt.ts";
import {
  buildSimilarCases,
  type LabelledCase,
  readLabelledCases,
} from "../../../../bot/understanding/model/similar-cases.ts";
import { sampleCatalog } from "../../../support/heard.ts";

const one = (id: string, text: string, category: string | null = "env.binOverflow") => ({
  id,
  text,
  kind: category === null ? "chitchat" : "report",
  category,
  place: null,
});

describe("the cases shown to the model", () => {
  const cases: LabelledCase[] = [
    one("a", "楼下垃圾桶满了没人倒"),
    one("b", "路灯不亮好几天了", "facility.streetlight"),
    one("c", "早上好呀各位邻居", null),
    one("d", "垃圾桶又满出来了"),
  ];
  const similar = buildSimilarCases(cases);

  it("are those nearest to the message, nearest first", () => {
    expect(similar.similarTo("门口垃圾桶满出来了").map(({ id }) => id)).toEqual(["d", "a"]);
    expect(similar.similarTo("各位邻居早上好").map(({ id }) => id)).toEqual(["c"]);
  });

  it("are none where nothing resembles it, or the text holds nothing", () => {
    for (const text of ["xyz", "", "！？", "😀"]) expect(similar.similarTo(text)).toEqual([]);
  });

  it("are never the message itself, so that the cases can be scored", () => {
    expect(similar.similarTo("垃圾桶 又满出来了!").map(({ id }) => id)).toEqual(["a"]);
  });

  it("are the same every time and do not depend on their order", () => {
    const turned = buildSimilarCases([...cases].reverse());
    for (const { text } of readLabelledCases().slice(0, 40))
      expect(turned.similarTo(text)).toEqual(similar.similarTo(text));
  });

  it("come from prompts/cases: alone, labelled, a model's business", () => {
    const read = readLabelledCases();
    expect(read.length).toBeGreaterThan(100);
    const kinds = new Set(read.map(({ kind }) => kind));
    for (const kind of ["emergency", "command", "injectionOnly"]) expect(kinds).not.toContain(kind);
    expect(
      buildSimilarCases(read).similarTo("5单元声控灯坏了好几天 老人下楼看不见")[0]?.category,
    ).toBe("facility.publicLighting");
  });

  it("stand in the prompt without categories that the district does not have", () => {
    const prompt = writePrompt("门口垃圾桶满出来了", sampleCatalog(), [
      one("a", "楼下垃圾桶满了没人倒"),
      one("x", "火星上垃圾桶满了", "mars.bin"),
    ]);
    expect(prompt).toContain("- 楼下垃圾桶满了没人倒 → kind report,category env.binOverflow");
    expect(prompt).not.toContain("mars.bin");
    expect(writePrompt("门口", sampleCatalog())).not.toContain("{{");
  });
});
