import { describe, expect, it } from "vitest";
import { gatherEvidence } from "../../../services/domain/gather-evidence.ts";
import {
  aDispatchedCall,
  aFault,
  anArrival,
  aResponse,
  at,
  CORNER,
  callAfter,
  change,
  decided,
  faultsIn,
  hasArrived,
  hasCompleted,
  northOfCorner,
  officer,
  responderOf,
  responseIn,
  told,
} from "../../support/call-tickets.ts";

const call = aDispatchedCall();
const zf = responderOf("ZF");
const sj = responderOf("SJ");

/** The call with the evidence that time has made by `now`. */
const asTimePasses = (before: typeof call, now: Date) => ({
  ...before,
  responses: before.responses.map(
    (response) =>
      gatherEvidence(before, now).find((one) => one.deptCode === response.deptCode) ?? response,
  ),
});

describe("an answer", () => {
  it("in time is just an answer, at the limit too", () => {
    const answered = change(call, { action: "respond", headcount: 2 }, sj, at("11:00"));
    expect(answered.to).toBe("dispatched");
    expect(responseIn(answered, "SJ")).toMatchObject({
      status: "accepted",
      respondedAt: at("11:00"),
      promised: 2,
      faults: [],
    });
    expect(responseIn(answered, "ZF")).toBe(call.responses[0]);
    expect(told(answered)).toEqual([
      "callingStreet departmentResponded",
      "district departmentResponded",
    ]);
  });

  it("after the limit is late, with both moments as evidence", () => {
    const late = callAfter(call, { action: "respond" }, sj, at("11:01"));
    expect(responseIn(late, "SJ").faults).toMatchObject([
      {
        fault: "lateResponse",
        evidence: "应于11月25日11:00前响应,11月25日11:01响应",
        recordedAt: at("11:01"),
        finding: null,
      },
    ]);
  });

  it("after silence was noted turns 不响应 into 迟响应", () => {
    const silent = asTimePasses(call, at("11:00"));
    expect(faultsIn(silent, "SJ")).toEqual(["noResponse"]);
    const late = callAfter(silent, { action: "respond" }, sj, at("14:20"));
    expect(faultsIn(late, "SJ")).toEqual(["lateResponse"]);
    expect(faultsIn(late, "ZF")).toEqual(["noResponse"]);
  });

  it("keeps beside it what people said of the silence", () => {
    const finding = { by: "鲍督查", at: at("12:00"), note: null };
    const appeal = { by: "SJ的人", at: at("12:30"), note: "系统故障" };
    const silent = aDispatchedCall({
      responses: [aResponse("SJ", { faults: [aFault("noResponse", { finding, appeal })] })],
    });
    const late = callAfter(silent, { action: "respond" }, sj, at("14:20"));
    expect(responseIn(late, "SJ").faults).toMatchObject([
      { fault: "lateResponse", finding, appeal },
    ]);
  });

  it("is given once, but the number of people may still change", () => {
    const answered = callAfter(call, { action: "respond", headcount: 2 }, sj, at("10:00"));
    expect(decided(answered, { action: "respond" }, sj, at("10:30"))).toMatchObject({
      code: "notAllowed",
      detail: { responded: "11月25日10:00" },
    });
    const three = callAfter(answered, { action: "respond", headcount: 3 }, sj, at("12:00"));
    expect(responseIn(three, "SJ")).toMatchObject({
      promised: 3,
      respondedAt: at("10:00"),
      faults: [],
    });
  });
});

describe("an objection", () => {
  it("in time is no fault, and goes to the district with its reason", () => {
    const declined = change(call, { action: "decline", reason: "属生态环境职责" }, sj, at("10:00"));
    expect(responseIn(declined, "SJ")).toMatchObject({
      status: "declined",
      declineReason: "属生态环境职责",
      faults: [],
    });
    expect(told(declined)).toEqual([
      "district departmentDeclined",
      "callingStreet departmentDeclined",
    ]);
    expect(asTimePasses(call, at("10:30")).responses).toEqual(call.responses);
  });

  it("without a reason is none", () => {
    expect(decided(call, { action: "decline", reason: " " }, sj)).toMatchObject({
      code: "reasonRequired",
    });
  });

  it("may be taken back by coming after all", () => {
    const declined = callAfter(call, { action: "decline", reason: "不归我们" }, sj, at("10:00"));
    const back = callAfter(declined, { action: "respond", headcount: 1 }, sj, at("13:00"));
    expect(responseIn(back, "SJ")).toMatchObject({
      status: "accepted",
      declineReason: null,
      respondedAt: at("10:00"),
      faults: [],
    });
  });

  it("comes too late once somebody is there", () => {
    const there = aDispatchedCall({ status: "onSite", responses: [hasArrived("SJ")] });
    expect(decided(there, { action: "decline", reason: "不归我们" }, sj)).toMatchObject({
      code: "notAllowed",
      detail: { checkedIn: true },
    });
  });
});

