import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, openApi } from "../../support/api.ts";

const leadsTo = async (api: Api) => {
  const { statusCode, headers } = await api.app.inject({ method: "GET", url: "/" });
  return [statusCode, headers.location];
};

describe("the bare address", () => {
  let api: Api;
  beforeAll(async () => {
    api = await openApi();
  });
  afterAll(() => api.close());

  it("leads to the API's description, without a token", async () => {
    expect(await leadsTo(api)).toEqual([302, "/api/docs"]);
  });

  it("leads to the sandbox where there is one", async () => {
    const withSandbox = await openApi({ home: "/sandbox" }, api.database);
    expect(await leadsTo(withSandbox)).toEqual([302, "/sandbox"]);
    await withSandbox.app.close();
  });

  it("is no part of the API's description", async () => {
    const { body } = await api.get("/api/openapi.json", null);
    expect(Object.keys(body.paths)).not.toContain("/");
  });
});
