import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { markEveryDay } from "../../../db/queries/stats/mark-day.ts";
import { type Api, openApi } from "../../support/api.ts";

let api: Api;

/**
 * The events behind two published figures: 上城 2020 (seed 002) with 175,591 events, 175,090 of them done
 * and 41,293 told by the public; 乐清 July to September 2017 (seed 000) with 17,957, 10,309, 33,318 and
 * 202 events of level 1 to 4.
 */
beforeAll(async () => {
  api = await openApi();
  const load = (
    name: string,
    first: string,
    days: number,
    count: number,
    columns: ReturnType<typeof sql>,
  ) =>
    api.database.rows(sql`
      insert into events (site, no, status, level, source, kind, category, urgency, summary, words, parse, created_at)
      select ${api.database.site}, ${name}::text || n, ${columns}, 'report', 'env.binOverflow', 'normal', '', '', '{}',
        ${first}::timestamptz + n % ${days}::int * interval '1 day' + n % 24 * interval '1 hour'
      from generate_series(1, ${count}::int) n`);
  await load(
    "SC",
    "2020-01-01T00:00:00+08:00",
    366,
    175_591,
    sql`
    case when n <= 175090 then 'archived' else 'handling' end, 2, case when n <= 41293 then 'publicTip' else 'app' end`,
  );
  await load(
    "YQ",
    "2017-07-01T00:00:00+08:00",
    92,
    61_786,
    sql`
    'archived', case when n <= 17957 then 1 when n <= 28266 then 2 when n <= 61584 then 3 else 4 end, 'app'`,
  );
  await markEveryDay(api.database);
});
afterAll(() => api.close());

/** As the figures are published: percent to two digits, of the rate to four. */
const percent = (value: number) => `${(value * 100).toFixed(2)}%`;

describe("published figures", () => {
  it("come out of the events: 99.71 % of 175,591 done, 23.52 % told by the public", async () => {
    const { body } = await api.get("/api/stats/overview?from=2020-01-01&to=2020-12-31");
    const { closureRate, publicTipShare } = body.rates;
    expect(closureRate).toMatchObject({ numerator: 175_090, denominator: 175_591, value: 0.9971 });
    expect(percent(closureRate.value)).toBe("99.71%");
    expect(publicTipShare).toMatchObject({ numerator: 41_293, denominator: 175_591 });
    expect(percent(publicTipShare.value)).toBe("23.52%");
  });

  it("come out of the events: 99.67 % of 61,786 within the street", async () => {
    const { body } = await api.get("/api/stats/overview?from=2017-07-01&to=2017-09-30");
    const { gridTownShare } = body.rates;
    expect(gridTownShare).toMatchObject({ numerator: 61_584, denominator: 61_786, value: 0.9967 });
    expect(percent(gridTownShare.value)).toBe("99.67%");
    expect(body.counts.byLevel).toEqual({ 1: 17_957, 2: 10_309, 3: 33_318, 4: 202 });
  });
});