describe("an announced delay", () => {
  it("counts as an answer, excuses nothing, and stands beside the lateness", () => {
    const delayed = callAfter(call, { action: "eta", minutes: 20 }, sj, at("10:00"));
    expect(responseIn(delayed, "SJ")).toMatchObject({ status: "accepted", etaMinutes: 20 });
    const late = callAfter(delayed, { action: "checkIn", ...CORNER }, sj, at("26 19:58"));
    expect(responseIn(late, "SJ").faults).toMatchObject([
      {
        fault: "lateArrival",
        evidence: "应于11月26日19:40到场,11月26日19:58到,事先说明晚20分钟",
      },
    ]);
  });

  it("means nothing any more after the arrival", () => {
    const there = aDispatchedCall({ status: "onSite", responses: [hasArrived("SJ")] });
    expect(decided(there, { action: "eta", minutes: 20 }, sj)).toMatchObject({
      code: "alreadyCheckedIn",
    });
  });
});

describe("an arrival", () => {
  it("within 300 metres counts at once", () => {
    const there = change(
      call,
      { action: "checkIn", ...northOfCorner(300), headcount: 2 },
      sj,
      at("26 19:35"),
    );
    expect(there.to).toBe("onSite");
    expect(responseIn(there, "SJ")).toMatchObject({
      status: "checkedIn",
      checkIn: { at: at("26 19:35"), distanceM: 300, late: false, headcount: 2 },
      claim: null,
      completeBy: new Date("2026-12-03T17:30:00+08:00"),
    });
    expect(told(there)).toEqual(["callingStreet departmentArrived"]);
  });

  it.each([
    ["without a position", {}, null],
    ["301 metres away", northOfCorner(301), 301],
  ])("%s is a claim that the street has to confirm", (_where, position, distanceM) => {
    const claimed = change(call, { action: "checkIn", ...position }, sj, at("26 19:35"));
    expect(claimed.to).toBe("dispatched");
    expect(responseIn(claimed, "SJ")).toMatchObject({
      status: "accepted",
      checkIn: null,
      claim: { at: at("26 19:35"), distanceM },
    });
    expect(told(claimed)).toEqual(["callingStreet arrivalToConfirm"]);
  });

  it("at a place that nobody knows on the map is a claim too", () => {
    const somewhere = { ...call, reportPlace: { ...call.reportPlace, lng: null, lat: null } };
    const claimed = callAfter(somewhere, { action: "checkIn", ...CORNER }, sj, at("26 19:35"));
    expect(responseIn(claimed, "SJ")).toMatchObject({ checkIn: null, claim: { distanceM: null } });
  });

  it("is in time to the minute, and late after it", () => {
    const exact = callAfter(call, { action: "checkIn", ...CORNER }, sj, at("26 19:40"));
    expect(responseIn(exact, "SJ").checkIn).toMatchObject({ late: false });
    const late = callAfter(call, { action: "respond" }, sj, at("10:00"));
    const arrived = callAfter(late, { action: "checkIn", ...CORNER }, sj, at("26 19:41"));
    expect(responseIn(arrived, "SJ").checkIn).toMatchObject({ late: true });
    expect(faultsIn(arrived, "SJ")).toEqual(["lateArrival"]);
  });

  it("counts once", () => {
    const there = callAfter(call, { action: "checkIn", ...CORNER }, sj, at("26 19:35"));
    for (const again of [
      decided(there, { action: "checkIn", ...CORNER }, sj, at("26 19:50")),
      decided(there, { action: "confirmArrival", deptCode: "SJ" }, officer, at("26 19:50")),
    ])
      expect(again).toMatchObject({ code: "alreadyCheckedIn", detail: { at: "11月26日19:35" } });
  });

  it("with fewer people than asked for is told to the district", () => {
    const asked = aDispatchedCall({ responses: [aResponse("SJ", { headcount: 3 })] });
    const few = change(asked, { action: "checkIn", ...CORNER, headcount: 1 }, sj, at("26 19:35"));
    expect(told(few)).toEqual(["callingStreet departmentArrived", "district headcountShort"]);
  });

  it("of somebody who never answered is an answer too, and late as one", () => {
    const silent = asTimePasses(call, at("11:00"));
    const there = callAfter(silent, { action: "checkIn", ...CORNER }, sj, at("26 19:30"));
    expect(responseIn(there, "SJ").respondedAt).toEqual(at("26 19:30"));
    expect(faultsIn(there, "SJ")).toEqual(["lateResponse"]);
  });
});

