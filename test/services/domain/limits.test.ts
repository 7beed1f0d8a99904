import { describe, expect, it } from "vitest";
import { LIMIT_NAMES, limitOf, limitsOf, withLimits } from "../../../services/domain/limits.ts";
import { DEFAULT_POLICY } from "../../../services/domain/policy.ts";

describe("a district's own limits", () => {
  it("take the place of those that come along, each at its place and no other", () => {
    for (const name of LIMIT_NAMES) {
      const own = limitOf(7, "workdays");
      const policy = withLimits(DEFAULT_POLICY, new Map([[name, own]]), "limits-x");
      expect(limitsOf(policy)).toEqual({ ...limitsOf(DEFAULT_POLICY), [name]: own });
      expect(policy.version).toBe("limits-x");
    }
  });

  it("leave everything that is no limit as it is", () => {
    const policy = withLimits({ ...DEFAULT_POLICY, autoAcceptLevel: 2 }, new Map(), "v");
    expect(policy).toEqual({ ...DEFAULT_POLICY, autoAcceptLevel: 2, version: "v" });
  });
});
