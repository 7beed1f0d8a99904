import { describe, expect, it } from "vitest";
import { type Actor, ROLES, type Role, SYSTEM } from "../../../services/domain/actor.ts";
import { CALL_RIGHTS, hasCallRight, maySeeCall } from "../../../services/domain/call-rights.ts";
import { CALL_ACTIONS, type CallAction } from "../../../services/domain/call-ticket.ts";
import { allowedCallActions } from "../../../services/domain/decide-call.ts";
import {
  aCall,
  aDispatchedCall,
  aResponse,
  at,
  decided,
  officer,
  principal,
  responderOf,
} from "../../support/call-tickets.ts";
import { aPerson, theResident } from "../../support/events.ts";

const call = aDispatchedCall();

const DISTRICT_ROLES: readonly Role[] = [
  "districtDispatcher",
  "supervisor",
  "followUpAgent",
  "admin",
];

/** Everybody that matters: each role in its own place and the same role elsewhere. */
const own = (role: Role): Actor =>
  aPerson([role], {
    orgCode: role === "responder" ? "ZF" : DISTRICT_ROLES.includes(role) ? "D" : "WC",
    streetCode: role === "responder" || DISTRICT_ROLES.includes(role) ? null : "WC",
  });
const foreign = (role: Role): Actor =>
  aPerson([role], {
    orgCode: role === "responder" ? "SW" : "LA",
    streetCode: role === "responder" ? null : "LA",
  });

const STREET: CallAction[] = [
  "submit",
  "amend",
  "cancel",
  "confirmArrival",
  "siteLog",
  "close",
  "evaluate",
  "urge",
  "answer",
];

const EXPECTED: Record<Role, CallAction[]> = {
  gridWorker: [],
  gridLeader: [],
  gridMentor: [],
  dispatcher: [],
  stationOfficer: [],
  streetOfficer: [...STREET, "archive"],
  streetPrincipal: [...STREET, "approve", "rejectApproval", "instruct"],
  districtDispatcher: [
    "assess",
    "dispatch",
    "release",
    "siteLog",
    "decideDelay",
    "urge",
    "supervise",
    "answer",
    "archive",
  ],
  responder: [
    "respond",
    "decline",
    "eta",
    "checkIn",
    "siteLog",
    "complete",
    "delay",
    "appeal",
    "answer",
  ],
  supervisor: ["findFault", "circular", "supervise", "instruct"],
  followUpAgent: ["followUp", "urge"],
  admin: [],
};

describe("who may do what to a call", () => {
  const cases = ROLES.flatMap((role) => CALL_ACTIONS.map((action) => ({ role, action })));

  it.each(cases)("$role × $action, in their own place", ({ role, action }) => {
    expect(hasCallRight(own(role), action, call)).toBe(EXPECTED[role].includes(action));
  });

  it.each(cases)("$role × $action, in a foreign street or department", ({ role, action }) => {
    // The district's own roles have no foreign street.
    const everywhere = DISTRICT_ROLES.includes(role) && EXPECTED[role].includes(action);
    expect(hasCallRight(foreign(role), action, call)).toBe(everywhere);
  });

  it.each(CALL_ACTIONS.map((action) => ({ action })))("a resident × $action", ({ action }) => {
    expect(hasCallRight(theResident, action, call)).toBe(false);
    expect(hasCallRight(SYSTEM, action, call)).toBe(true);
  });

  it("lets the street draft, and nobody else", () => {
    expect(CALL_RIGHTS.callDraft).toEqual(["streetOfficer", "streetPrincipal"]);
  });

  it("does not let a responder act for another department", () => {
    for (const command of [
      { action: "respond", deptCode: "SJ" },
      { action: "decline", deptCode: "SJ", reason: "不去" },
      { action: "eta", deptCode: "SJ", minutes: 20 },
      { action: "checkIn", deptCode: "SJ" },
      { action: "complete", deptCode: "SJ", note: "好了" },
      { action: "appeal", deptCode: "SJ", note: "冤枉" },
    ] as const) {
      expect(decided(call, command, responderOf("ZF"))).toMatchObject({
        ok: false,
        code: "noRight",
      });
    }
  });

  it("goes by the right first: no status is told to whom it does not concern", () => {
    const refused = decided(
      aDispatchedCall({ status: "archived" }),
      { action: "approve" },
      foreign("streetPrincipal"),
    );
    expect(refused).toEqual({ ok: false, code: "noRight", action: "approve", allowed: [] });
  });
});

describe("taking a call back", () => {
  it("is the officer's until it is signed, and whoever's signature it is afterwards", () => {
    const pending = aCall({ status: "pendingApproval" });
    expect(decided(pending, { action: "cancel" }, officer)).toMatchObject({ to: "canceled" });

    const signed = { ...call, status: "approved" as const };
    const refused = decided(signed, { action: "cancel" }, officer);
    expect(refused).toMatchObject({ code: "notAllowed", detail: { signed: "王主任" } });
    expect(!refused.ok && refused.allowed).not.toContain("cancel");
    expect(decided(signed, { action: "cancel" }, principal)).toMatchObject({ to: "canceled" });
  });

  it("of a false alarm stays the officer's as long as nobody has signed for it", () => {
    const alarm = aDispatchedCall({ callType: "emergency", approval: null });
    expect(decided(alarm, { action: "cancel", reason: "误报" }, officer)).toMatchObject({
      to: "canceled",
      notices: [{ to: "departments" }, { to: "district" }],
    });
  });
});

describe("what is possible now", () => {
  it("is what status, role and place allow", () => {
    // Nobody has demanded anything: there is nothing to answer; nobody is there: there is nothing to put off.
    const unasked = EXPECTED.responder.filter(
      (action) => action !== "answer" && action !== "delay",
    );
    expect(allowedCallActions(call, responderOf("ZF"))).toEqual(unasked);
    expect(allowedCallActions(call, responderOf("SW"))).toEqual([]);
    expect(allowedCallActions(call, own("districtDispatcher"))).toEqual([
      "dispatch",
      "release",
      "siteLog",
      "urge",
      "supervise",
    ]);
    expect(allowedCallActions(aCall({ status: "pendingApproval" }), officer)).toEqual([
      "amend",
      "cancel",
      "urge",
    ]);
  });
});

describe("who may see a call", () => {
  it("is the district, the calling street and the departments called", () => {
    for (const role of DISTRICT_ROLES) expect(maySeeCall(own(role), call)).toBe(true);
    expect(maySeeCall(own("gridWorker"), call)).toBe(true);
    expect(maySeeCall(own("responder"), call)).toBe(true);
    expect(maySeeCall(SYSTEM, call)).toBe(true);
  });

  it("is no other street or department, and no resident", () => {
    for (const role of ["streetPrincipal", "dispatcher", "responder"] as const)
      expect(maySeeCall(foreign(role), call)).toBe(false);
    expect(maySeeCall(theResident, call)).toBe(false);
  });

  it("is still a department that was let go, which may have something to say to it", () => {
    const released = aDispatchedCall({
      responses: [aResponse("ZF"), aResponse("SJ", { releasedAt: at("10:00") })],
    });
    expect(maySeeCall(responderOf("SJ"), released)).toBe(true);
  });
});
