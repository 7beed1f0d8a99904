import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LIMIT_NAMES } from "../../../services/domain/limits.ts";
import { type Api, openApi } from "../../support/api.ts";

let api: Api;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

describe("the policy", () => {
  it("names every limit with its unit, to officials", async () => {
    const { status, body } = await api.get("/api/policy");
    expect(status).toBe(200);
    expect(Object.keys(body.limits).sort()).toEqual([...LIMIT_NAMES].sort());
    expect(body.limits["call.respond"]).toEqual({ workMinutes: 120 });
    expect(body.version).toBe("default-1");
  });
});

describe("recurring cases without an owner", () => {
  it("are told with their definition", async () => {
    const { status, body } = await api.get(
      "/api/mandate-proposals?from=2026-01-01T00:00:00%2B08:00",
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ from: "2026-01-01T00:00:00+08:00", to: null, items: [] });
    expect(body.definition).toContain("提请会商");
  });
});
