import { describe, expect, it } from "vitest";
import { isSettled } from "../../../services/domain/call-ticket.ts";
import {
  aDispatchedCall,
  aFault,
  aResponse,
  at,
  callAfter,
  change,
  changedBy,
  decided,
  district,
  followUpAgent,
  hasArrived,
  hasCompleted,
  officer,
  responderOf,
  responseIn,
  supervisor,
  told,
} from "../../support/call-tickets.ts";

const done = aDispatchedCall({
  status: "pendingClosing",
  responses: [hasCompleted("ZF"), hasCompleted("SJ")],
});
const silent = aResponse("SJ", { faults: [aFault("noResponse")] });

describe("a department is settled", () => {
  it.each([
    ["when it has completed", hasCompleted("SJ"), true],
    ["when it was let go", aResponse("SJ", { releasedAt: at("10:00") }), true],
    ["when its silence is on record", silent, true],
    [
      "when its absence is on record",
      aResponse("SJ", { status: "accepted", faults: [aFault("noShow")] }),
      true,
    ],
    ["not while it may still answer", aResponse("SJ"), false],
    [
      "not while it is on its way",
      aResponse("SJ", { status: "accepted", faults: [aFault("lateResponse")] }),
      false,
    ],
    ["not while it is at work", hasArrived("SJ", { faults: [aFault("lateArrival")] }), false],
    [
      "not while its objection waits for the district",
      aResponse("SJ", { status: "declined" }),
      false,
    ],
  ])("%s", (_when, response, settled) => {
    expect(isSettled(response)).toBe(settled);
  });
});

describe("closing", () => {
  it("waits for every department, and names those it waits for", () => {
    const open = { ...done, responses: [hasCompleted("ZF"), hasArrived("SJ"), aResponse("GA")] };
    expect(decided(open, { action: "close", note: "好了" }, officer)).toMatchObject({
      code: "notSettled",
      detail: { depts: ["SJ", "GA"] },
    });
  });

  it("goes over the head of the silent, from the field too", () => {
    const field = aDispatchedCall({ responses: [silent] });
    const closed = change(field, { action: "close", note: "水务始终未响应" }, officer, at("16:00"));
    expect(closed).toMatchObject({ from: "dispatched", to: "closed" });
    expect(told(closed)).toContain("supervisors callToReview");
  });

  it("needs an opinion", () => {
    expect(decided(done, { action: "close" }, officer)).toMatchObject({
      code: "reasonRequired",
      detail: { field: "note" },
    });
  });

  it("keeps opinion, scores and comments, and tells everybody concerned", () => {
    const closed = change(
      done,
      {
        action: "close",
        note: "两家都办完了",
        scores: { ZF: 95, SJ: 70 },
        comments: { SJ: "来晚" },
      },
      officer,
      at("27 09:00"),
    );
    expect(closed.patch).toEqual({ closingOpinion: "两家都办完了", closedAt: at("27 09:00") });
    expect(
      closed.responses.map((one) => [one.deptCode, one.status, one.score, one.scoreComment]),
    ).toEqual([
      ["ZF", "evaluated", 95, null],
      ["SJ", "evaluated", 70, "来晚"],
    ]);
    expect(told(closed)).toEqual([
      "district callClosed",
      "departments callClosed",
      "followUpAgents callToFollowUp",
    ]);
  });

  it("scores nobody who was not called", () => {
    for (const command of [
      { action: "close", note: "好", scores: { SW: 90 } },
      { action: "evaluate", scores: { SW: 90 } },
    ] as const)
      expect(
        decided(
          { ...done, status: command.action === "close" ? "pendingClosing" : "closed" },
          command,
          officer,
        ),
      ).toMatchObject({ code: "notFound", detail: { deptCode: "SW" } });
  });

  it("reminds the street of the scores it has not given", () => {
    const closed = change(done, { action: "close", note: "好", scores: { ZF: 95 } }, officer);
    expect(closed.notices.find(({ kind }) => kind === "scoresMissing")?.params.depts).toEqual([
      "SJ",
    ]);
  });

  it("shows the supervisors a score below 60, and no other", () => {
    const closing = (score: number) =>
      told(change(done, { action: "close", note: "好", scores: { ZF: score, SJ: 90 } }, officer));
    expect(closing(59)).toContain("supervisors callToReview");
    expect(closing(60)).not.toContain("supervisors callToReview");
  });

  it("does not make a silent department an evaluated one by its score", () => {
    const closed = callAfter(
      { ...done, responses: [hasCompleted("ZF"), silent] },
      { action: "close", note: "市监未到", scores: { ZF: 90, SJ: 0 } },
      officer,
    );
    expect(responseIn(closed, "SJ")).toMatchObject({ status: "notified", score: 0 });
  });
});

