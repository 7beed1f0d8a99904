import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, openApi } from "../../support/api.ts";
import { callsBy, MARKET, OFFICER } from "../../support/api-calls.ts";
import { anyEvent, chanceOf, insertMade } from "../../support/made-events.ts";

let api: Api;

/** Two hundred events of all kinds, and a call that one department answered and another did not. */
beforeAll(async () => {
  api = await openApi();
  const chance = chanceOf(5);
  await insertMade(
    api.database,
    Array.from({ length: 200 }, (_, n) => anyEvent(`SJ20261101-${n}`, api.clock.now(), chance)),
  );
  const calls = callsBy(api);
  const no = await calls.dispatched();
  api.clock.advance({ minutes: 30 });
  await calls.act(no, { action: "respond" }, "zhifa-responder");
  api.clock.advance({ hours: 4 });
  await calls.act(no, { action: "checkIn", ...MARKET }, "zhifa-responder");
  await calls.act(no, { action: "complete", note: "好了" }, "zhifa-responder");
  api.clock.advance({ hours: 2 });
  await calls.act(no, { action: "checkIn", ...MARKET }, "shijian-responder");
  await calls.act(no, { action: "complete", note: "好了" }, "shijian-responder");
  const scores = { "SLQ-ZF": 95.5, "SLQ-SJ": 60 };
  await calls.act(no, { action: "close", note: "好了", scores }, OFFICER);
});
afterAll(() => api.close());

interface Row {
  no: string;
  type: string;
  visible: boolean;
  summary: string | null;
  value: number | null;
  deptCode: string | null;
}

async function rowsOf(query: string, who = "admin", limit = 40): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor = "";
  for (;;) {
    const { status, body } = await api.get(`/api/stats/list?limit=${limit}&${query}${cursor}`, who);
    expect([status, query]).toEqual([200, query]);
    rows.push(...body.items);
    if (body.nextCursor === null) return rows;
    cursor = `&cursor=${body.nextCursor}`;
  }
}

type Rates = Record<string, { numerator: number; denominator: number }>;
/** Their numerator is a sum over the rows of the denominator. */
const AVERAGES = ["avgResponseMinutes", "satisfaction"];

/** Every number of the rates leads to as many rows as it says. */
async function expectRows(rates: Rates, query: string, who: string) {
  for (const [measure, { numerator, denominator }] of Object.entries(rates)) {
    for (const [part, number] of [
      ["numerator", numerator],
      ["denominator", denominator],
    ] as const) {
      const rows = await rowsOf(`measure=${measure}&part=${part}&${query}`, who);
      const isSum = part === "numerator" && AVERAGES.includes(measure);
      const told = isSum
        ? rows.reduce((sum, { value }) => sum + (value ?? Number.NaN), 0)
        : rows.length;
      expect([measure, part, query, who, told]).toEqual([measure, part, query, who, number]);
    }
  }
}

describe("the list behind a number", () => {
  it.each([
    ["admin", ""],
    ["admin", "from=2026-11-20&to=2026-11-27&"],
    ["admin", "org=SLQ-ZF&"],
    ["wangchao-officer-1", "from=2026-11-18T10:00:00%2B08:00&"],
    ["liuan-dispatcher-1", ""],
    ["zhifa-responder", ""],
    ["nantang1-worker", ""],
  ])("of %s, asked for %s, has as many rows as the number says", async (who, query) => {
    const { body } = await api.get(`/api/stats/overview?${query}`, who);
    await expectRows(body.rates, query, who);
    for (const [measure, count] of [
      ["created", body.counts.created],
      ["open", body.counts.open],
      ["completed", body.counts.completed],
      ["closed", body.counts.closed],
    ]) {
      expect((await rowsOf(`measure=${measure}&${query}`, who)).length).toBe(count);
    }
  });

  it.each(["street", "grid", "department", "category"])(
    "holds for every row by %s, which are told apart completely",
    async (by) => {
      const who = "wangchao-dispatcher-1";
      const { body } = await api.get(`/api/stats/breakdown?by=${by}`, who);
      expect(body.items.length).toBeGreaterThan(0);
      for (const { key, rates } of body.items) {
        const { callRate, closureRate, arrivalRate, satisfactionRate } = rates;
        const some = by === "category" ? {} : { callRate, arrivalRate };
        await expectRows({ closureRate, satisfactionRate, ...some }, `by=${by}&key=${key}&`, who);
      }
      if (by === "department") return;
      const overview = (await api.get("/api/stats/overview", who)).body;
      const sum = (items: { created: number }[]) =>
        items.reduce((all, { created }) => all + created, 0);
      expect(sum(body.items)).toBe(overview.counts.created);
    },
  );

  it("holds for the hours of the week and the days of a trend", async () => {
    const heat = (await api.get("/api/stats/heat")).body.items as {
      weekday: number;
      hour: number;
      created: number;
    }[];
    const most = heat.reduce((a, b) => (b.created > a.created ? b : a));
    const key = (most.weekday - 1) * 24 + most.hour;
    expect(await rowsOf(`measure=created&by=hour&key=${key}`)).toHaveLength(most.created);
    const trend = (await api.get("/api/stats/trend?unit=week")).body.items;
    for (const { from, to, created } of trend)
      expect(await rowsOf(`measure=created&from=${from}&to=${to}`)).toHaveLength(created);
    expect(heat.reduce((sum, { created }) => sum + created, 0)).toBe(200);
  });

  it("is the same whatever the size of its pages", async () => {
    const whole = await rowsOf("measure=created", "admin", 200);
    expect(await rowsOf("measure=created", "admin", 7)).toEqual(whole);
    expect(new Set(whole.map(({ no }) => no)).size).toBe(200);
  });

  it("keeps the words of what somebody may not open, and confidential events out of it", async () => {
    const rows = await rowsOf("measure=created", "zhifa-responder");
    for (const { visible, summary } of rows) expect(summary === null).toBe(!visible);
    const officer = await rowsOf("measure=created", "wangchao-officer-1");
    const dispatcher = await rowsOf("measure=created", "wangchao-dispatcher-1");
    expect(dispatcher.length).toBeGreaterThan(officer.length);
    expect(officer.every(({ visible }) => visible)).toBe(true);
    expect(JSON.stringify(officer)).not.toMatch(/phone|reporter|words/);
  });

  it("refuses a cursor of another list, and calls by what they are not told apart by", async () => {
    expect((await api.get("/api/stats/list?measure=created&cursor=x")).status).toBe(400);
    const answer = await api.get("/api/stats/list?measure=arrivalRate&by=category&key=a");
    expect([answer.status, answer.body.code]).toEqual([422, "invalidValue"]);
    const long = await api.get("/api/stats/trend?unit=day&from=1990-01-01");
    expect(long.status).toBe(422);
    expect((await api.get("/api/stats/overview?from=0001-01-01")).status).toBe(400);
  });
});
