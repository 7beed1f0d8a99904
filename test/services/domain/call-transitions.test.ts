import { describe, expect, it } from "vitest";
import { actorRef, SYSTEM } from "../../../services/domain/actor.ts";
import {
  CALL_ACTIONS,
  CALL_STATUSES,
  CALL_TRANSITIONS,
  type CallAction,
  type CallResponse,
  type CallState,
  type CallStatus,
  type CallSupervision,
  callActionsFrom,
  callTransition,
  statusAfter,
} from "../../../services/domain/call-ticket.ts";
import {
  aCall,
  aDispatchedCall,
  aFault,
  aResponse,
  at,
  CORNER,
  change,
  decided,
  hasArrived,
  hasCompleted,
  principal,
  type SaidCommand,
} from "../../support/call-tickets.ts";

/** A well-formed command for each action, so that only the status can refuse it. */
const COMMANDS: { [A in CallAction]: SaidCommand } = {
  submit: { action: "submit" },
  amend: { action: "amend", cause: "夜市油烟噪声反复" },
  cancel: { action: "cancel" },
  approve: { action: "approve" },
  rejectApproval: { action: "rejectApproval", reason: "时间太晚" },
  assess: { action: "assess" },
  dispatch: {
    action: "dispatch",
    departments: [{ deptCode: "HJ", headcount: 2 }],
    reportAt: "2026-11-26T19:40:00+08:00",
    reportPlace: { raw: "滨河路解放街口", ...CORNER },
  },
  release: { action: "release", deptCode: "ZF" },
  respond: { action: "respond", deptCode: "ZF" },
  decline: { action: "decline", deptCode: "ZF", reason: "不是我们的事" },
  eta: { action: "eta", deptCode: "ZF", minutes: 20 },
  checkIn: { action: "checkIn", deptCode: "ZF", ...CORNER },
  confirmArrival: { action: "confirmArrival", deptCode: "ZF" },
  siteLog: { action: "siteLog", note: "水务未到" },
  complete: { action: "complete", deptCode: "ZF", note: "拆棚3处" },
  close: { action: "close", note: "同意结案" },
  evaluate: { action: "evaluate", scores: { ZF: 95 } },
  followUp: { action: "followUp", satisfied: true },
  findFault: { action: "findFault", deptCode: "ZF", fault: "passiveResponse" },
  circular: { action: "circular" },
  appeal: { action: "appeal", deptCode: "ZF", note: "路上有事故" },
  urge: { action: "urge" },
  supervise: { action: "supervise", grade: "red" },
  instruct: { action: "instruct", note: "今晚必须到位" },
  answer: { action: "answer", note: "人已出发" },
  archive: { action: "archive" },
};

const DEMAND: CallSupervision = {
  kind: "supervise",
  grade: "normal",
  note: "",
  by: "鲍督查",
  at: at("09:30").toISOString(),
  answerBy: null,
  owedBy: ["street", "district", "ZF"],
  answered: [],
  answerTo: "supervisors",
};

const found = { by: "鲍督查", at: at("12:00"), note: null };

/** The departments as the action needs them. */
function responsesFor(action: CallAction): CallResponse[] {
  switch (action) {
    case "complete":
      return [hasArrived("ZF"), aResponse("SJ")];
    case "close":
      return [hasCompleted("ZF")];
    case "circular":
    case "appeal":
      return [aResponse("ZF", { faults: [aFault("noResponse", { finding: found })] })];
    default:
      return [aResponse("ZF"), aResponse("SJ")];
  }
}

const BEFORE_DISPATCH: readonly CallStatus[] = [
  "draft",
  "pendingApproval",
  "approved",
  "assessing",
  "approvalRejected",
  "assessReturned",
];

