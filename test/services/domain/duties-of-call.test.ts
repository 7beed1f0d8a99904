import { describe, expect, it } from "vitest";
import { makeCalendar } from "../../../services/calendar.ts";
import { actorRef } from "../../../services/domain/actor.ts";
import type { CallState } from "../../../services/domain/call-ticket.ts";
import { deadline } from "../../../services/domain/deadline.ts";
import { dutiesOfCall } from "../../../services/domain/duties-of-call.ts";
import { DEFAULT_POLICY } from "../../../services/domain/policy.ts";
import {
  aCall,
  aDispatchedCall,
  aFault,
  anEmergency,
  anItem,
  aResponse,
  at,
  hasArrived,
  hasCompleted,
  principal,
} from "../../support/call-tickets.ts";

const owners = {
  principal: { orgCode: "WC", personId: "p-streetPrincipal" },
  street: { orgCode: "WC", personId: null },
  district: { orgCode: "D", personId: null },
};
const calendar = makeCalendar();
const approval = { by: actorRef(principal), at: at("09:10") };

/** `duty owner due` of everything owed, due as an obligation that begins now would be. */
const owed = (call: CallState, now = at("09:00")): string[] =>
  dutiesOfCall(call, owners, { item: anItem(), policy: DEFAULT_POLICY }, now).map(
    ({ duty, owner, since, limit, dueAt }) => {
      const due = dueAt ?? deadline(since, limit, calendar);
      const local = new Date(due.getTime() + 8 * 3_600_000).toISOString();
      return `${duty} ${owner.personId ?? owner.orgCode} ${local.slice(8, 10)} ${local.slice(11, 16)}`;
    },
  );

describe("what is owed on a call", () => {
  it("is something to say when the street has it back: mended, or taken back", () => {
    for (const status of ["approvalRejected", "assessReturned"] as const)
      expect(owed(aCall({ status }))).toEqual(["answerSupervision WC 26 17:30"]);
  });

  it("is nothing while the street drafts, and nothing at the end", () => {
    expect(owed(aCall({ status: "draft" }))).toEqual([]);
    for (const status of ["canceled", "archived"] as const)
      expect(owed(anEmergency({ status }))).toEqual([]);
  });

  it("is the principal's signature within two working hours", () => {
    expect(owed(aCall({ status: "pendingApproval" }), at("11:00"))).toEqual([
      "approve p-streetPrincipal 25 15:00",
    ]);
  });

  it("is the district's assessment, from the signature on", () => {
    for (const status of ["approved", "assessing"] as const)
      expect(owed(aCall({ status, approval }), at("10:30"))).toEqual(["assess D 25 11:10"]);
  });

  it("is an answer and an arrival of each department", () => {
    expect(owed(aDispatchedCall())).toEqual([
      "respond ZF 25 11:00",
      "arrive ZF 26 19:40",
      "respond SJ 25 11:00",
      "arrive SJ 26 19:40",
    ]);
  });

  it("is what is left for each department, as far as it has come", () => {
    const call = aDispatchedCall({
      status: "onSite",
      responses: [
        aResponse("ZF", { status: "accepted", respondedAt: at("10:00") }),
        hasArrived("SJ", { completeBy: new Date("2026-12-03T17:30:00+08:00") }),
        hasCompleted("GA"),
        aResponse("HJ", { releasedAt: at("10:00") }),
        aResponse("SW", { faults: [aFault("noResponse")] }),
      ],
    });
    expect(owed(call)).toEqual([
      "arrive ZF 26 19:40",
      "completeCall SJ 03 17:30",
      // Silence on record is owed on: an answer may still come.
      "respond SW 25 11:00",
      "arrive SW 26 19:40",
    ]);
  });

  it("is the district's word on an objection, also on one that comes long after the answer", () => {
    const call = aDispatchedCall({
      responses: [aResponse("SJ", { status: "declined", respondedAt: at("09:30") })],
    });
    expect(owed(call, at("11:00"))).toEqual(["assess D 25 15:00"]);
  });

  it("is the street's closing within a working day once all are settled", () => {
    const call = aDispatchedCall({ status: "pendingClosing", responses: [hasCompleted("ZF")] });
    expect(owed(call, at("26 21:00"))).toEqual(["closeCall WC 27 17:30"]);
  });

  it("is a visit within three working days of the closing, until there was one", () => {
    const closed = aDispatchedCall({ status: "closed", closedAt: at("27 09:00") });
    // The 28th and 29th are a weekend.
    expect(owed(closed, at("30 09:00"))).toEqual(["followUp D 02 17:30"]);
    expect(owed({ ...closed, followUp: { result: "满意", at: at("30 10:00") } })).toEqual([]);
  });
});

describe("what is owed on an emergency", () => {
  it("is a signature within two hours of the dispatch, by the clock on the wall", () => {
    const night = anEmergency({ dispatchedAt: at("23:00"), responses: [] });
    expect(owed(night)).toEqual(["supplementApproval p-streetPrincipal 26 01:00"]);
    expect(owed(anEmergency())).toEqual([
      "supplementApproval p-streetPrincipal 25 11:00",
      "respond ZF 25 09:15",
      "arrive ZF 25 09:30",
      "respond SJ 25 09:15",
      "arrive SJ 25 09:30",
    ]);
  });

  it("stays owed until it is given, past the closing too", () => {
    const closed = anEmergency({
      status: "closed",
      followUp: { result: "好", at: at("12:00") },
    });
    expect(owed(closed)).toEqual(["supplementApproval p-streetPrincipal 25 11:00"]);
    expect(owed({ ...closed, approval })).toEqual([]);
  });

  it("runs at night, unlike a planned call's answer", () => {
    const natural = (call: CallState) =>
      dutiesOfCall(call, owners, { item: anItem(), policy: DEFAULT_POLICY }, at("09:00")).find(
        ({ duty }) => duty === "respond",
      )?.limit;
    expect(natural(anEmergency())).toEqual({ naturalMinutes: 120 });
    expect(natural(aDispatchedCall())).toEqual({ workMinutes: 120 });
  });
});
