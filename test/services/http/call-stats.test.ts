import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, openApi } from "../../support/api.ts";
import { callsBy, MARKET, OFFICER } from "../../support/api-calls.ts";

let api: Api;

/**
 * Two events of level 3 and one of level 2. One call of two departments: 综合执法 answered after 30
 * minutes, came in time and got 95.5; 市场监管 said nothing and came an hour late. Another call was
 * canceled before anybody was sent.
 */
beforeAll(async () => {
  api = await openApi();
  const calls = callsBy(api);
  for (const level of [2, 3, 3] as const) await api.event({ level });
  await calls.act((await calls.draft()).body.no, { action: "cancel" }, OFFICER);
  const no = await calls.dispatched();
  api.clock.advance({ minutes: 30 });
  await calls.act(no, { action: "respond" }, "zhifa-responder");
  api.clock.advance({ hours: 4 });
  await calls.act(no, { action: "checkIn", ...MARKET }, "zhifa-responder");
  await calls.act(no, { action: "complete", note: "好了" }, "zhifa-responder");
  api.clock.advance({ hours: 2 });
  await calls.act(no, { action: "checkIn", ...MARKET }, "shijian-responder");
  await calls.act(no, { action: "complete", note: "好了" }, "shijian-responder");
  const closed = await calls.act(
    no,
    { action: "close", note: "好了", scores: { "SLQ-ZF": 95.5, "SLQ-SJ": 60 } },
    OFFICER,
  );
  expect(closed.status).toBe(200);
});
afterAll(() => api.close());

const rates = async (query = "") => {
  const { body } = await api.get(`/api/stats/overview${query}`);
  const named = Object.entries(body.rates) as [
    string,
    { numerator: number; denominator: number },
  ][];
  return Object.fromEntries(named.map(([name, r]) => [name, `${r.numerator}/${r.denominator}`]));
};

describe("the rates of calls", () => {
  it("say what they count", async () => {
    expect(await rates()).toMatchObject({
      callRate: "1/2",
      responseRate: "2/2",
      // 30 minutes, and 6.5 hours until the arrival that was the only answer.
      avgResponseMinutes: "420/2",
      arrivalRate: "2/2",
      punctualityRate: "1/2",
      satisfaction: "155.5/2",
    });
    const { body } = await api.get("/api/stats/overview");
    expect(body.rates.satisfaction).toMatchObject({ name: "街道满意度(平均分)", value: 77.75 });
    expect(body.rates.avgResponseMinutes.definition).toContain("÷");
  });

  it("of a department are its own", async () => {
    expect(await rates("?org=SLQ-SJ")).toMatchObject({
      responseRate: "1/1",
      punctualityRate: "0/1",
      satisfaction: "60/1",
    });
    expect(await rates("?org=SLQ-XF")).toMatchObject({ responseRate: "0/0" });
  });

  it("keep to the street and the period", async () => {
    expect(await rates("?org=SLQ-WC")).toMatchObject({ callRate: "1/2" });
    expect(await rates("?org=SLQ-LA")).toMatchObject({ callRate: "0/0" });
    expect(await rates("?from=2026-11-26")).toMatchObject({ responseRate: "0/0" });
  });

  it("count silence once its time is over", async () => {
    const no = await callsBy(api).dispatched({ reportAt: "2026-12-02T09:00:00+08:00" });
    expect(await rates()).toMatchObject({ responseRate: "2/2", arrivalRate: "2/2" });
    api.clock.advance({ days: 1 });
    expect(await rates()).toMatchObject({ responseRate: "2/4", arrivalRate: "2/2" });
    expect(no).toMatch(/^HJ/);
  });
});
