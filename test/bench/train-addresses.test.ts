import { describe, expect, it } from "vitest";
import { prepareExamples } from "../../bench/addresses/examples.ts";
import { readLabelledAddresses } from "../../bench/addresses/labelled-addresses.ts";
import { learn } from "../../bench/addresses/learn.ts";
import { packModel } from "../../bench/addresses/pack-model.ts";
import { scoreAddresses } from "../../bench/eval/score-addresses.ts";
import { nameHash } from "../../bot/understanding/places/elements/address-signs.ts";
import { readModel } from "../../bot/understanding/places/elements/model-file.ts";
import { elementParser } from "../../bot/understanding/places/elements/parse-elements.ts";

const DIVISIONS = new Map([[nameHash("江滨区"), 16]]);

const line = (...pieces: [string, string][]): string => {
  let text = "";
  const spans = pieces.map(([type, words]) => {
    const start = text.length;
    text += words;
    return { type, start, end: text.length };
  });
  return JSON.stringify({ text, spans });
};

const made = (roads: string[], homes: string[]): string =>
  roads
    .flatMap((road) =>
      homes.flatMap((home) => [
        line(["district", "江滨区"], ["road", road], ["roadno", "8号"]),
        line(["road", road], ["poi", home], ["houseno", "12幢"]),
        line(["district", "江滨区"], ["poi", home], ["houseno", "3幢"], ["cellno", "2单元"]),
      ]),
    )
    .join("\n");

const train = (lines: string) => {
  const examples = prepareExamples(
    readLabelledAddresses(lines, "made.jsonl"),
    (hash) => DIVISIONS.get(hash) ?? 0,
  );
  return packModel(
    learn(examples, 7, () => undefined),
    examples,
    DIVISIONS,
  );
};

describe("learning to split addresses", () => {
  const lines = made(
    ["滨河路", "解放街", "学院西路", "青石巷"],
    ["柳岸新村", "南塘家园", "锦绣苑", "望江公寓"],
  );
  const model = train(lines);

  it("serves for names that were not learnt", () => {
    const unseen = readLabelledAddresses(made(["文昌路"], ["东山新村"]), "unseen.jsonl");
    const report = scoreAddresses(unseen, elementParser(readModel(model)));
    expect(report.n).toBe(3);
    expect(report.spanF1).toBeGreaterThan(0.8);
    expect(report.perType.floorno).toMatchObject({ f1: null, n: 0 });
  });

  it("makes the same bytes of the same file", () => {
    expect(train(lines)).toEqual(model);
  });

  it("keeps no words, only figures", () => {
    const bytes = Buffer.from(model);
    for (const word of ["滨河", "柳岸", "江滨"]) {
      expect(bytes.includes(Buffer.from(word, "utf8"))).toBe(false);
      expect(bytes.includes(Buffer.from(word, "utf16le"))).toBe(false);
    }
  });
});

describe("a file with labelled addresses", () => {
  it("is refused with file, line and what a line is", () => {
    const good = line(["road", "滨河路"]);
    expect(() => readLabelledAddresses(`${good}\n{"text": 1}`, "a.jsonl")).toThrow(/^a\.jsonl:2 /);
    expect(() => readLabelledAddresses(`${good}\nnonsense`, "a.jsonl")).toThrow(/^a\.jsonl:2 /);
    expect(() => readLabelledAddresses(line(["street", "滨河路"]), "a.jsonl")).toThrow(
      /spans\.0\.type/,
    );
    expect(() => readLabelledAddresses("\n", "a.jsonl")).toThrow(/no lines/);
  });

  it("counts characters, so a sign of two units moves nothing", () => {
    const [read] = readLabelledAddresses(
      JSON.stringify({ text: "😀滨河路", spans: [{ type: "road", start: 1, end: 4 }] }),
      "a.jsonl",
    );
    expect(read?.text.slice(read.spans[0]?.start, read.spans[0]?.end)).toBe("滨河路");
  });
});
