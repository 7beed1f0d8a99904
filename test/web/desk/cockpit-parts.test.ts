import { describe, expect, it } from "vitest";
import { clustersOf, stepOf } from "../../../web/desk/cockpit/clusters.ts";
import { changeOf, countChange, valueText } from "../../../web/desk/cockpit/figures.ts";
import { periodOf } from "../../../web/desk/cockpit/period.ts";

const NOW = Date.parse("2026-11-25T00:30:00+08:00");
const rate = (value: number | null) => ({ numerator: 0, denominator: 0, value });

describe("a period", () => {
  it.each([
    ["today", { from: "2026-11-25", to: "2026-11-25" }],
    ["week", { from: "2026-11-19", to: "2026-11-25" }],
    ["month", { from: "2026-11-01", to: "2026-11-25" }],
    ["year", { from: "2026-01-01", to: "2026-11-25" }],
    ["all", {}],
    ["custom", { from: "2026-03-01" }],
  ] as const)("named %s is made of days in Shanghai", (name, expected) => {
    expect(periodOf(name, NOW, { from: "2026-03-01", to: "soon" })).toEqual(expected);
  });
});

describe("a figure", () => {
  it("is said in percent, an average as it is, and nothing as a dash", () => {
    expect(valueText("closureRate", rate(0.9971))).toBe("99.71%");
    expect(valueText("avgResponseMinutes", rate(210))).toBe("210");
    expect(valueText("satisfaction", rate(77.75))).toBe("77.8");
    expect(valueText("closureRate", rate(null))).toBe("—");
  });

  it("moves for the better or the worse, depending on what it is of", () => {
    expect(changeOf("closureRate", rate(0.9), rate(0.85))).toEqual({
      text: "+5.00pp",
      tone: "better",
    });
    expect(changeOf("overdueRate", rate(0.2), rate(0.1))).toEqual({
      text: "+10.00pp",
      tone: "worse",
    });
    expect(changeOf("publicTipShare", rate(0.1), rate(0.2))).toEqual({
      text: "−10.00pp",
      tone: "same",
    });
    expect(changeOf("closureRate", rate(0.9), rate(0.9))).toEqual({ text: "±0", tone: "same" });
    expect(changeOf("closureRate", rate(0.9), rate(null))).toBeNull();
    // Seed 000: 203.7 % more than the year before.
    expect(countChange(63_000, 20_744)?.text).toBe("+203.7%");
    expect(countChange(5, 0)).toBeNull();
  });
});

describe("open events on the map", () => {
  it("are one circle where they are close, and the circle tells of the urgent one", () => {
    const dot = (no: string, x: number, urgent = false) => ({ no, x, y: 10, urgent });
    const clusters = clustersOf([dot("a", 3), dot("b", 9, true), dot("c", 200)], 64);
    expect(clusters).toEqual([
      { x: 6, y: 10, nos: ["a", "b"], urgent: true },
      { x: 200, y: 10, nos: ["c"], urgent: false },
    ]);
  });

  it("colour a grid by how many there are, nothing as nothing", () => {
    expect([0, 1, 5, 10].map((count) => stepOf(count, 10, 5))).toEqual([0, 1, 2, 4]);
    expect(stepOf(0, 0, 5)).toBe(0);
  });
});
