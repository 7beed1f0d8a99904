import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listCalls } from "../../../db/queries/call-lists.ts";
import { findCall } from "../../../db/queries/calls.ts";
import { findPersonById } from "../../../db/queries/directory.ts";
import { maySeeCall } from "../../../services/domain/call-rights.ts";
import { callScope } from "../../../services/domain/call-scope.ts";
import { personActor } from "../../../services/http/auth.ts";
import { type Api, openApi } from "../../support/api.ts";
import {
  A_CALL,
  type Calls,
  callsBy,
  DISTRICT,
  MARKET,
  OFFICER,
  PRINCIPAL,
} from "../../support/api-calls.ts";

let api: Api;
let calls: Calls;
beforeAll(async () => {
  api = await openApi();
  calls = callsBy(api);
});
afterAll(() => api.close());

const dept = (body: { responses: { deptCode: string }[] }, code: string) =>
  body.responses.find(({ deptCode }) => deptCode === code);

describe("a call's life by the API", () => {
  it("goes from draft to follow-up, each step by whom it is due", async () => {
    const drafted = await calls.draft();
    expect(drafted.status).toBe(201);
    expect(drafted.body).toMatchObject({
      status: "pendingApproval",
      callType: "complex",
      street: "SLQ-WC",
      wantedDepts: ["SLQ-ZF", "SLQ-SJ"],
      place: { raw: "南塘农贸市场", addressCode: "DZ0003", ...MARKET },
      approval: null,
      missing: [],
    });
    const { no } = drafted.body;
    expect(no).toMatch(/^HJ20261125-\d{3,}$/);
    const steps: [string, Record<string, unknown>, string][] = [
      [PRINCIPAL, { action: "approve" }, "approved"],
      [DISTRICT, { action: "assess" }, "assessing"],
      [
        DISTRICT,
        {
          action: "dispatch",
          departments: [{ deptCode: "SLQ-ZF", headcount: 2 }, { deptCode: "SLQ-SJ" }],
          reportAt: A_CALL.reportAt,
          reportPlace: "南塘农贸市场",
        },
        "dispatched",
      ],
      ["zhifa-responder", { action: "respond", headcount: 2 }, "dispatched"],
      ["shijian-responder", { action: "respond" }, "dispatched"],
      ["zhifa-responder", { action: "checkIn", ...MARKET }, "onSite"],
      ["shijian-responder", { action: "checkIn" }, "onSite"],
      [OFFICER, { action: "confirmArrival", deptCode: "SLQ-SJ" }, "onSite"],
      ["zhifa-responder", { action: "complete", note: "拆棚3处" }, "onSite"],
      ["shijian-responder", { action: "complete", reason: "立案2起" }, "pendingClosing"],
      [
        OFFICER,
        { action: "close", note: "两家都办完了", scores: { "SLQ-ZF": 95, "SLQ-SJ": 90 } },
        "closed",
      ],
      [
        "district-followup",
        { action: "followUp", note: "群众反映已解决", satisfied: true },
        "closed",
      ],
    ];
    for (const [who, command, status] of steps) {
      const answer = await calls.act(no, command, who);
      expect([command.action, answer.status, answer.body.status]).toEqual([
        command.action,
        200,
        status,
      ]);
    }
    const { body } = await api.get(`/api/call-tickets/${no}`);
    expect(body.approval).toMatchObject({
      by: { personId: PRINCIPAL },
      at: "2026-11-25T09:00:00+08:00",
    });
    expect(dept(body, "SLQ-ZF")).toMatchObject({
      status: "evaluated",
      headcount: 2,
      respondBy: "2026-11-25T11:00:00+08:00",
      arriveBy: "2026-11-25T14:30:00+08:00",
      checkIn: { ...MARKET, distanceM: 0, late: false },
      completion: "拆棚3处",
      score: 95,
      faults: [],
    });
    expect(dept(body, "SLQ-SJ")).toMatchObject({ headcount: 2, checkIn: { distanceM: null } });
    expect(body).toMatchObject({
      closingOpinion: "两家都办完了",
      followUp: { result: expect.stringContaining("已解决") },
    });
    expect(body.steps.map(({ action }: { action: string }) => action)).toEqual([
      "draft",
      "submit",
      ...steps.map(([, { action }]) => action),
    ]);
    expect(body.upward.map((row: { occasion: string }) => row.occasion)).toEqual([
      "call",
      "closing",
    ]);
  });

  it("sends an emergency out before anybody signs", async () => {
    const { body, status } = await calls.draft({
      cause: "厂房彩钢瓦要掉",
      categories: [],
      callType: "emergency",
      departments: ["SLQ-ZJ", { deptCode: "SLQ-YJ" }],
      deptCodes: undefined,
      reportAt: undefined,
    });
    expect([status, body.status, body.approval]).toEqual([201, "dispatched", null]);
    expect(body.responses[0]).toMatchObject({
      respondBy: "2026-11-25T09:15:00+08:00",
      arriveBy: "2026-11-25T09:30:00+08:00",
    });
    const signed = await calls.act(body.no, { action: "approve" }, PRINCIPAL);
    expect(signed.body).toMatchObject({
      status: "dispatched",
      approval: { by: { name: "王振邦" } },
    });
    const occasions = signed.body.upward.map((row: { occasion: string }) => row.occasion);
    expect(occasions).toEqual(["call", "supplement"]);
  });

  it("says what a draft lacks and goes for signature once it has it", async () => {
    const { body } = await calls.draft({ reportAt: undefined, place: undefined });
    expect(body).toMatchObject({ status: "draft", missing: ["place", "reportAt"] });
    const amended = await calls.act(
      body.no,
      { action: "amend", reportPlace: "南塘菜场", reportAt: A_CALL.reportAt },
      OFFICER,
    );
    expect(amended.body).toMatchObject({
      status: "pendingApproval",
      missing: [],
      place: { raw: "南塘菜场", addressCode: "DZ0003" },
    });
  });

  it("keeps an arrival without a position, or from afar, as a claim", async () => {
    const no = await calls.dispatched();
    const far = await calls.act(
      no,
      { action: "checkIn", lng: 120.55, lat: 28.51 },
      "zhifa-responder",
    );
    const claimed = dept(far.body, "SLQ-ZF") as unknown as { claim: { distanceM: number } };
    expect(claimed).toMatchObject({ status: "accepted", checkIn: null });
    expect(claimed.claim.distanceM).toBeGreaterThan(300);
    const rough = await calls.act(
      no,
      { action: "checkIn", ...MARKET, accuracyM: 900 },
      "shijian-responder",
    );
    expect(dept(rough.body, "SLQ-SJ")).toMatchObject({ checkIn: null, claim: { distanceM: 0 } });
    expect(rough.body.steps.at(-1).note).toContain("误差约900米");
  });

  it("measures arrivals at a place it does not know against the one that was positioned by hand", async () => {
    const { no } = (await calls.draft({ place: { raw: "无名巷口", ...MARKET } })).body;
    await calls.act(no, { action: "approve" }, PRINCIPAL);
    const { body } = await calls.act(
      no,
      {
        action: "dispatch",
        deptCode: "SLQ-ZF",
        headcount: 3,
        reportAt: A_CALL.reportAt,
        place: "无名巷口",
      },
      DISTRICT,
    );
    expect(body.reportPlace).toMatchObject({ raw: "无名巷口", ...MARKET });
    expect(dept(body, "SLQ-ZF")).toMatchObject({ headcount: 3, deptName: "示例区综合行政执法局" });
  });
});

