import { describe, expect, it } from "vitest";
import { withOrgNames } from "../../../bot/replies/call-codes.ts";

const orgs = [
  { code: "Q-ZF", name: "综合执法局" },
  { code: "Q-ZF-1", name: "一中队" },
  { code: "Q-SJ", name: "市场监管局" },
];

describe("codes in the steps of a call", () => {
  it("are read as names, also before a number", () => {
    expect(withOrgNames("派遣:Q-ZF2人、Q-SJ;替换:Q-ZF-1", orgs)).toBe(
      "派遣:综合执法局2人、市场监管局;替换:一中队",
    );
    expect(withOrgNames("Q-ZF95 Q-SJ90", orgs)).toBe("综合执法局95 市场监管局90");
  });

  it("stay where they are nobody's, or a part of something else", () => {
    for (const note of ["派遣:Q-XX2人", "BQ-ZF2人", "Q-ZFX", "Q-ZF-X", "拆棚3处"])
      expect(withOrgNames(note, orgs)).toBe(note);
    expect(withOrgNames("Q-ZF2人", [])).toBe("Q-ZF2人");
  });
});