describe("a claimed arrival", () => {
  const answered = callAfter(call, { action: "respond" }, sj, at("10:00"));
  const claimed = callAfter(answered, { action: "checkIn" }, sj, at("26 19:38"));

  it("counts from when it was claimed, however late the street confirms", () => {
    const confirmed = change(
      claimed,
      { action: "confirmArrival", deptCode: "SJ" },
      officer,
      at("26 20:15"),
    );
    expect(confirmed.to).toBe("onSite");
    expect(responseIn(confirmed, "SJ")).toMatchObject({
      status: "checkedIn",
      claim: null,
      checkIn: { at: at("26 19:38"), late: false },
      faults: [],
    });
  });

  it("keeps its first moment when it is repeated", () => {
    const twice = callAfter(claimed, { action: "checkIn" }, sj, at("26 19:50"));
    expect(responseIn(twice, "SJ").claim?.at).toEqual(at("26 19:38"));
  });

  it("counts from when the street says they came", () => {
    const confirmed = callAfter(
      claimed,
      { action: "confirmArrival", deptCode: "SJ", at: "2026-11-26T19:55:00+08:00" },
      officer,
      at("26 20:15"),
    );
    expect(responseIn(confirmed, "SJ").checkIn).toMatchObject({ at: at("26 19:55"), late: true });
    expect(faultsIn(confirmed, "SJ")).toEqual(["lateArrival"]);
    for (const impossible of ["2026-11-26T20:16:00+08:00", "2026-11-25T08:59:00+08:00"]) {
      expect(
        decided(
          claimed,
          { action: "confirmArrival", deptCode: "SJ", at: impossible },
          officer,
          at("26 20:15"),
        ),
      ).toMatchObject({ code: "invalidValue", detail: { field: "at" } });
    }
  });

  it("takes the note of an absence away when it was in time after all", () => {
    const absent = asTimePasses(claimed, at("26 20:40"));
    expect(responseIn(absent, "SJ").faults).toMatchObject([
      {
        fault: "noShow",
        evidence: "应于11月26日19:40到场,未到场,自称11月26日19:38到场,街道未确认",
      },
    ]);
    const confirmed = callAfter(
      absent,
      { action: "confirmArrival", deptCode: "SJ" },
      officer,
      at("27 09:00"),
    );
    expect(faultsIn(confirmed, "SJ")).toEqual([]);
  });

  it("is not needed where the street saw them come, which clears the silence if it was in time", () => {
    const early = asTimePasses(call, at("14:00"));
    const confirmed = callAfter(
      early,
      { action: "confirmArrival", deptCode: "SJ", at: "2026-11-25T10:30:00+08:00" },
      officer,
      at("14:05"),
    );
    expect(responseIn(confirmed, "SJ")).toMatchObject({
      respondedAt: at("10:30"),
      checkIn: { at: at("10:30"), distanceM: null },
      faults: [],
    });
  });

  it("belongs to the department that is called, no other", () => {
    expect(decided(call, { action: "confirmArrival", deptCode: "SW" }, officer)).toMatchObject({
      code: "notFound",
      detail: { deptCode: "SW" },
    });
  });
});

describe("an arrival reported later than it happened", () => {
  it("counts at once where it makes no difference", () => {
    const there = callAfter(
      call,
      { action: "checkIn", ...CORNER, at: "2026-11-26T19:30:00+08:00" },
      sj,
      at("26 19:36"),
    );
    expect(responseIn(there, "SJ").checkIn).toMatchObject({ at: at("26 19:30"), late: false });
  });

  it("makes nobody punctual without the street", () => {
    const claimed = callAfter(
      call,
      { action: "checkIn", ...CORNER, at: "2026-11-26T19:30:00+08:00" },
      sj,
      at("26 20:10"),
    );
    expect(responseIn(claimed, "SJ")).toMatchObject({
      checkIn: null,
      claim: { at: at("26 19:30"), distanceM: 0 },
    });
    const confirmed = callAfter(
      claimed,
      { action: "confirmArrival", deptCode: "SJ" },
      officer,
      at("26 20:20"),
    );
    expect(responseIn(confirmed, "SJ").checkIn).toMatchObject({ late: false });
  });

  it("is never later than now, and never before the call", () => {
    const ahead = callAfter(
      call,
      { action: "checkIn", ...CORNER, at: "2026-11-26T19:50:00+08:00" },
      sj,
      at("26 19:36"),
    );
    expect(responseIn(ahead, "SJ").checkIn?.at).toEqual(at("26 19:36"));
    expect(
      decided(
        call,
        { action: "checkIn", ...CORNER, at: "2026-11-25T08:59:00+08:00" },
        sj,
        at("26 19:36"),
      ),
    ).toMatchObject({ code: "invalidValue" });
  });
});

