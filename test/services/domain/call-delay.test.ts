import { describe, expect, it } from "vitest";
import type { CallState } from "../../../services/domain/call-ticket.ts";
import { dutiesOfCall } from "../../../services/domain/duties-of-call.ts";
import { DEFAULT_POLICY } from "../../../services/domain/policy.ts";
import {
  aDispatchedCall,
  anItem,
  aResponse,
  at,
  callAfter,
  change,
  decided,
  district,
  hasArrived,
  hasCompleted,
  responderOf,
  responseIn,
  told,
} from "../../support/call-tickets.ts";

const DUE = at("30 17:30");
const working = aDispatchedCall({
  status: "onSite",
  responses: [hasArrived("ZF", { completeBy: DUE }), aResponse("SJ")],
});
const ask = { action: "delay" as const, workdays: 5, reason: "等鉴定报告" };
const zf = responderOf("ZF");
const asking = callAfter(working, ask, zf);
const officeOf = (code: string) => ({ orgCode: code, personId: null });
const owed = (call: CallState) =>
  dutiesOfCall(
    call,
    { principal: officeOf("WC"), street: officeOf("WC"), district: officeOf("D") },
    { item: anItem(), policy: DEFAULT_POLICY },
    at("27 09:00"),
  ).filter(({ duty }) => duty === "decideDelay" || duty === "completeCall");

describe("more time for a department", () => {
  it("is asked of the district, which owes an answer; until then the limit stays", () => {
    expect(told(change(working, ask, zf))).toEqual([
      "district callDelayRequested",
      "callingStreet callDelayAsked",
    ]);
    expect(owed(asking)).toMatchObject([
      { duty: "decideDelay", owner: { orgCode: "D" }, about: "ZF" },
      { duty: "completeCall", owner: { orgCode: "ZF" }, dueAt: DUE },
    ]);
  });

  it("moves the limit by working days where it is approved, and is had once", () => {
    const approved = callAfter(asking, { action: "decideDelay", approved: true }, district);
    // From Monday, 30 November: five working days on.
    expect(responseIn(approved, "ZF")).toMatchObject({
      completeBy: new Date("2026-12-07T17:30:00+08:00"),
      delayApproved: true,
      delayRequest: null,
    });
    expect(decided(approved, ask, zf)).toMatchObject({ code: "alreadyDelayed" });
  });

  it("stays away where it is not, which takes a reason, and may then be asked for again", () => {
    expect(decided(asking, { action: "decideDelay", approved: false }, district)).toMatchObject({
      code: "reasonRequired",
    });
    const refused = callAfter(
      asking,
      { action: "decideDelay", approved: false, reason: "群众在等" },
      district,
    );
    expect(responseIn(refused, "ZF")).toMatchObject({ completeBy: DUE, delayApproved: false });
    expect(decided(refused, ask, zf)).toMatchObject({ ok: true });
  });

  it("is refused before the arrival, when it is done, for too long, twice, and for others", () => {
    expect(decided(working, ask, responderOf("SJ"))).toMatchObject({
      code: "notAllowed",
      detail: { notCheckedIn: true },
    });
    const done = aDispatchedCall({ status: "pendingClosing", responses: [hasCompleted("ZF")] });
    expect(decided(done, ask, zf)).toMatchObject({ code: "notAllowed" });
    expect(decided(working, { ...ask, workdays: 11 }, zf)).toMatchObject({
      code: "delayTooLong",
      detail: { most: 10 },
    });
    expect(decided(asking, ask, zf)).toMatchObject({ code: "alreadyDelayed" });
    expect(decided(working, { ...ask, deptCode: "SJ" }, zf)).toMatchObject({ code: "noRight" });
    expect(decided(working, { action: "decideDelay", approved: true }, district)).toMatchObject({
      code: "notAllowed",
      detail: { missing: "delayRequest" },
    });
  });

  it("has to be decided of a named department where two ask", () => {
    const both = {
      ...asking,
      responses: [responseIn(asking, "ZF"), { ...responseIn(asking, "ZF"), deptCode: "SJ" }],
    };
    expect(decided(both, { action: "decideDelay", approved: true }, district)).toMatchObject({
      code: "fieldRequired",
      detail: { missing: ["deptCode"] },
    });
    const one = callAfter(
      both,
      { action: "decideDelay", deptCode: "SJ", approved: true },
      district,
    );
    expect(responseIn(one, "ZF").delayRequest).not.toBeNull();
    expect(responseIn(one, "SJ").delayApproved).toBe(true);
  });
});
