import { afterAll, beforeAll, expect, it } from "vitest";
import { type Api, openApi } from "../../support/api.ts";

let api: Api;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

it("gives codes for other people's accounts to the administrator's token alone", async () => {
  const body = { personId: "wangchao-dispatcher-1" };
  const made = await api.post("/api/account-codes", body);
  expect(made).toMatchObject({
    status: 201,
    body: { code: expect.stringMatching(/^[A-Z2-9]{8}$/) },
  });
  expect(await api.post("/api/account-codes", body, "wangchao-dispatcher-1")).toMatchObject({
    status: 403,
  });
  expect(await api.post("/api/account-codes", body, null)).toMatchObject({ status: 401 });
  expect(await api.post("/api/account-codes", { personId: "nobody" })).toMatchObject({
    status: 422,
  });
});
