import { describe, expect, it } from "vitest";
import { actorRef } from "../../../services/domain/actor.ts";
import { isSettled } from "../../../services/domain/call-ticket.ts";
import {
  aCall,
  aDispatchedCall,
  aFault,
  anEmergency,
  anItem,
  aResponse,
  at,
  callAfter,
  change,
  decided,
  district,
  faultsIn,
  hasArrived,
  hasCompleted,
  principal,
  responderOf,
  responseIn,
  type SaidDispatch,
  told,
} from "../../support/call-tickets.ts";

const approved = aCall({
  status: "approved",
  approval: { by: actorRef(principal), at: at("08:50") },
});
const corner = { raw: "滨河路解放街口" };
const send = (names: string[], more: Partial<SaidDispatch> = {}): SaidDispatch => ({
  action: "dispatch",
  departments: names.map((deptCode) => ({ deptCode, headcount: 2 })),
  ...more,
});
const whole = send(["ZF", "SJ"], {
  reportAt: "2026-11-26T19:40:00+08:00",
  reportPlace: corner,
});

describe("the first dispatch", () => {
  it("requires departments, time and place, and names what is missing", () => {
    expect(decided(approved, { action: "dispatch" }, district)).toMatchObject({
      code: "fieldRequired",
      detail: { missing: ["departments", "reportAt", "reportPlace"] },
    });
    // What the street wished for does not stand in for what the district says.
    expect(decided(approved, send(["ZF"]), district)).toMatchObject({
      detail: { field: "reportAt", missing: ["reportAt", "reportPlace"] },
    });
    expect(
      decided(approved, send(["ZF"], { reportAt: "2026-11-26T19:40:00+08:00" }), district),
    ).toMatchObject({ detail: { missing: ["reportPlace"] } });
  });

  it("tells every department and the calling street", () => {
    const sent = change(approved, whole, district);
    expect(sent.to).toBe("dispatched");
    expect(told(sent)).toEqual([
      "department:ZF callDispatched",
      "department:SJ callDispatched",
      "callingStreet callDispatchedToStreet",
    ]);
    expect(sent.note).toBe("派遣:ZF2人、SJ2人");
  });

  it("asks for an answer within the item's working minutes, and for arrival at the planned time", () => {
    const morning = responseIn(callAfter(approved, whole, district, at("11:00")), "ZF");
    // An hour before noon, an hour after two.
    expect(morning.respondBy).toEqual(at("15:00"));
    expect(morning.arriveBy).toEqual(at("26 19:40"));
    const quick = callAfter(approved, whole, district, at("09:00"), {
      item: anItem({ respondMinutes: 60 }),
    });
    expect(responseIn(quick, "ZF").respondBy).toEqual(at("10:00"));
    const open = { item: anItem({ respondMinutes: null, headcount: 3 }) };
    const byDefault = callAfter(
      approved,
      { ...whole, departments: [{ deptCode: "ZF" }] },
      district,
      at("09:00"),
      open,
    );
    expect(responseIn(byDefault, "ZF")).toMatchObject({ respondBy: at("11:00"), headcount: 3 });
  });

  it("says of a number nobody named that the list requires it", () => {
    const counts = (headcount: number | null) =>
      change(
        approved,
        { ...whole, departments: [{ deptCode: "ZF", headcount }] },
        district,
        at("09:00"),
        { item: anItem({ headcount: 4 }) },
      ).notices[0]?.params;
    expect(counts(null)).toMatchObject({ headcount: 4, fromList: true });
    expect(counts(4)).toMatchObject({ headcount: 4, fromList: false });
  });

  it("sends a department that is named twice once", () => {
    expect(
      callAfter(approved, { ...whole, ...send(["ZF", "ZF"]) }, district).responses,
    ).toHaveLength(1);
  });
});