describe("after closing", () => {
  const closed = callAfter(done, { action: "close", note: "好", scores: { ZF: 95 } }, officer);

  it("a missing score can be given", () => {
    const scored = callAfter(closed, { action: "evaluate", scores: { SJ: 88 } }, officer);
    expect(scored.responses.map(({ score }) => score)).toEqual([95, 88]);
    expect(decided(closed, { action: "evaluate", scores: {} }, officer)).toMatchObject({
      code: "fieldRequired",
    });
  });

  it("scores the row a department was called under last", () => {
    const twice = {
      ...closed,
      responses: [aResponse("SJ", { releasedAt: at("10:00") }), hasCompleted("SJ")],
    };
    const scored = callAfter(twice, { action: "evaluate", scores: { SJ: 88 } }, officer);
    expect(scored.responses.map(({ score }) => score)).toEqual([null, 88]);
  });

  it("somebody asks the people, and an unhappy answer reaches the supervisors", () => {
    const happy = change(
      closed,
      { action: "followUp", note: "群众反映已解决", satisfied: true },
      followUpAgent,
      at("30 09:00"),
    );
    expect(happy.patch.followUp).toEqual({ result: "群众反映已解决 满意", at: at("30 09:00") });
    expect(told(happy)).toEqual(["callingStreet callFollowedUp"]);
    for (const [note, satisfied, result] of [
      ["群众反映 满意", true, "群众反映 满意"],
      ["群众不太满意", false, "群众不太满意"],
      ["又反弹了", false, "又反弹了 不满意"],
      ["没接电话", null, "没接电话"],
    ] as const) {
      const said = change(closed, { action: "followUp", note, satisfied }, followUpAgent);
      expect(said.patch.followUp?.result).toBe(result);
    }
    const unhappy = change(closed, { action: "followUp", satisfied: false }, followUpAgent);
    expect(told(unhappy)).toEqual(["callingStreet callFollowedUp", "supervisors callFollowedUp"]);
    expect(decided(closed, { action: "followUp" }, followUpAgent)).toMatchObject({
      code: "reasonRequired",
    });
  });

  it("it is archived, and only the judgement goes on", () => {
    const archived = callAfter(closed, { action: "archive" }, district);
    expect(decided(archived, { action: "followUp", satisfied: true }, followUpAgent)).toMatchObject(
      { code: "notAllowed" },
    );
    expect(
      decided(
        archived,
        { action: "findFault", deptCode: "SJ", fault: "passiveResponse" },
        supervisor,
      ),
    ).toMatchObject({ ok: true, to: "archived" });
  });
});

