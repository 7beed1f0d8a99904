import { describe, expect, it } from "vitest";
import { buildKnowledge } from "../../../../bot/understanding/knowledge.ts";
import {
  type LearnedCategories,
  withLearned,
} from "../../../../bot/understanding/learned/learned-categories.ts";
import { trainClassifier } from "../../../../bot/understanding/learned/train-classifier.ts";
import { understandByRules } from "../../../../bot/understanding/understand-by-rules.ts";
import { heard, sampleCatalog } from "../../../support/heard.ts";
import { readingDirectory } from "../../../support/reading-district.ts";
import { binEvents, towerEvents } from "../../../support/settled-texts.ts";

const learned: LearnedCategories = {
  model: trainClassifier([...binEvents(20), ...towerEvents(20)], { seed: 1 }),
  trust: 8,
};
const cold = readingDirectory(sampleCatalog());
const TOWER = "柳岸新村楼顶又装了一座通信铁塔,大家担心辐射";
const categoryOf = (text: string, directory: typeof cold) =>
  understandByRules(heard(text), buildKnowledge(directory)).items[0]?.category;

describe("the ear with what was learnt", () => {
  it("reads by the lexicon alone until a classifier is switched on", () => {
    expect(categoryOf(TOWER, cold)).toBe("env.air");
    expect(categoryOf(TOWER, { ...cold, learned: null })).toBe("env.air");
    expect(categoryOf(TOWER, { ...cold, learned })).toBe("planning.facility");
  });

  it("keeps what the lexicon knows well, and offers scores that add up to at most 1", () => {
    const [item] = understandByRules(
      heard("柳岸新村大门垃圾桶满了没人倒"),
      buildKnowledge({ ...cold, learned }),
    ).items;
    expect(item?.category).toBe("env.binOverflow");
    const total = item?.candidates.reduce((sum, { score }) => sum + score, 0) ?? 2;
    expect(total).toBeLessThanOrEqual(1);
  });

  it("never makes a report of small talk, nor less of an emergency", () => {
    const knowledge = buildKnowledge({ ...cold, learned });
    expect(understandByRules(heard("铁塔天线真好看,哈哈"), knowledge).kind).toBe("chitchat");
    const fire = understandByRules(heard("柳岸新村的铁塔着火了,快来人"), knowledge);
    expect(fire.items[0]?.category).toBe("emergency.fire");
  });
});

describe("adding what was learnt to the lexicon's scores", () => {
  const everything = { has: () => true };

  it("does not touch what only words decide", () => {
    const scores = [{ category: "complaint.conduct", points: 4 }];
    expect(withLearned(scores, TOWER, learned, everything)).toBe(scores);
  });

  it("proposes nothing that the catalog does not have", () => {
    expect(withLearned([], TOWER, learned, everything)[0]?.category).toBe("planning.facility");
    const left = withLearned([], TOWER, learned, { has: (slug) => slug !== "planning.facility" });
    expect(left.map(({ category }) => category)).not.toContain("planning.facility");
  });
});
