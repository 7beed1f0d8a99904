import { describe, expect, it } from "vitest";
import { trainBesideLexicon } from "../../../bot/learning/train-beside-lexicon.ts";
import { buildCategoryReader } from "../../../bot/understanding/categories.ts";
import { isWorthUsing } from "../../../services/domain/learned-report.ts";
import { binEvents, towerEvents } from "../../support/settled-texts.ts";

const lexicon = buildCategoryReader(["env.binOverflow", "env.air", "planning.facility"]);
const train = (examples: { text: string; label: string }[]) =>
  trainBesideLexicon(examples, lexicon, { seed: 1, say: () => {} });

describe("learning beside the lexicon", () => {
  it("learns what the district calls a thing that the lexicon takes for another", () => {
    const { report, learned } = train([...binEvents(30), ...towerEvents(30)]);
    expect(report.cold.top1).toBeLessThan(0.7);
    expect(report.learned.top1).toBeGreaterThan(0.95);
    expect(learned.trust).toBe(report.trust);
    expect(isWorthUsing(report)).toBe(true);
    expect(report.calibration.reduce((sum, { n }) => sum + n, 0)).toBe(60);
  });

  it("takes nothing for granted where labels have no pattern", () => {
    const labels = ["env.binOverflow", "env.air", "planning.facility"];
    const noise = [...binEvents(30), ...towerEvents(30)].map(({ text }, index) => ({
      text,
      label: labels[(index * 7) % 3] ?? "",
    }));
    expect(train(noise).report.threshold).toBe(1);
  });

  it("is worth using only where it finds no fewer than the lexicon", () => {
    const { report } = train([...binEvents(30), ...towerEvents(30)]);
    expect(isWorthUsing({ ...report, learned: { ...report.learned, top1: 0.1 } })).toBe(false);
    expect(isWorthUsing({ ...report, trust: 0 })).toBe(false);
  });

  it("leaves emergencies and what occurs once or twice to the lexicon", () => {
    const { learned } = train([
      ...binEvents(10),
      ...towerEvents(10),
      ...towerEvents(5).map(({ text }) => ({ text, label: "emergency.fire" })),
      ...towerEvents(2).map(({ text }) => ({ text, label: "env.noise" })),
    ]);
    expect(learned.model.labels).toEqual(["env.binOverflow", "planning.facility"]);
  });
});