/** A call in which nothing but the status stands in the way; only an emergency is sent as a draft. */
const callIn = (status: CallStatus, action: CallAction): CallState => ({
  ...(BEFORE_DISPATCH.includes(status) ? aCall() : aDispatchedCall()),
  status,
  approval: null,
  supervision: action === "answer" ? DEMAND : null,
  callType: status === "draft" && action === "dispatch" ? "emergency" : "complex",
  // What lacks nothing goes for signature by itself.
  ...(status === "draft" && action === "amend" ? { reportAt: null } : {}),
  responses: BEFORE_DISPATCH.includes(status) ? [] : responsesFor(action),
});

describe("the transition table of call tickets", () => {
  const pairs = CALL_STATUSES.flatMap((status) =>
    CALL_ACTIONS.map((action) => ({ status, action })),
  );

  it.each(pairs)("$status × $action", ({ status, action }) => {
    const call = callIn(status, action);
    const decision = decided(call, COMMANDS[action], SYSTEM, at("10:00"));
    const target = callTransition(status, action);
    if (target === null) {
      expect(decision).toMatchObject({ ok: false, code: "notAllowed", detail: { status } });
      expect(!decision.ok && decision.allowed).toEqual(
        // Without a demand there is nothing to answer.
        callActionsFrom(status).filter((one) => one !== "answer" || call.supervision !== null),
      );
      return;
    }
    expect(decision).toMatchObject({ ok: true, from: status });
    if (!decision.ok) return;
    // In the field what the departments have done decides too; the stories say how.
    const fits = [
      target,
      ...(call.dispatchedAt === null ? [] : [statusAfter(call, decision.responses)]),
    ];
    expect(fits).toContain(decision.to);
  });

  it("leads to every status from a draft", () => {
    const reached = new Set<CallStatus>(["draft"]);
    // These two are reached by what was said with the action.
    const bySaying: Partial<Record<CallStatus, CallStatus[]>> = {
      approved: ["assessReturned"],
      onSite: ["pendingClosing"],
    };
    for (let grown = true; grown; ) {
      grown = false;
      for (const status of reached) {
        for (const target of [
          ...Object.values(CALL_TRANSITIONS[status]),
          ...(bySaying[status] ?? []),
        ]) {
          if (!reached.has(target)) grown = reached.add(target).size > 0;
        }
      }
    }
    expect([...reached].sort()).toEqual([...CALL_STATUSES].sort());
  });

  it("is left for reading once archived, but for the supervisors' judgement", () => {
    expect(callActionsFrom("archived")).toEqual(["findFault", "circular", "appeal"]);
    expect(callActionsFrom("canceled")).toEqual([]);
  });

  it("keeps a planned call from being sent before it is signed", () => {
    expect(decided(aCall(), COMMANDS.dispatch, SYSTEM)).toMatchObject({
      ok: false,
      code: "notAllowed",
      detail: { status: "draft" },
    });
  });

  it("refuses a second signature in every status as given, and changes nothing", () => {
    const approval = { by: actorRef(principal), at: at("08:50") };
    for (const status of CALL_STATUSES) {
      const call = { ...callIn(status, "approve"), approval };
      expect(decided(call, COMMANDS.approve, principal)).toMatchObject({
        ok: false,
        code: "alreadyApproved",
        detail: { by: "王主任" },
      });
      const refused = decided(call, COMMANDS.rejectApproval, principal);
      expect(refused).toMatchObject({ ok: false, code: "alreadyApproved" });
      expect(!refused.ok && refused.allowed).not.toContain("approve");
    }
  });

  it("takes the ticket from the street's closing back to the field when somebody speaks up after all", () => {
    const silent = aResponse("SJ", { faults: [aFault("noResponse")] });
    const waiting = aDispatchedCall({
      status: "pendingClosing",
      responses: [hasCompleted("ZF"), silent],
    });
    const answered = change(waiting, { action: "respond", deptCode: "SJ" }, SYSTEM, at("26 21:10"));
    expect(answered.to).toBe("onSite");
    const alone = { ...waiting, responses: [aResponse("ZF", { releasedAt: at("10:00") }), silent] };
    expect(change(alone, { action: "respond", deptCode: "SJ" }, SYSTEM, at("26 21:10")).to).toBe(
      "dispatched",
    );
  });
});
