import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listAudit } from "../../../../db/queries/audit-lists.ts";
import { findCall } from "../../../../db/queries/calls.ts";
import {
  type CallOffice,
  DISPATCHER,
  MARKET,
  OFFICER,
  openCallOffice,
  PRINCIPAL,
} from "../../../support/call-office.ts";
import { faultsIn, responseIn } from "../../../support/call-tickets.ts";

let calls: CallOffice;
beforeAll(async () => {
  calls = await openCallOffice();
});
beforeEach(() => calls.fresh());
afterAll(() => calls.close());

const here = { lng: MARKET.lng, lat: MARKET.lat };

describe("a call from draft to archive", () => {
  it("leaves at each step exactly what is owed next, and nothing at the end", async () => {
    const no = await calls.drafted(); // 25 November, 9:00
    expect(await calls.duties(no)).toEqual(["approve wangchao-principal 25 11:00"]);

    calls.clock.advance({ minutes: 10 });
    await calls.does(no, { action: "approve" }, PRINCIPAL);
    expect(await calls.duties(no)).toEqual(["assess SLQ 25 11:10"]);

    await calls.does(no, { action: "assess" }, DISPATCHER);
    expect(await calls.duties(no)).toEqual(["assess SLQ 25 11:10"]);

    calls.clock.advance({ minutes: 20 }); // 9:30
    await calls.does(
      no,
      {
        action: "dispatch",
        departments: [{ deptCode: "SLQ-ZF", headcount: 2 }, { deptCode: "SLQ-SJ" }],
        reportAt: "2026-11-26T19:40:00+08:00",
        reportPlace: MARKET,
      },
      DISPATCHER,
    );
    expect(await calls.duties(no)).toEqual([
      "respond SLQ-ZF 25 11:30",
      "respond SLQ-SJ 25 11:30",
      "arrive SLQ-ZF 26 19:40",
      "arrive SLQ-SJ 26 19:40",
    ]);

    await calls.does(no, { action: "respond", headcount: 2 }, "zhifa-responder");
    await calls.does(no, { action: "decline", reason: "属生态环境职责" }, "shijian-responder");
    expect(await calls.duties(no)).toEqual(["assess SLQ 25 11:30", "arrive SLQ-ZF 26 19:40"]);

    calls.clock.advance({ minutes: 30 }); // 10:00
    await calls.does(
      no,
      {
        action: "dispatch",
        departments: [{ deptCode: "SLQ-HJ", headcount: 2 }],
        replaces: ["SLQ-SJ"],
        reportAt: "2026-11-26T20:00:00+08:00",
      },
      DISPATCHER,
    );
    // The time was moved: for whoever was called before, too.
    expect(await calls.duties(no)).toEqual([
      "respond SLQ-HJ 25 12:00",
      "arrive SLQ-ZF 26 20:00",
      "arrive SLQ-HJ 26 20:00",
    ]);
    await calls.does(no, { action: "respond" }, "huanbao-responder");

    calls.clock.advance({ days: 1, hours: 9, minutes: 55 }); // 26 November, 19:55
    await calls.does(no, { action: "checkIn", ...here }, "zhifa-responder");
    await calls.does(no, { action: "checkIn" }, "huanbao-responder");
    expect(await calls.duties(no)).toEqual([
      "arrive SLQ-HJ 26 20:00",
      "completeCall SLQ-ZF 03 17:30",
    ]);
    calls.clock.advance({ minutes: 20 });
    await calls.does(no, { action: "confirmArrival", deptCode: "SLQ-HJ" }, OFFICER);
    expect(responseIn(await calls.state(no), "SLQ-HJ").checkIn).toMatchObject({ late: false });

    await calls.does(no, { action: "complete", note: "拆棚3处" }, "zhifa-responder");
    const done = await calls.does(no, { action: "complete", note: "立案1起" }, "huanbao-responder");
    expect(done.status).toBe("pendingClosing");
    expect(await calls.duties(no)).toEqual(["closeCall SLQ-WC 27 17:30"]);

    await calls.does(
      no,
      { action: "close", note: "都办完了", scores: { "SLQ-ZF": 95, "SLQ-HJ": 90 } },
      OFFICER,
    );
    expect(await calls.duties(no)).toEqual(["followUp SLQ 01 17:30"]);
    await calls.does(no, { action: "followUp", satisfied: true }, "district-followup");
    await calls.does(no, { action: "archive" }, OFFICER);
    expect(await calls.duties(no)).toEqual([]);
    expect(await calls.ended(no)).toEqual([
      "approve fulfilled",
      "assess fulfilled",
      "respond fulfilled",
      "arrive fulfilled",
      "respond fulfilled",
      // 市场监管 objected and was replaced: it never owed the arrival again.
      "arrive canceled",
      "assess fulfilled",
      "respond fulfilled",
      "arrive fulfilled",
      "completeCall fulfilled",
      "completeCall fulfilled",
      "closeCall fulfilled",
      "followUp fulfilled",
    ]);
    expect((await calls.steps(no)).at(-1)).toBe("archive → archived");
  });
});

