import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimReportFile } from "../../../db/queries/report-files.ts";
import type { ReportStore } from "../../../services/reports/report-store.ts";
import { retireReports } from "../../../services/workflows/render-reports.ts";
import { type Api, openApi } from "../../support/api.ts";
import { ownReportStore, renderAll } from "../../support/reports.ts";

const DISTRICT = "district-dispatcher-1";
const ASKED = { kind: "eventLedger", format: "csv", from: "2026-11-01", to: "2026-11-30" };
let api: Api;
let store: ReportStore;
beforeAll(async () => {
  store = ownReportStore();
  api = await openApi({ reports: store });
});
afterAll(() => api.close());

const file = async (id: string, who: string) =>
  api.app.inject({
    url: `/api/report-files/${id}/file`,
    headers: { authorization: `Bearer ${await api.tokenOf(who)}` },
  });

describe("/api/report-files", () => {
  it("is a row first, then a file that whoever asked may fetch for 30 days", async () => {
    await api.event();
    const asked = await api.post("/api/report-files", ASKED, DISTRICT);
    expect(asked.status).toBe(202);
    expect(asked.body).toMatchObject({ state: "waiting", progress: 0, kindName: "事件台账" });
    const { id } = asked.body;
    expect((await file(id, DISTRICT)).json()).toMatchObject({ code: "notReady" });
    expect(await renderAll(api, store)).toBe(1);
    expect((await api.get(`/api/report-files/${id}`, DISTRICT)).body).toMatchObject({
      state: "ready",
      progress: 100,
      expiresAt: "2026-12-25T09:00:00+08:00",
    });
    const fetched = await file(id, DISTRICT);
    expect(fetched.statusCode).toBe(200);
    expect(String(fetched.headers["content-disposition"])).toContain(
      encodeURIComponent("事件台账-2026-11-01至2026-11-30.csv"),
    );
    expect(fetched.payload).toContain("南塘家园3幢");
    expect(fetched.payload).not.toMatch(/老王/);

    api.clock.advance({ days: 31 });
    expect(await retireReports(api.database, api.office, store)).toBe(1);
    expect((await file(id, "admin")).json()).toMatchObject({ code: "reportGone" });
    expect((await api.get(`/api/report-files/${id}`)).body.state).toBe("expired");
    api.clock.reset();
  });

  it("is nobody else's, and leaves no trace of itself to them", async () => {
    const { id } = (await api.post("/api/report-files", ASKED, DISTRICT)).body;
    await renderAll(api, store);
    for (const who of ["wangchao-officer-1", "district-dispatcher-2", "nantang1-worker"]) {
      expect((await file(id, who)).statusCode).toBe(404);
      expect((await api.get(`/api/report-files/${id}`, who)).status).toBe(404);
    }
    expect((await file(id, "admin")).statusCode).toBe(200);
    const { body } = await api.get("/api/report-files", "wangchao-officer-1");
    expect(body.items).toEqual([]);
  });

  it.each([
    ["nantang1-worker", ASKED, 403],
    ["wangchao-huanwei-1", ASKED, 403],
    ["zhifa-responder", ASKED, 403],
    ["zhifa-responder", { ...ASKED, kind: "callLedger" }, 202],
    ["wangchao-officer-1", { ...ASKED, org: "SLQ-LA" }, 403],
    ["wangchao-officer-1", { ...ASKED, org: "SLQ-WC-NT" }, 202],
    ["wangchao-officer-1", { ...ASKED, org: "SLQ-ZF" }, 403],
    [DISTRICT, { ...ASKED, org: "NOWHERE" }, 422],
    [DISTRICT, { ...ASKED, format: "pdf" }, 422],
    [DISTRICT, { ...ASKED, to: "2026-10-01" }, 422],
    [
      DISTRICT,
      { kind: "weeklyBrief", format: "pdf", from: ASKED.from, to: ASKED.to, org: "SLQ-ZF" },
      422,
    ],
    [DISTRICT, { ...ASKED, from: undefined }, 400],
  ])("answers %s as their right has it: %j → %i", async (who, asked, status) => {
    expect((await api.post("/api/report-files", asked, who)).status).toBe(status);
    await api.database.orm.execute(sql`delete from report_files where state = 'waiting'`);
  });

  it("keeps complaints about people from street officers, and shows the command room numbers only", async () => {
    const { row } = await api.event({ confidential: true, summary: "反映某网格员态度" });
    const ledger = async (who: string) => {
      const { id } = (await api.post("/api/report-files", ASKED, who)).body;
      await renderAll(api, store);
      return (await file(id, who)).payload;
    };
    expect(await ledger("wangchao-officer-1")).not.toContain(row.no);
    const room = await ledger("wangchao-dispatcher-1");
    expect(room).toContain(row.no);
    expect(room).not.toContain("态度");
  });

  it("is taken up again when whoever rendered it died in the middle", async () => {
    const { id } = (await api.post("/api/report-files", ASKED, DISTRICT)).body;
    const lease = new Date(api.realClock.now().getTime() + 60_000);
    expect((await claimReportFile(api.database, api.realClock.now(), lease))?.id).toBe(id);
    expect(await renderAll(api, store)).toBe(0);
    api.realClock.advance({ minutes: 1 });
    expect(await renderAll(api, store)).toBe(1);
    const rows = await api.database.rows(
      sql`select attempts, state from report_files where id = ${id}`,
    );
    expect(rows).toEqual([{ attempts: 2, state: "ready" }]);
  });

  it("is made one at a time: what waits behind it is nobody's yet", async () => {
    for (let n = 0; n < 3; n++) await api.post("/api/report-files", ASKED, DISTRICT);
    expect(await renderAll(api, store)).toBe(3);
    const { body } = await api.post("/api/report-files", ASKED, DISTRICT);
    await api.post("/api/report-files", ASKED, DISTRICT);
    const now = api.realClock.now();
    const claimed = await claimReportFile(api.database, now, new Date(now.getTime() + 60_000));
    expect(claimed?.id).toBe(body.id);
    expect(await renderAll(api, store)).toBe(1);
    await api.database.orm.execute(sql`delete from report_files where state = 'waiting'`);
  });

  it("is not made for somebody who has left meanwhile", async () => {
    const { id } = (await api.post("/api/report-files", ASKED, "district-followup")).body;
    await api.database.orm.execute(
      sql`update people set active = false where id = 'district-followup'`,
    );
    await expect(renderAll(api, store)).rejects.toThrow(id);
    expect((await api.get(`/api/report-files/${id}`)).body.state).toBe("failed");
  });
});
