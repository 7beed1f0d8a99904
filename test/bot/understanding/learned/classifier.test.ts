import { describe, expect, it } from "vitest";
import { bareText } from "../../../../bot/understanding/learned/bare-text.ts";
import {
  calibrationCurve,
  chooseThreshold,
  fitSharpness,
} from "../../../../bot/understanding/learned/calibrate.ts";
import { classify } from "../../../../bot/understanding/learned/classifier.ts";
import { explain } from "../../../../bot/understanding/learned/explain.ts";
import { readModel, writeModel } from "../../../../bot/understanding/learned/model-file.ts";
import { trainClassifier } from "../../../../bot/understanding/learned/train-classifier.ts";
import { labelledTexts } from "../../../support/labelled-texts.ts";

const model = trainClassifier(labelledTexts(90, 1), { seed: 1 });

describe("what is read of a text", () => {
  it("is the same with and without blanks, full width and function words", () => {
    expect(bareText("我们 小区 的 路灯 不亮 了")).toBe(bareText("小区路灯不亮"));
    expect(bareText("Ａ３区、2019年")).toBe("a0区0年");
  });
});

describe("a trained classifier", () => {
  it("knows letters it has not seen, however they are written", () => {
    for (const text of ["柳岸新村的路灯灯泡都不亮了!", "柳岸新村 路灯 灯泡 不亮"])
      expect(classify(model, text)[0]?.label).toBe("灯");
  });

  it("gives shares of one whole, also to a text it knows nothing of", () => {
    for (const text of ["水管漏水", "zzz", ""]) {
      const total = classify(model, text).reduce((sum, { share }) => sum + share, 0);
      expect(total).toBeCloseTo(1);
    }
  });

  it("says which words spoke for a label", () => {
    const reasons = explain(model, "南塘家园5幢漏水,水管老化", "水", 3);
    expect(reasons.map(({ words }) => words).join()).toMatch(/水/);
    expect(reasons.map(({ words }) => words).join()).not.toMatch(/南塘/);
    expect(explain(model, "漏水", "没有这个", 3)).toEqual([]);
  });

  it("survives being written down", () => {
    const again = readModel(writeModel(model));
    for (const { text } of labelledTexts(9, 3)) {
      const [before, after] = [classify(model, text), classify(again, text)];
      expect(after.map(({ label }) => label)).toEqual(before.map(({ label }) => label));
      expect(after[0]?.share).toBeCloseTo(before[0]?.share ?? 0, 3);
    }
  });

  it("is refused when its file is cut off", () => {
    const stored = JSON.parse(writeModel(model));
    expect(() => readModel(JSON.stringify({ ...stored, weights: "AAAA" }))).toThrow("cut off");
    expect(() => readModel("{}")).toThrow("npm run train");
  });
});

describe("calibration", () => {
  it("sharpens what is always right and softens what is often wrong", () => {
    const margins = Float64Array.of(1, 0);
    const always = Array.from({ length: 10 }, () => ({ margins, right: 0 }));
    const half = Array.from({ length: 10 }, (_, index) => ({ margins, right: index % 2 }));
    expect(fitSharpness(always)).toBeGreaterThan(10);
    expect(fitSharpness(half)).toBeLessThan(1.1);
  });

  it("asks below the lowest tenth from which on four in five guesses are right", () => {
    const guesses = [0.95, 0.85, 0.75].flatMap((share) =>
      Array.from({ length: 10 }, (_, index) => ({ share, right: share > 0.8 || index < 5 })),
    );
    const curve = calibrationCurve(guesses);
    expect(curve.map(({ from, right, n }) => [from, right, n])).toEqual([
      [0.7, 0.5, 10],
      [0.8, 1, 10],
      [0.9, 1, 10],
    ]);
    expect(chooseThreshold(curve)).toBe(0.8);
    expect(chooseThreshold([])).toBe(1);
  });
});
