import { describe, expect, it } from "vitest";
import { SYSTEM } from "../../../services/domain/actor.ts";
import { decideEvent } from "../../../services/domain/decide-event.ts";
import {
  actionsFrom,
  EVENT_ACTIONS,
  EVENT_STATUSES,
  EVENT_TRANSITIONS,
  type EventAction,
  type EventStatus,
  eventTransition,
} from "../../../services/domain/event.ts";
import type { EventCommand } from "../../../services/domain/event-command.ts";
import { anAssignee, anEvent, inContext } from "../../support/events.ts";

/** A well-formed command for each action, so that only the status can refuse it. */
const COMMANDS: { [A in EventAction]: EventCommand } = {
  supplement: { action: "supplement", note: "在北门", giveUp: true },
  correct: { action: "correct", note: "是3幢" },
  join: { action: "join" },
  urge: { action: "urge" },
  withdraw: { action: "withdraw" },
  requestWithdrawal: { action: "requestWithdrawal" },
  accept: { action: "accept" },
  reject: { action: "reject", reason: "不在本区" },
  setLevel: { action: "setLevel", level: 3 },
  assign: { action: "assign", orgCode: "WC-HWS", supportOrgCodes: [] },
  sign: { action: "sign" },
  progress: { action: "progress", note: "已到现场" },
  selfHandle: { action: "selfHandle" },
  complete: { action: "complete", note: "已清运" },
  return: { action: "return", reason: "属市政" },
  escalate: { action: "escalate" },
  consult: { action: "consult" },
  concludeConsultation: { action: "concludeConsultation", note: "由市政牵头" },
  specialReport: { action: "specialReport" },
  delay: { action: "delay", workdays: 5, reason: "等配件" },
  decideDelay: { action: "decideDelay", approved: true },
  supervise: { action: "supervise", grade: "normal" },
  instruct: { action: "instruct", note: "今天到现场" },
  verify: { action: "verify", passed: true },
  rate: { action: "rate", score: 5 },
  reopen: { action: "reopen", reason: "没修" },
  merge: { action: "merge", into: "SJ20261125-0009" },
  close: { action: "close", note: "已电话告知" },
  archive: { action: "archive" },
};

const told = new Date("2026-11-25T09:30:00+08:00");

/** An event in which nothing but the status stands in the way. */
const eventIn = (status: EventStatus) =>
  anEvent({
    status,
    level: 1,
    assignees: ["assigned", "handling", "completed", "verified", "closed"].includes(status)
      ? [anAssignee({ signed: !["assigned", "handling"].includes(status) })]
      : [],
    delayRequest: null,
    // Before the verification closing only notes that a reporter was told by hand.
    reporterToldAt: status === "completed" ? null : told,
    commandRoomToldAt: told,
  });

describe("the transition table of events", () => {
  const pairs = EVENT_STATUSES.flatMap((status) =>
    EVENT_ACTIONS.map((action) => ({ status, action })),
  );

  it.each(pairs)("$status × $action", ({ status, action }) => {
    const event =
      action === "decideDelay"
        ? { ...eventIn(status), delayRequest: { workdays: 5, reason: "等", by: null } }
        : eventIn(status);
    // Rating is the reporter's own; everything else the system may do, so that only the table decides.
    const actor =
      action === "rate" ? { ...SYSTEM, channel: "dingtalk", platformUserId: "resident-1" } : SYSTEM;
    const decision = decideEvent(event, COMMANDS[action], inContext({ actor }));
    const target = eventTransition(status, action);
    if (target === null) {
      expect(decision).toMatchObject({ ok: false, code: "notAllowed" });
      if (!decision.ok) expect(decision.allowed).toEqual(actionsFrom(status));
    } else {
      expect(decision).toMatchObject({ ok: true, from: status });
      // A reopened event goes back to whoever holds it, as far as there is somebody.
      if (decision.ok && action !== "reopen") expect(decision.to).toBe(target);
    }
  });

  it("leads to every status from the first ones", () => {
    const reached = new Set<EventStatus>(["draft", "pendingAccept"]);
    for (let grown = true; grown; ) {
      grown = false;
      for (const status of reached) {
        for (const target of Object.values(EVENT_TRANSITIONS[status])) {
          if (!reached.has(target)) grown = reached.add(target).size > 0;
        }
      }
    }
    expect([...reached].sort()).toEqual([...EVENT_STATUSES].sort());
  });

  it("has no way out of the ends", () => {
    for (const end of ["archived", "rejected", "merged", "withdrawn"] as const) {
      expect(actionsFrom(end)).toEqual([]);
    }
  });
});
