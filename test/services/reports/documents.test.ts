import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { watchCalls } from "../../../services/workflows/watch-calls.ts";
import { type Api, openApi } from "../../support/api.ts";
import { callsBy, OFFICER } from "../../support/api-calls.ts";
import { docxLines, pdfText } from "../../support/opened-files.ts";
import { ownReportStore, reportBytes } from "../../support/reports.ts";

const store = ownReportStore();
const NOVEMBER = { from: "2026-11-01", to: "2026-11-30" };
let api: Api;
let no: string;

/** 望潮: two events, one done in time. 柳岸: one, late. A call that 市监 never answered, as a supervisor found. */
beforeAll(async () => {
  api = await openApi({ reports: store });
  const set = (eventNo: string, change: ReturnType<typeof sql>) =>
    api.database.orm.execute(sql`update events set ${change} where no = ${eventNo}`);
  await set((await api.event()).row.no, sql`status = 'completed', completed_at = due_at`);
  await api.event({ words: "我是3幢老王,电话13800000001" });
  const place = { raw: null, addressCode: null, gridCode: "SLQ-LA-LA-1", lng: null, lat: null };
  await set((await api.event({ place })).row.no, sql`due_at = '2026-11-24T10:00:00+08:00'`);
  const calls = callsBy(api);
  no = await calls.dispatched();
  await calls.act(no, { action: "respond", deptCode: "SLQ-ZF" });
  api.clock.advance({ hours: 8 });
  await watchCalls(api.database, api.office, (_no, error) => {
    throw error;
  });
  const found = await calls.act(
    no,
    { action: "findFault", deptCode: "SLQ-SJ", fault: "noResponse", note: "未响应" },
    "district-supervisor",
  );
  expect(found.status).toBe(200);
});
afterAll(() => api.close());

const overview = async (org?: string) =>
  (
    await api.get(
      `/api/stats/overview?from=2026-11-01&to=2026-11-30${org === undefined ? "" : `&org=${org}`}`,
    )
  ).body.rates;
const told = (rate: { value: number | null; numerator: number; denominator: number }) =>
  `${rate.value === null ? "—" : `${(rate.value * 100).toFixed(2)}%`}(${rate.numerator}/${rate.denominator})`;

describe("the monthly circular", () => {
  it("says what the API says, by street and department, with findings, best and worst", async () => {
    const lines = docxLines(
      await reportBytes(api, store, { kind: "monthlyCircular", format: "docx", ...NOVEMBER }),
    );
    expect(lines[0]).toBe("示例区月度通报");
    const wangchao = await overview("SLQ-WC");
    const row = lines.find((line) => line.startsWith("望潮街道|")) ?? "";
    expect(row.split("|")).toContain(told(wangchao.closureRate));
    expect(row.split("|")).toContain(told(wangchao.onTimeClosureRate));
    const market = await overview("SLQ-SJ");
    const dept = lines.find((line) => line.startsWith("示例区市场监督管理局|")) ?? "";
    expect(dept.split("|")).toContain(told(market.responseRate));
    expect(dept.split("|")).toContain(told(market.punctualityRate));
    expect(lines).toContain(`${no}|望潮街道|示例区市场监督管理局|不响应|`);
    const standing = lines.find((line) => line.startsWith("按期办结率最高")) ?? "";
    expect(standing).toContain("最高:望潮街道 100.00%(1/1)");
    expect(standing).toContain("最低:柳岸街道 0.00%(0/1)");
    expect(lines.join()).toContain((await overview()).responseRate.definition);
  });

  it("of a street holds that street alone, and no department's figures from elsewhere", async () => {
    const asked = { kind: "monthlyCircular", format: "docx", ...NOVEMBER };
    const lines = docxLines(await reportBytes(api, store, asked, "liuan-principal"));
    expect(lines[0]).toBe("柳岸街道月度通报");
    expect(lines.join("\n")).not.toMatch(/望潮|南塘|HJ2026|各部门呼叫响应/);
  });

  it("is the same as PDF", async () => {
    const text = pdfText(
      await reportBytes(api, store, { kind: "monthlyCircular", format: "pdf", ...NOVEMBER }),
    ).replaceAll(" ", "");
    expect(text).toContain("示例区月度通报");
    expect(text).toContain("按期办结率最高:望潮街道");
    expect(text).toContain(told((await overview("SLQ-WC")).closureRate).slice(0, 6));
  });
});

describe("the weekly brief", () => {
  it("tells rates with numerator and denominator, what is late and with whom", async () => {
    const week = { from: "2026-11-19", to: "2026-11-25" };
    const lines = docxLines(
      await reportBytes(api, store, { kind: "weeklyBrief", format: "docx", ...week }),
    );
    const rates = (await api.get("/api/stats/overview?from=2026-11-19&to=2026-11-25")).body.rates;
    for (const rate of Object.values<{ name: string; numerator: number; denominator: number }>(
      rates,
    )) {
      const row = lines.find((line) => line.startsWith(`${rate.name}|`)) ?? "";
      expect(row.split("|").slice(2, 4)).toEqual([
        String(rate.numerator),
        String(rate.denominator),
      ]);
    }
    expect(lines).toContain("垃圾桶满溢|3|0");
    expect(lines.some((line) => line.startsWith("示例区市场监督管理局|响应|1|"))).toBe(true);
    expect(lines.join("\n")).not.toMatch(/老王|1380000|138\*/);
  });

  it("is the street's own for its people", async () => {
    const asked = { kind: "weeklyBrief", format: "pdf", from: "2026-11-19", to: "2026-11-25" };
    const text = pdfText(await reportBytes(api, store, asked, OFFICER)).replaceAll(" ", "");
    expect(text).toContain("望潮街道周例会简报");
  });
});