describe("an absence", () => {
  it("is noted an hour after the time, and turned into lateness by whoever still comes", () => {
    const answered = callAfter(call, { action: "respond" }, sj, at("10:00"));
    const absent = asTimePasses(answered, at("26 20:40"));
    expect(faultsIn(absent, "SJ")).toEqual(["noShow"]);
    const late = callAfter(absent, { action: "checkIn", ...CORNER }, sj, at("26 20:50"));
    expect(responseIn(late, "SJ").faults).toMatchObject([
      { fault: "lateArrival", evidence: "应于11月26日19:40到场,11月26日20:50到" },
    ]);
  });
});

describe("an answer to a call that everybody has missed", () => {
  it("does not hand it to the street as if something had been done", () => {
    const missed = asTimePasses(aDispatchedCall({ responses: [aResponse("SJ")] }), at("26 20:40"));
    const late = change(missed, { action: "respond" }, sj, at("26 20:50"));
    expect(late.to).toBe("dispatched");
    expect(faultsIn(late, "SJ")).toEqual(["noShow", "lateResponse"]);
  });
});

describe("what a department reports done", () => {
  const onSite = aDispatchedCall({
    status: "onSite",
    responses: [hasArrived("ZF"), aResponse("SJ", { claim: anArrival(at("26 19:38")) })],
  });

  it("says what was done", () => {
    expect(decided(onSite, { action: "complete" }, zf)).toMatchObject({
      code: "reasonRequired",
      detail: { field: "note" },
    });
  });

  it("needs an arrival, and the refusal says what is in the way", () => {
    expect(decided(call, { action: "complete", note: "好了" }, sj)).toMatchObject({
      code: "notAllowed",
      detail: { notCheckedIn: true },
    });
    const refused = decided(onSite, { action: "complete", note: "好了" }, sj);
    expect(refused).toMatchObject({ detail: { notCheckedIn: true, claimed: "11月26日19:38" } });
    expect(!refused.ok && refused.allowed).toContain("checkIn");
  });

  it("is kept beside the others', which the ticket waits for", () => {
    const half = change(onSite, { action: "complete", note: "拆棚3处" }, zf, at("26 21:00"));
    expect(half.to).toBe("onSite");
    expect(responseIn(half, "ZF")).toMatchObject({
      status: "completed",
      completedAt: at("26 21:00"),
      completion: "拆棚3处",
    });
    expect(told(half)).toEqual(["callingStreet departmentCompleted"]);
  });

  it("hands the ticket to the street when it was the last one, or the rest is silence on record", () => {
    for (const other of [
      hasCompleted("SJ"),
      aResponse("SJ", { releasedAt: at("12:00") }),
      aResponse("SJ", { faults: [aFault("noResponse")] }),
      aResponse("SJ", { status: "accepted", faults: [aFault("noShow")] }),
    ]) {
      const last = change(
        { ...onSite, responses: [hasArrived("ZF"), other] },
        { action: "complete", note: "拆棚3处" },
        zf,
        at("26 21:00"),
      );
      expect(last.to).toBe("pendingClosing");
      expect(told(last)).toEqual([
        "callingStreet departmentCompleted",
        "callingStreet callToClose",
      ]);
    }
  });

  it("is reported once", () => {
    const done = aDispatchedCall({
      status: "onSite",
      responses: [hasCompleted("ZF"), aResponse("SJ")],
    });
    expect(decided(done, { action: "complete", note: "又来" }, zf)).toMatchObject({
      code: "notAllowed",
      detail: { completed: "11月26日21:00" },
    });
  });
});

describe("a department that was let go, or never called", () => {
  const released = aDispatchedCall({
    responses: [aResponse("ZF"), aResponse("SJ", { releasedAt: at("10:00") })],
  });

  it("has nothing to answer any more", () => {
    expect(decided(released, { action: "respond" }, sj)).toMatchObject({
      code: "notFound",
      detail: { deptCode: "SJ" },
    });
  });

  it("has no right to answer", () => {
    expect(decided(released, { action: "respond" }, responderOf("SW"))).toMatchObject({
      code: "noRight",
    });
  });
});