describe("a refusal", () => {
  it("of a step out of turn says what is possible instead", async () => {
    const { no } = (await calls.draft()).body;
    const answer = await calls.act(no, { action: "close", note: "好了" }, OFFICER);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(answer).toMatchObject({
      status: 409,
      body: { code: "notAllowed", allowed: ["amend", "cancel", "urge"] },
    });
    expect(answer.body.detail).toBe("现在是「待签批」,不能结案。现在可以:修改、撤销、催办。");
  });

  it("of somebody without the right changes nothing and is audited", async () => {
    const { no } = (await calls.draft()).body;
    const answer = await calls.act(no, { action: "approve" }, OFFICER);
    expect([answer.status, answer.body.code]).toEqual([403, "noRight"]);
    expect((await api.get(`/api/call-tickets/${no}`)).body.status).toBe("pendingApproval");
    const { items } = (await api.get(`/api/audit?no=${no}`)).body;
    expect(items[0]).toMatchObject({
      action: "approve",
      outcome: "refused",
      reason: "noRight",
      actor: { personId: OFFICER },
    });
  });

  it.each([
    [{ deptCodes: ["SLQ-XX"] }, "unknownOrg"],
    [{ deptCodes: ["SLQ-WC"] }, "invalidValue"],
    [{ itemNo: "999" }, "invalidValue"],
    [{ place: { raw: "某处", addressCode: "DZ9999" } }, "invalidValue"],
    [{ cause: "有个事情", categories: [] }, "notOnList"],
    [{ cause: "路灯坏了", deptCodes: ["SLQ-ZF"] }, "notComplex"],
  ])("of a draft with %j says %s", async (changes, code) => {
    const answer = await calls.draft(changes);
    expect([answer.status, answer.body.code]).toEqual([422, code]);
  });

  it("of a dispatch without its three parts names what is missing", async () => {
    const { no } = (await calls.draft()).body;
    await calls.act(no, { action: "approve" }, PRINCIPAL);
    const answer = await calls.act(no, { action: "dispatch", departments: ["SLQ-ZF"] }, DISTRICT);
    expect([answer.status, answer.body.code]).toEqual([422, "fieldRequired"]);
    expect(answer.body.detail).toContain("reportAt");
  });
});