describe("a later dispatch", () => {
  const call = aDispatchedCall();

  it("adds a department and leaves the others' clocks alone", () => {
    const more = change(call, send(["HJ"]), district, at("10:00"));
    expect(more.responses.map(({ deptCode }) => deptCode)).toEqual(["ZF", "SJ", "HJ"]);
    expect(more.responses.slice(0, 2)).toEqual(call.responses);
    expect(more.responses[2]).toMatchObject({ respondBy: at("12:00"), arriveBy: at("26 19:40") });
    expect(more.note).toBe("增派:HJ2人");
    expect(told(more)).toEqual(["department:HJ callDispatched", "callingStreet callRedispatched"]);
  });

  it("changes how many are asked for", () => {
    const more = callAfter(
      call,
      { action: "dispatch", departments: [{ deptCode: "ZF", headcount: 4 }] },
      district,
      at("10:00"),
    );
    expect(responseIn(more, "ZF")).toEqual({ ...call.responses[0], headcount: 4 });
  });

  it("replaces one by another, with a trace of both", () => {
    const swapped = change(call, send(["HJ"], { replaces: ["SJ"] }), district, at("10:00"));
    expect(swapped.responses.map((one) => [one.deptCode, one.releasedAt])).toEqual([
      ["ZF", null],
      ["SJ", at("10:00")],
      ["HJ", null],
    ]);
    expect(swapped.note).toBe("增派:HJ2人;替换:SJ");
    expect(told(swapped)).toContain("department:SJ callReleased");
  });

  it("refuses to replace by nobody, or one that was never called", () => {
    expect(
      decided(call, { action: "dispatch", replaces: ["SJ"] }, district, at("10:00")),
    ).toMatchObject({ code: "fieldRequired", detail: { missing: ["departments"] } });
    expect(decided(call, send(["HJ"], { replaces: ["SW"] }), district, at("10:00"))).toMatchObject({
      code: "notFound",
      detail: { deptCode: "SW" },
    });
  });

  it("that changes nothing is none", () => {
    expect(decided(call, { action: "dispatch" }, district, at("10:00"))).toMatchObject({
      code: "fieldRequired",
    });
  });

  it("moves the time for whoever has not come yet", () => {
    const half = { ...call, responses: [hasArrived("ZF"), aResponse("SJ")] };
    const moved = change(
      half,
      { action: "dispatch", reportAt: "2026-11-26T20:30:00+08:00" },
      district,
      at("26 10:00"),
    );
    expect(moved.responses.map(({ arriveBy }) => arriveBy)).toEqual([
      at("26 19:40"),
      at("26 20:30"),
    ]);
    expect(moved.responses[1]?.respondBy).toEqual(at("11:00"));
    expect(moved.note).toBe("改为:11月26日20:30 滨河路解放街口");
    expect(told(moved)).toEqual([
      "department:ZF callMoved",
      "department:SJ callMoved",
      "callingStreet callRedispatched",
    ]);
  });

  it("moves the place of an emergency without giving anybody more time", () => {
    const moved = callAfter(
      anEmergency(),
      { action: "dispatch", reportPlace: { raw: "厂房南门" } },
      district,
      at("09:20"),
    );
    expect(moved.reportPlace.raw).toBe("厂房南门");
    expect(responseIn(moved, "ZF").arriveBy).toEqual(at("09:30"));
  });

  it("takes a ticket that waited for closing back to the field", () => {
    const waiting = aDispatchedCall({ status: "pendingClosing", responses: [hasCompleted("ZF")] });
    expect(change(waiting, send(["HJ"]), district, at("26 21:30")).to).toBe("onSite");
  });
});

