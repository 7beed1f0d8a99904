import { describe, expect, it } from "vitest";
import { buildCategoryReader } from "../../../bot/understanding/categories.ts";
import { sampleCatalog } from "../../support/heard.ts";

const reader = buildCategoryReader(sampleCatalog().map(({ slug }) => slug));
const best = (text: string) => reader.read(text).scores[0]?.category;

describe("what a piece of text is about", () => {
  it("is heard in many words for the same, by classes of words", () => {
    for (const text of ["路灯瞎了", "路灯黑漆漆的", "路灯一闪一闪", "路灯耷拉下来"])
      expect(best(text), text).toBe("facility.streetlight");
  });

  it("is what the first sentence says, whatever the story behind it mentions", () => {
    const story = "我们小区物业费很贵,物业公司态度恶劣,业委会也不管,保安天天睡觉。";
    expect(best(`滨河路的井盖不见了。${story}`)).toBe("facility.manhole");
  });

  it("is not the place it stands at", () => {
    expect(best("学校门口路面有个大坑")).toBe("facility.road");
  });

  it("is not what is denied", () => {
    expect(best("不是噪音,是油烟太大")).toBe("env.fume");
  });

  it("tells a trouble where subject and trouble stand together, not where a subject is named", () => {
    expect(reader.read("楼下垃圾桶满了").tellsTrouble).toBe(true);
    expect(reader.read("垃圾桶在哪里买").tellsTrouble).toBe(false);
  });

  it("knows only the categories of the district's catalog", () => {
    const small = buildCategoryReader(["env.noise"]);
    expect(small.read("垃圾桶满了").scores).toEqual([]);
  });
});
