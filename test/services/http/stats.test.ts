import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, openApi } from "../../support/api.ts";

let api: Api;

/**
 * In 望潮: one closed in time, one completed late after being sent back, one overdue, one withdrawn.
 * In 柳岸: one of level 4, told by the public, and open.
 */
beforeAll(async () => {
  api = await openApi();
  const set = async (no: string, change: ReturnType<typeof sql>) =>
    api.database.orm.execute(sql`update events set ${change} where no = ${no}`);
  const made = async (...args: Parameters<Api["event"]>) => (await api.event(...args)).row.no;

  const closed = await made({ level: 1 });
  await set(closed, sql`status = 'closed', completed_at = due_at, closed_at = due_at`);
  await api.database.orm.execute(
    sql`update event_reporters set rating = 5 where event_no = ${closed}`,
  );
  const late = await made();
  await set(
    late,
    sql`status = 'completed', completed_at = due_at + interval '1 hour', reopen_count = 1`,
  );
  await api.database.orm.execute(
    sql`update event_reporters set rating = 2 where event_no = ${late}`,
  );
  const overdue = await made({ level: 3 });
  await set(overdue, sql`due_at = '2026-11-25T08:00:00+08:00'`);
  await set(await made(), sql`status = 'withdrawn'`);
  await made({
    level: 4,
    source: "publicTip",
    place: { raw: null, addressCode: null, gridCode: "SLQ-LA-LA-1", lng: null, lat: null },
  });
});
afterAll(() => api.close());

const fractions = (body: { rates: Record<string, { numerator: number; denominator: number }> }) =>
  Object.fromEntries(
    Object.entries(body.rates).map(([name, rate]) => [
      name,
      `${rate.numerator}/${rate.denominator}`,
    ]),
  );

describe("GET /api/stats/overview", () => {
  it("states numerator, denominator and definition of every rate", async () => {
    const { body } = await api.get("/api/stats/overview");
    expect(fractions(body)).toEqual({
      closureRate: "2/4",
      onTimeClosureRate: "1/3",
      gridTownShare: "3/4",
      publicTipShare: "1/4",
      satisfactionRate: "1/2",
      overdueRate: "2/4",
      reworkRate: "1/2",
      callRate: "0/2",
      responseRate: "0/0",
      avgResponseMinutes: "0/0",
      arrivalRate: "0/0",
      punctualityRate: "0/0",
      satisfaction: "0/0",
    });
    expect(body.rates.closureRate.value).toBe(0.5);
    for (const rate of Object.values(body.rates) as { definition: string }[])
      expect(rate.definition).toContain("÷");
    expect(body.counts).toEqual({
      created: 5,
      open: 3,
      completed: 2,
      closed: 1,
      byLevel: { 1: 1, 2: 2, 3: 1, 4: 1 },
      bySource: { groupMessage: 4, publicTip: 1 },
      byPlatform: { lawEnforcement: 5 },
      byStatus: { closed: 1, completed: 1, pendingAccept: 2, withdrawn: 1 },
    });
  });

  it.each([
    ["SLQ", 5],
    ["SLQ-WC", 4],
    ["SLQ-LA", 1],
    ["SLQ-WC-NT", 4],
    ["SLQ-LA-QP", 0],
    ["SLQ-WC-NT-1", 4],
    ["SLQ-WC-HWS", 0],
  ])("narrows to %s", async (org, created) => {
    const { body } = await api.get(`/api/stats/overview?org=${org}`);
    expect(body.counts.created).toBe(created);
  });

  it("has no value where there is nothing to divide by", async () => {
    const { body } = await api.get("/api/stats/overview?from=2027-01-01");
    expect(body.rates.closureRate).toMatchObject({ numerator: 0, denominator: 0, value: null });
  });

  it("keeps to the period", async () => {
    const { body } = await api.get("/api/stats/overview?from=2026-11-25&to=2026-11-25");
    expect(body.counts.created).toBe(5);
    expect(body.scope).toEqual({
      from: "2026-11-25T00:00:00+08:00",
      to: "2026-11-26T00:00:00+08:00",
      org: null,
    });
  });

  it.each([
    ["district-dispatcher-1", 5, "SLQ-LA", 200],
    ["wangchao-officer-1", 4, "SLQ-LA", 403],
    ["wangchao-officer-1", 4, "SLQ-WC-NT-1", 200],
    ["wangchao-officer-1", 4, "SLQ", 403],
    ["liuan-dispatcher-1", 1, "SLQ-WC-NT-1", 403],
    ["nantang1-worker", 4, "SLQ-WC-NT-1", 200],
    ["nantang2-worker", 0, "SLQ-WC-NT-1", 403],
    ["zhifa-responder", 0, "SLQ-WC", 403],
    ["zhifa-responder", 0, "SLQ-SJ", 403],
  ])("shows %s the %i events of their own", async (who, created, other, status) => {
    const { body } = await api.get("/api/stats/overview", who);
    expect(body.counts.created).toBe(created);
    for (const path of [
      "overview?",
      "breakdown?by=grid&",
      "trend?",
      "heat?",
      "list?measure=created&",
    ])
      expect((await api.get(`/api/stats/${path}org=${other}`, who)).status).toBe(status);
  });

  it("compares with the period before and the year before", async () => {
    const { body } = await api.get(
      "/api/stats/overview?from=2026-11-01&to=2026-11-25&compare=true",
    );
    expect([body.previous.from, body.previous.to]).toEqual([
      "2026-10-01T00:00:00+08:00",
      "2026-10-26T00:00:00+08:00",
    ]);
    expect(body.lastYear).toMatchObject({ from: "2025-11-01T00:00:00+08:00", created: 0 });
    expect(body.lastYear.rates.closureRate).toEqual({ numerator: 0, denominator: 0, value: null });
  });

  it("says so when nobody has that code", async () => {
    const answer = await api.get("/api/stats/overview?org=NOWHERE");
    expect([answer.status, answer.body.code]).toEqual([422, "unknownOrg"]);
  });
});
