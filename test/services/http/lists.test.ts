import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, openApi } from "../../support/api.ts";

let api: Api;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

interface Item {
  duty: string;
  state: string;
  subject: { no: string };
}

describe("GET /api/obligations", () => {
  it("tells what is owed, by whom, until when", async () => {
    const { no } = (await api.event()).row;
    const { body } = await api.get(`/api/obligations?no=${no}`);
    expect(body.items).toEqual([
      {
        subject: { type: "event", no },
        duty: "accept",
        owner: { personId: null, orgCode: "SLQ-WC" },
        dueAt: "2026-11-25T11:00:00+08:00",
        state: "due",
        nextReminderAt: "2026-11-25T10:30:00+08:00",
        step: 0,
      },
    ]);
  });

  it("tells open, due, overdue and fulfilled apart", async () => {
    const here = await openApi({}, api.database);
    const { no } = (await here.event()).row;
    const duties = async (state: string) =>
      (await here.get(`/api/obligations?no=${no}&state=${state}`)).body.items.map(
        (item: Item) => `${item.duty} ${item.state}`,
      );
    expect(await duties("due")).toEqual(["accept due"]);
    expect(await duties("overdue")).toEqual([]);
    here.clock.advance({ hours: 3 });
    expect(await duties("overdue")).toEqual(["accept overdue"]);
    expect(await duties("due")).toEqual([]);
    expect(await duties("open")).toEqual(["accept overdue"]);
    await here.act(no, { action: "accept" });
    await here.act(no, { action: "assign", orgCode: "SLQ-WC-HWS" });
    await here.act(no, { action: "sign" });
    expect(await duties("open")).toEqual(["complete open"]);
    expect(await duties("due")).toEqual([]);
    expect((await duties("fulfilled")).sort()).toEqual([
      "accept fulfilled",
      "assign fulfilled",
      "sign fulfilled",
    ]);
    await here.close();
  });

  it("leaves out what ended without being done", async () => {
    const { no } = (await api.event()).row;
    await api.act(no, { action: "withdraw" });
    for (const state of ["open", "due", "overdue", "fulfilled"])
      expect((await api.get(`/api/obligations?no=${no}&state=${state}`)).body.items).toEqual([]);
  });

  it("shows people their own and their organisation's, dispatchers their street's", async () => {
    const { no } = (await api.event()).row;
    await api.act(no, { action: "accept" });
    await api.act(no, { action: "assign", orgCode: "SLQ-WC-HWS" });
    const sees = async (who: string) =>
      (await api.get(`/api/obligations?no=${no}`, who)).body.items.map((item: Item) => item.duty);
    expect(await sees("wangchao-huanwei-1")).toEqual(["sign"]);
    expect(await sees("wangchao-dispatcher-1")).toEqual(["sign"]);
    expect(await sees("wangchao-principal")).toEqual(["sign"]);
    expect(await sees("district-supervisor")).toEqual(["sign"]);
    expect(await sees("liuan-dispatcher-1")).toEqual([]);
    expect(await sees("zhifa-responder")).toEqual([]);
    expect(await sees("nantang1-worker")).toEqual([]);
    expect((await api.get("/api/obligations?owner=SLQ-WC-HWS&duty=sign")).body.items).not.toEqual(
      [],
    );
    expect((await api.get("/api/obligations?owner=SLQ-LA&duty=sign,accept")).body.items).toEqual(
      [],
    );
  });

  it("comes in pages, the oldest due first", async () => {
    const here = await openApi({}, api.database);
    const inLiuan = {
      place: { raw: null, addressCode: null, gridCode: "SLQ-LA-LA-1", lng: null, lat: null },
    };
    const made: string[] = [];
    for (let count = 0; count < 3; count++) {
      made.push((await here.event(inLiuan)).row.no);
      here.clock.advance({ minutes: 10 });
    }
    const list = "/api/obligations?owner=SLQ-LA&limit=2";
    const first = (await here.get(list)).body;
    const second = (await here.get(`${list}&cursor=${first.nextCursor}`)).body;
    const nos = [...first.items, ...second.items].map((item: Item) => item.subject.no);
    expect(nos).toEqual(made);
    expect(second.nextCursor).toBeNull();
    await here.close();
  });
});

describe("GET /api/audit", () => {
  it("is for administrators and supervisors", async () => {
    for (const who of ["admin", "district-admin", "district-supervisor"])
      expect((await api.get("/api/audit", who)).status).toBe(200);
    for (const who of ["wangchao-dispatcher-1", "wangchao-principal", "district-dispatcher-1"])
      expect((await api.get("/api/audit", who)).status).toBe(403);
  });

  it("comes in pages, newest first, and can be narrowed", async () => {
    const { no } = (await api.event()).row;
    await api.act(no, { action: "accept", actor: "wangchao-dispatcher-1" });
    await api.act(no, { action: "close", actor: "wangchao-dispatcher-1" });
    const read: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const { body } = await api.get(`/api/audit?limit=2&no=${no}${cursor && `&cursor=${cursor}`}`);
      read.push(...body.items.map((item: { action: string }) => item.action));
      cursor = body.nextCursor;
    }
    expect(read).toEqual(["close", "actAs", "accept", "actAs", "report"]);
    const narrowed = await api.get(
      `/api/audit?no=${no}&actor=wangchao-dispatcher-1&outcome=refused&from=2026-11-25`,
    );
    expect(narrowed.body.items).toEqual([
      expect.objectContaining({ action: "close", outcome: "refused", reason: "notAllowed" }),
    ]);
    expect((await api.get(`/api/audit?no=${no}&to=2026-11-24`)).body.items).toEqual([]);
  });
});
