import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scoreDuplicates } from "../../../bench/eval/duplicates.ts";

/** Two matters that three people each tell in their own words, one text sent twice, and others. */
const MILL = [
  "桥东农机厂半夜轰隆隆响,窗户都在抖",
  "桥东农机厂的机器一直响到凌晨",
  "桥东农机厂机器半夜响,老人睡不着",
];
const LAMPS = [
  "柳树巷的路灯全灭了,晚上摸黑走",
  "柳树巷路灯坏了半个月,晚上看不见路",
  "柳树巷晚上路灯不亮",
];
const COPY = "广场喷泉边的地砖松动,老人绊倒过";
const OTHERS = [
  "公交站牌字都褪色了看不清",
  "幼儿园门口家长乱停电瓶车",
  "请问居住证在哪里办",
  "河边钓鱼的人把草坪踩秃了",
  "菜场秤不准,少了二两",
];

let folder = "";
const file = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const lines = (texts: readonly string[]) =>
  texts.map((text, at) => JSON.stringify({ id: `t${at}`, title: "", text })).join("\n");
const ids = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => `t${from + at}`);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "duplicates-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("eval --duplicates", () => {
  const texts = () => file("texts.jsonl", lines([...MILL, ...LAMPS, COPY, COPY, ...OTHERS]));
  const groups = (more = {}) =>
    file(
      "groups.json",
      JSON.stringify({
        note: "made up",
        hot_topics: { mill: { ids_2plus: ids(0, 3) }, lamps: { ids_2plus: ids(3, 3), ids_1: [] } },
        exact_duplicate_texts: [ids(6, 2)],
        ...more,
      }),
    );

  it("finds the pairs of a group before random pairs, and says how surely", () => {
    const report = scoreDuplicates({ groups: groups(), texts: texts() }, () => "other.unclear");
    expect(report).toMatchObject({ pairs: 7, recall: 1, precision: expect.any(Number) });
    expect(report.at.map(({ recall }) => recall)).toEqual(
      [4, 5, 5, 6, 7].map((n) => expect.closeTo(n / 7, 3)),
    );
    expect(report.at[1]?.precision).toBe(1);
    expect(report.withoutCorpus[1]?.precision).toBe(1);
    expect(report.strangers.random).toBeGreaterThan(30);
  });

  it("says the same twice", () => {
    const score = () => {
      const { seconds: _, ...report } = scoreDuplicates(
        { groups: groups(), texts: texts() },
        () => "other.unclear",
      );
      return report;
    };
    expect(score()).toEqual(score());
  });

  it("names the file and the line that it cannot read", () => {
    const broken = file("broken.jsonl", `${lines(MILL)}\n{"id": 4}\n`);
    const score = (files: { groups: string; texts: string }) => () =>
      scoreDuplicates(files, () => "");
    expect(score({ groups: groups(), texts: broken })).toThrow(/broken\.jsonl:4 is no text/);
    expect(score({ groups: texts(), texts: texts() })).toThrow(/is no list of groups/);
    const strange = groups({ exact_duplicate_texts: [["t0", "t99"]] });
    expect(score({ groups: strange, texts: texts() })).toThrow(/names the text t99/);
  });
});
