import { describe, expect, it } from "vitest";
import { actorRef, SYSTEM } from "../../../services/domain/actor.ts";
import {
  CALL_ACTIONS,
  CALL_STATUSES,
  type CallAction,
  type CallResponse,
  type CallState,
  type CallStatus,
  type CallSupervision,
  statusAfter,
} from "../../../services/domain/call-ticket.ts";
import {
  CALL_TRANSITIONS,
  callActionsFrom,
  callTransition,
} from "../../../services/domain/call-transitions.ts";
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
  delay: { action: "delay", deptCode: "ZF", workdays: 5, reason: "等鉴定" },
  decideDelay: { action: "decideDelay", deptCode: "ZF", approved: true },
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
  answerTo: null,
  answerOffice: "supervisors",
};

/** When a call is over only what is to be put right is still answered. */
const demandIn = (status: CallStatus): CallSupervision =>
  ["closed", "archived"].includes(status) ? { ...DEMAND, kind: "rectify", owedBy: ["ZF"] } : DEMAND;

const ASKED = { workdays: 5, reason: "等鉴定", by: null };
const found = { by: "鲍督查", at: at("12:00"), note: null };

/** The departments as the action needs them. */
function responsesFor(action: CallAction): CallResponse[] {
  switch (action) {
    case "complete":
      return [hasArrived("ZF"), aResponse("SJ")];
    case "delay":
      return [hasArrived("ZF", { completeBy: at("30 17:30") }), aResponse("SJ")];
    case "decideDelay":
      return [{ ...hasArrived("ZF"), delayRequest: ASKED }, aResponse("SJ")];
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
  demands: action === "answer" ? [demandIn(status)] : [],
  callType: status === "draft" && action === "dispatch" ? "emergency" : "complex",
  // What lacks nothing goes for signature by itself.
  ...(status === "draft" && action === "amend" ? { reportAt: null } : {}),
  responses: BEFORE_DISPATCH.includes(status) ? [] : responsesFor(action),
});

const OWED = "urge supervise instruct answer";
const FIELD = `dispatch release respond decline eta siteLog complete delay decideDelay findFault circular appeal approve rejectApproval ${OWED}`;

/**
 * The whole table once more, by the rules of seed 001 and domain.md 1.11 and not by the code: what leaves
 * the status as it is, then what leads on. Whatever is not here is refused.
 */
const TABLE: Record<CallStatus, { stays: string; leads: Partial<Record<CallAction, CallStatus>> }> =
  {
    draft: {
      stays: "amend",
      leads: { submit: "pendingApproval", cancel: "canceled", dispatch: "dispatched" },
    },
    pendingApproval: {
      stays: `amend ${OWED}`,
      leads: { approve: "approved", rejectApproval: "approvalRejected", cancel: "canceled" },
    },
    approvalRejected: {
      stays: "",
      leads: { amend: "pendingApproval", submit: "pendingApproval", cancel: "canceled" },
    },
    approved: {
      stays: OWED,
      leads: { assess: "assessing", dispatch: "dispatched", cancel: "canceled" },
    },
    assessing: { stays: `assess ${OWED}`, leads: { dispatch: "dispatched", cancel: "canceled" } },
    assessReturned: {
      stays: "",
      leads: { amend: "pendingApproval", submit: "pendingApproval", cancel: "canceled" },
    },
    dispatched: {
      stays: FIELD,
      leads: { checkIn: "onSite", confirmArrival: "onSite", close: "closed", cancel: "canceled" },
    },
    onSite: {
      stays: `checkIn confirmArrival ${FIELD}`,
      leads: { close: "closed", cancel: "canceled" },
    },
    pendingClosing: {
      stays: FIELD.replace("dispatch ", ""),
      leads: { dispatch: "onSite", checkIn: "onSite", confirmArrival: "onSite", close: "closed" },
    },
    closed: {
      stays: "evaluate followUp findFault circular appeal approve rejectApproval answer",
      leads: { archive: "archived" },
    },
    archived: { stays: "findFault circular appeal answer", leads: {} },
    canceled: { stays: "", leads: {} },
  };

const tableSays = (status: CallStatus, action: CallAction): CallStatus | null =>
  TABLE[status].leads[action] ?? (TABLE[status].stays.split(" ").includes(action) ? status : null);

describe("the transition table of call tickets", () => {
  const pairs = CALL_STATUSES.flatMap((status) =>
    CALL_ACTIONS.map((action) => ({ status, action })),
  );

  it.each(pairs)("$status × $action", ({ status, action }) => {
    const call = callIn(status, action);
    const decision = decided(call, COMMANDS[action], SYSTEM, at("10:00"));
    const target = tableSays(status, action);
    expect(callTransition(status, action)).toBe(target);
    if (target === null) {
      expect(decision).toMatchObject({ ok: false, code: "notAllowed", detail: { status } });
      expect(!decision.ok && decision.allowed).toEqual(
        // Without a demand there is nothing to answer, without a request nothing to decide.
        callActionsFrom(status).filter(
          (one) =>
            (one !== "answer" || call.demands.length > 0) &&
            (one !== "decideDelay" || action === "decideDelay") &&
            (one !== "delay" || action === "delay"),
        ),
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

  it("is left for reading once archived, but for the supervisors' judgement and what comes of it", () => {
    expect(callActionsFrom("archived")).toEqual(["findFault", "circular", "appeal", "answer"]);
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