describe("what is kept", () => {
  it("is the same after it was read back", async () => {
    const no = await calls.dispatched();
    await calls.does(
      no,
      { action: "checkIn", lng: here.lng, lat: here.lat + 0.01 },
      "zhifa-responder",
    );
    const outcome = await calls.attempt(
      no,
      { action: "findFault", deptCode: "SLQ-SJ", fault: "passiveResponse", note: "推诿" },
      "district-supervisor",
    );
    expect(outcome.ok && outcome.call.state.responses).toEqual(
      outcome.ok && outcome.change.responses,
    );
    const appealed = await calls.does(
      no,
      { action: "appeal", note: "有异议" },
      "shijian-responder",
    );
    expect(responseIn(appealed, "SLQ-SJ").faults).toMatchObject([
      { fault: "passiveResponse", finding: { by: "鲍正直" }, appeal: { note: "有异议" } },
    ]);
    expect(responseIn(appealed, "SLQ-ZF").claim).toMatchObject({ at: calls.clock.now() });
  });

  it("keeps both rows of a department that was let go and called again, at the same moment even", async () => {
    const no = await calls.dispatched();
    await calls.does(no, { action: "release", deptCode: "SLQ-SJ" }, DISPATCHER);
    const again = await calls.does(
      no,
      { action: "dispatch", departments: [{ deptCode: "SLQ-SJ", headcount: 3 }] },
      DISPATCHER,
    );
    expect(again.responses.map((one) => [one.deptCode, one.releasedAt !== null])).toEqual([
      ["SLQ-ZF", false],
      ["SLQ-SJ", true],
      ["SLQ-SJ", false],
    ]);
    const answered = await calls.does(no, { action: "respond" }, "shijian-responder");
    expect(answered.responses.map(({ status }) => status)).toEqual([
      "notified",
      "notified",
      "accepted",
    ]);
  });
});

describe("a refusal", () => {
  it("changes nothing and is audited with its reason", async () => {
    const no = await calls.drafted();
    const before = await findCall(calls.database, no);
    expect(await calls.attempt(no, { action: "approve" }, "liuan-principal")).toMatchObject({
      ok: false,
      code: "noRight",
    });
    expect(await findCall(calls.database, no)).toEqual(before);
    const [entry] = await listAudit(calls.database, { no }, null, 1);
    expect(entry).toMatchObject({ action: "approve", outcome: "refused", reason: "noRight" });
  });

  it("says of an unknown number that it is unknown", async () => {
    expect(await calls.attempt("HJ20261125-999", { action: "approve" }, PRINCIPAL)).toMatchObject({
      code: "notFound",
    });
  });
});

describe("two people at once", () => {
  it("sign one call once", async () => {
    const no = await calls.drafted();
    const outcomes = await Promise.all([
      calls.attempt(no, { action: "approve" }, PRINCIPAL),
      calls.attempt(no, { action: "approve" }, PRINCIPAL),
    ]);
    expect(outcomes.map((one) => (one.ok ? "signed" : one.code)).sort()).toEqual([
      "alreadyApproved",
      "signed",
    ]);
    expect((await calls.steps(no)).filter((step) => step.startsWith("approve"))).toHaveLength(1);
    expect(await calls.duties(no)).toEqual([expect.stringMatching(/^assess /)]);
  });

  it("sign and take back one call: one of them comes first", async () => {
    const no = await calls.drafted();
    const outcomes = await Promise.all([
      calls.attempt(no, { action: "approve" }, PRINCIPAL),
      calls.attempt(no, { action: "cancel" }, OFFICER),
    ]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it("of different departments do not undo each other", async () => {
    const no = await calls.dispatched();
    await Promise.all([
      calls.does(no, { action: "respond", headcount: 2 }, "zhifa-responder"),
      calls.does(no, { action: "respond", headcount: 3 }, "shijian-responder"),
    ]);
    const state = await calls.state(no);
    expect(state.responses.map(({ promised }) => promised)).toEqual([2, 3]);
    expect(faultsIn(state, "SLQ-ZF")).toEqual([]);
  });
});
