import { afterAll, beforeAll, expect, it } from "vitest";
import { openApi } from "../../support/api.ts";

let api: Awaited<ReturnType<typeof openApi>>;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

it("shows everybody the privacy notice in full, with the district's name and without a script", async () => {
  const { statusCode, body, headers } = await api.app.inject("/privacy");
  expect(statusCode).toBe(200);
  expect(body).toContain("示例区");
  expect(body).toContain("原始消息30天");
  expect(body).not.toContain("<script");
  expect(headers["content-security-policy"]).toContain("default-src 'none'");
});