describe("the administrator's token", () => {
  it("acts for a person, which is audited as such", async () => {
    const { no } = (await calls.draft({ actor: OFFICER }, "admin")).body;
    const signed = await calls.act(no, { action: "approve", actor: PRINCIPAL });
    expect(signed.body.approval.by.personId).toBe(PRINCIPAL);
    const { items } = (await api.get(`/api/audit?no=${no}&action=actAs`)).body;
    expect(items.map(({ reason }: { reason: string }) => reason)).toEqual([
      `approve for ${PRINCIPAL}`,
      `callDraft for ${OFFICER}`,
    ]);
  });

  it("drafts for the street of the place, or the one it names", async () => {
    expect((await calls.draft({}, "admin")).body.street).toBe("SLQ-WC");
    expect((await calls.draft({ street: "SLQ-LA" }, "admin")).body.street).toBe("SLQ-LA");
    const nowhere = await calls.draft({ place: "无名巷口" }, "admin");
    expect([nowhere.status, nowhere.body.errors[0].field]).toEqual([422, "body.street"]);
  });
});

describe("GET /api/call-tickets", () => {
  it("shows everybody what they may see, and the same as one by one", async () => {
    await calls.dispatched();
    await calls.draft({ street: "SLQ-LA" }, "admin");
    const nos = await listCalls(api.database, "everything", {}, null, 200);
    for (const id of [
      OFFICER,
      "liuan-officer-1",
      "zhifa-responder",
      "yingji-responder",
      DISTRICT,
    ]) {
      const person = await findPersonById(api.database, id);
      if (person === null) throw new Error(id);
      const actor = personActor(person);
      const visible: string[] = [];
      for (const { no } of nos) {
        const call = await findCall(api.database, no);
        if (call !== null && maySeeCall(actor, call.state)) visible.push(no);
      }
      if (id !== "yingji-responder") expect([id, visible.length]).not.toEqual([id, 0]);
      const listed = await listCalls(api.database, callScope(actor), {}, null, 200);
      expect([id, listed.map(({ no }) => no)]).toEqual([id, visible]);
      const { body } = await api.get("/api/call-tickets?limit=200", id);
      expect(body.items.map(({ no }: { no: string }) => no)).toEqual(visible);
    }
  });

  it("hides a call from whom it does not concern", async () => {
    const { no } = (await calls.draft()).body;
    expect((await api.get(`/api/call-tickets/${no}`, "liuan-officer-1")).status).toBe(404);
    expect((await api.get(`/api/call-tickets/${no}`, "xiaofang-responder")).status).toBe(404);
    expect((await api.get(`/api/call-tickets/${no}`, null)).status).toBe(401);
  });

  it("pages and narrows", async () => {
    const all = (await api.get("/api/call-tickets?limit=200")).body.items;
    const paged: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const { body } = await api.get(`/api/call-tickets?limit=3${cursor && `&cursor=${cursor}`}`);
      paged.push(...body.items.map(({ no }: { no: string }) => no));
      cursor = body.nextCursor;
    }
    expect(paged).toEqual(all.map(({ no }: { no: string }) => no));
    const narrowed = async (query: string) =>
      (await api.get(`/api/call-tickets?limit=200&${query}`)).body.items.length;
    const having = (fits: (item: Record<string, unknown>) => boolean) => all.filter(fits).length;
    expect(await narrowed("status=closed")).toBe(having(({ status }) => status === "closed"));
    expect(await narrowed("callType=emergency")).toBe(1);
    expect(await narrowed("street=SLQ-LA")).toBe(having(({ street }) => street === "SLQ-LA"));
    expect(await narrowed("dept=SLQ-YJ")).toBe(1);
    expect(await narrowed("from=2026-11-26")).toBe(0);
    expect((await api.get("/api/call-tickets?cursor=nonsense")).status).toBe(400);
  });
});

describe("GET /api/obligations", () => {
  it("shows what departments owe a call to them and to the calling street", async () => {
    const no = await calls.dispatched();
    for (const who of ["zhifa-responder", OFFICER, DISTRICT]) {
      const { items } = (await api.get(`/api/obligations?no=${no}`, who)).body;
      expect(items).toContainEqual(
        expect.objectContaining({
          subject: { type: "callTicket", no },
          duty: "respond",
          owner: { personId: null, orgCode: "SLQ-ZF" },
          state: "due",
        }),
      );
    }
    const others = (await api.get(`/api/obligations?no=${no}`, "liuan-officer-1")).body;
    expect(others.items).toEqual([]);
  });
});
