import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listAudit } from "../../../../db/queries/audit-lists.ts";
import { openCallNos } from "../../../../db/queries/calls.ts";
import { NOWHERE } from "../../../../services/domain/event.ts";
import { type CallOffice, OFFICER, openCallOffice } from "../../../support/call-office.ts";
import { faultsIn, responseIn } from "../../../support/call-tickets.ts";

let calls: CallOffice;
beforeAll(async () => {
  calls = await openCallOffice();
  await calls.fresh();
});
afterAll(() => calls.close());

const refusals = async (): Promise<string[]> =>
  (await listAudit(calls.database, { action: "callDraft", outcome: "refused" }, null, 50)).map(
    ({ reason }) => reason ?? "",
  );

describe("the gates of a call", () => {
  it("let nobody through who has no right, and keep a trace", async () => {
    const before = await openCallNos(calls.database, null);
    for (const by of ["wangchao-dispatcher-1", "zhifa-responder", "district-dispatcher-1"])
      expect(await calls.draft({}, { by })).toMatchObject({ ok: false, code: "noRight" });
    expect(await openCallNos(calls.database, null)).toEqual(before);
    expect(await refusals()).toEqual(["noRight", "noRight", "noRight"]);
  });

  it("let nothing through that one department can do by itself", async () => {
    const alone = { cause: "路边一处小摊占道经营", deptCodes: ["SLQ-SJ"] };
    expect(await calls.draft(alone)).toMatchObject({ code: "notComplex" });
    expect(await calls.draft({ ...alone, cause: "路边小摊占道经营反复回潮" })).toMatchObject({
      ok: true,
    });
  });

  it("let nothing through that is not on the list", async () => {
    const piano = { cause: "楼上邻居弹钢琴反复投诉" };
    expect(await calls.draft(piano, { categories: ["dispute.neighbor"] })).toMatchObject({
      code: "notOnList",
    });
    expect(await calls.draft({ itemNo: "82" })).toMatchObject({ code: "notOnList" });
    expect(await calls.draft({ itemNo: "65" })).toMatchObject({
      ok: true,
      call: { state: { itemNo: "65" } },
    });
  });
});

describe("a draft", () => {
  it("that lacks nothing goes to the principal by itself", async () => {
    const no = await calls.drafted();
    expect(await calls.state(no)).toMatchObject({
      status: "pendingApproval",
      itemNo: "1",
      streetCode: "SLQ-WC",
      createdBy: { personId: OFFICER },
    });
    expect(await calls.steps(no)).toEqual(["draft → draft", "submit → pendingApproval"]);
    expect(await calls.duties(no)).toEqual(["approve wangchao-principal 25 11:00"]);
    expect(await calls.notices(no)).toEqual(["callToApprove"]);
  });

  it("that lacks something stays with the officer until the last word is said", async () => {
    const outcome = await calls.draft({ place: null, reportAt: null });
    expect(outcome).toMatchObject({ ok: true, missing: ["place", "reportAt"] });
    const no = outcome.ok ? outcome.call.row.no : "";
    expect(await calls.state(no)).toMatchObject({ status: "draft", place: NOWHERE });
    expect(await calls.duties(no)).toEqual([]);
    await calls.does(no, { action: "amend", place: { raw: "南塘街" } }, OFFICER);
    const done = await calls.does(
      no,
      { action: "amend", reportAt: "2026-11-26T10:00:00+08:00" },
      OFFICER,
    );
    expect(done.status).toBe("pendingApproval");
  });

  it("of the same message is the same draft", async () => {
    const messageId = randomUUID();
    const first = await calls.draft({}, { messageId });
    const second = await calls.draft({ cause: "占道油烟反复,另一种说法" }, { messageId });
    expect(first.ok && first.call.row.no).toBe(second.ok && second.call.row.no);
    expect(second.ok && second.call.state.cause).toBe("夜市占道油烟反复整治");
  });

  it("gets a number of its day", async () => {
    expect(await calls.drafted()).toMatch(/^HJ20261125-\d{3}$/);
  });
});

describe("an emergency", () => {
  it("is sent at once, and its signature is owed within two hours by the clock", async () => {
    calls.clock.advance({ hours: 14 }); // 23:00
    const outcome = await calls.draft(
      { callType: "emergency", cause: "厂房彩钢瓦要掉", deptCodes: ["SLQ-YJ"], reportAt: null },
      { categories: [] },
    );
    const no = outcome.ok ? outcome.call.row.no : "";
    const state = await calls.state(no);
    expect(state).toMatchObject({ status: "dispatched", approval: null, itemNo: null });
    expect(responseIn(state, "SLQ-YJ").respondBy).toEqual(new Date("2026-11-25T23:15:00+08:00"));
    expect(faultsIn(state, "SLQ-YJ")).toEqual([]);
    expect(await calls.duties(no)).toEqual([
      "respond SLQ-YJ 25 23:15",
      "arrive SLQ-YJ 25 23:30",
      "supplementApproval wangchao-principal 26 01:00",
    ]);
    await calls.does(no, { action: "approve" }, "wangchao-principal");
    expect(await calls.ended(no)).toEqual(["supplementApproval fulfilled"]);
    expect((await calls.state(no)).status).toBe("dispatched");
  });

  it("names its departments", async () => {
    expect(await calls.draft({ callType: "emergency", deptCodes: [] })).toMatchObject({
      code: "fieldRequired",
      detail: { field: "departments" },
    });
  });
});