describe("the supervisor's judgement", () => {
  const field = aDispatchedCall({ responses: [aResponse("ZF"), silent] });

  it("turns evidence into a finding without touching it", () => {
    const found = change(
      field,
      { action: "findFault", deptCode: "SJ", fault: "noResponse", note: "值班无人" },
      supervisor,
      at("26 10:00"),
    );
    expect(responseIn(found, "SJ").faults).toEqual([
      { ...aFault("noResponse"), finding: { by: "鲍督查", at: at("26 10:00"), note: "值班无人" } },
    ]);
    expect(told(found)).toEqual(["department:SJ faultFound", "callingStreet faultFound"]);
  });

  it("is the only source of 响应不作为", () => {
    const passive = callAfter(
      field,
      { action: "findFault", deptCode: "ZF", fault: "passiveResponse", note: "到场不处置" },
      supervisor,
      at("26 10:00"),
    );
    expect(responseIn(passive, "ZF").faults).toMatchObject([
      { fault: "passiveResponse", evidence: "到场不处置", finding: { by: "鲍督查" } },
    ]);
  });

  it("is about the row that counts of a department that was let go and called again", () => {
    const again = aDispatchedCall({
      responses: [aResponse("SJ", { releasedAt: at("10:00") }), aResponse("SJ")],
    });
    const found = callAfter(
      again,
      { action: "findFault", deptCode: "SJ", fault: "passiveResponse" },
      supervisor,
    );
    expect(found.responses.map(({ faults }) => faults.length)).toEqual([0, 1]);
  });

  it("refuses departments that were never called", () => {
    expect(
      decided(field, { action: "findFault", deptCode: "SW", fault: "noShow" }, supervisor),
    ).toMatchObject({ code: "notFound" });
  });

  it("comes before any circular, which says what was found and what is said against it", () => {
    expect(decided(field, { action: "circular" }, supervisor)).toMatchObject({
      code: "nothingFound",
    });
    const found = callAfter(
      field,
      { action: "findFault", deptCode: "SJ", fault: "noResponse" },
      supervisor,
    );
    const appealed = callAfter(found, { action: "appeal", note: "系统故障" }, responderOf("SJ"));
    const circular = change(appealed, { action: "circular", note: "责令整改" }, supervisor);
    expect(told(circular)).toEqual([
      "department:SJ circularIssued",
      "callingStreet circularIssued",
      "district circularIssued",
    ]);
    expect(circular.notices[0]?.params).toMatchObject({
      findings: [{ dept: "SJ", fault: "noResponse", appeal: "系统故障" }],
      note: "责令整改",
    });
    // Each department that is named owes an answer on what it put right; nothing goes out twice.
    expect(circular.patch.demands).toMatchObject([
      { kind: "rectify", owedBy: ["SJ"], note: "责令整改" },
    ]);
    const circulated = changedBy(appealed, circular);
    expect(decided(circulated, { action: "circular" }, supervisor)).toMatchObject({
      code: "notAllowed",
      detail: { circulated: true },
    });
    const mended = change(circulated, { action: "answer", note: "已整改" }, responderOf("SJ"));
    expect(told(mended)).toContain("supervisors callAnswered");
    expect(mended.patch.demands).toEqual([]);
  });
});

describe("an appeal", () => {
  const field = aDispatchedCall({ responses: [aResponse("ZF"), silent] });

  it("is kept beside the evidence and the finding, which both stay", () => {
    const appealed = change(
      field,
      { action: "appeal", note: "值班电话故障" },
      responderOf("SJ"),
      at("26 11:00"),
    );
    expect(responseIn(appealed, "SJ").faults).toEqual([
      {
        ...aFault("noResponse"),
        appeal: { by: "SJ的人", at: at("26 11:00"), note: "值班电话故障" },
      },
    ]);
    expect(told(appealed)).toEqual(["supervisors faultAppealed"]);
  });

  it("needs words, and something to appeal against", () => {
    expect(decided(field, { action: "appeal", note: "" }, responderOf("SJ"))).toMatchObject({
      code: "reasonRequired",
    });
    expect(decided(field, { action: "appeal", note: "冤枉" }, responderOf("ZF"))).toMatchObject({
      code: "nothingFound",
    });
  });

  it("is open to a department that was let go", () => {
    const released = aDispatchedCall({
      responses: [{ ...silent, releasedAt: at("14:00") }, aResponse("ZF")],
    });
    expect(decided(released, { action: "appeal", note: "冤枉" }, responderOf("SJ"))).toMatchObject({
      ok: true,
    });
  });
});