describe("an objection", () => {
  const objected = callAfter(
    aDispatchedCall(),
    { action: "decline", reason: "油烟属生态环境职责" },
    responderOf("SJ"),
    at("09:30"),
  );

  it("that the district agrees to lets the department go", () => {
    const released = change(
      objected,
      { action: "release", deptCode: "SJ", reason: "理由成立" },
      district,
      at("10:00"),
    );
    expect(released.to).toBe("dispatched");
    expect(responseIn(released, "SJ")).toMatchObject({
      status: "declined",
      releasedAt: at("10:00"),
      faults: [],
    });
    expect(told(released)).toEqual([
      "department:SJ callReleased",
      "callingStreet callDepartmentReleased",
    ]);
  });

  it("that the district does not share begins the department's time anew", () => {
    const insisted = change(objected, send(["SJ"]), district, at("10:00"));
    expect(insisted.responses).toHaveLength(2);
    expect(responseIn(insisted, "SJ")).toMatchObject({
      status: "notified",
      respondedAt: null,
      dispatchedAt: at("10:00"),
      respondBy: at("12:00"),
      arriveBy: at("26 19:40"),
    });
    expect(told(insisted)).toContain("department:SJ callDispatched");
  });

  it("that came late stays late when the department is called again", () => {
    const late = callAfter(
      aDispatchedCall(),
      { action: "decline", reason: "不归我们" },
      responderOf("SJ"),
      at("14:10"),
    );
    const insisted = callAfter(late, send(["SJ"]), district, at("14:30"));
    expect(faultsIn(insisted, "SJ")).toEqual(["lateResponse"]);
  });
});

describe("letting a department go", () => {
  it("refuses one that is not called, or has done its work", () => {
    const call = aDispatchedCall({ responses: [hasCompleted("ZF"), aResponse("SJ")] });
    expect(decided(call, { action: "release", deptCode: "SW" }, district)).toMatchObject({
      code: "notFound",
    });
    expect(decided(call, { action: "release", deptCode: "ZF" }, district)).toMatchObject({
      code: "notAllowed",
      detail: { completed: "11月26日21:00" },
    });
  });

  it("leaves the ticket to the street when all others are done, or nobody is left", () => {
    const one = aDispatchedCall({
      status: "onSite",
      responses: [hasCompleted("ZF"), aResponse("SJ")],
    });
    const last = change(one, { action: "release", deptCode: "SJ" }, district, at("26 21:30"));
    expect(last.to).toBe("pendingClosing");
    expect(last.notices.at(-1)).toMatchObject({ kind: "callToClose", params: { silent: [] } });
    const alone = aDispatchedCall({ responses: [aResponse("SJ")] });
    expect(change(alone, { action: "release", deptCode: "SJ" }, district).to).toBe(
      "pendingClosing",
    );
  });

  it("names whoever is settled by silence alone when the street is asked to close", () => {
    const call = aDispatchedCall({
      status: "onSite",
      responses: [
        hasCompleted("ZF"),
        aResponse("SJ", { faults: [aFault("noResponse"), aFault("noShow")] }),
        aResponse("SW", { faults: [aFault("noResponse")] }),
        aResponse("HJ"),
      ],
    });
    const last = change(call, { action: "release", deptCode: "HJ" }, district, at("26 21:30"));
    expect(last.notices.at(-1)).toMatchObject({
      to: "callingStreet",
      kind: "callToClose",
      params: {
        silent: [
          { dept: "SJ", fault: "noShow" },
          { dept: "SW", fault: "noResponse" },
        ],
      },
    });
  });

  it("and calling it again keeps what happened the first time", () => {
    const silent = aResponse("SJ", { faults: [aFault("noResponse")] });
    const released = callAfter(
      aDispatchedCall({ responses: [aResponse("ZF"), silent] }),
      { action: "release", deptCode: "SJ" },
      district,
      at("14:00"),
    );
    const again = callAfter(released, send(["SJ"]), district, at("15:00"));
    expect(again.responses.map((one) => [one.deptCode, one.status, one.faults.length])).toEqual([
      ["ZF", "notified", 0],
      ["SJ", "notified", 1],
      ["SJ", "notified", 0],
    ]);
    // The first row is over, whatever the second will bring.
    expect(again.responses.map(isSettled)).toEqual([false, true, false]);
    const answered = callAfter(again, { action: "respond" }, responderOf("SJ"), at("15:10"));
    expect(answered.responses.map((one) => one.status)).toEqual([
      "notified",
      "notified",
      "accepted",
    ]);
  });
});
