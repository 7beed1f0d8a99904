import { describe, expect, it } from "vitest";
import { SYSTEM } from "../../../../services/domain/actor.ts";
import { decideEvent } from "../../../../services/domain/decide-event.ts";
import {
  EVENT_ACTIONS,
  EVENT_STATUSES,
  EVENT_TRANSITIONS,
  type EventAction,
  type EventStatus,
} from "../../../../services/domain/event.ts";
import { answerOf } from "../../../../services/domain/hotline/answer.ts";
import { HOTLINE_FIELD_WORDS, HOTLINE_FIELDS } from "../../../../services/domain/hotline/field.ts";
import { hotlineMapping, MAPPED_TO } from "../../../../services/domain/hotline/mapping.ts";
import {
  ASKED_BY_STATE,
  HOTLINE_ACTION_WORDS,
  HOTLINE_ASKS,
  HOTLINE_STATE_WORDS,
  HOTLINE_STATES,
  type HotlineAsk,
  STATE_OF_STATUS,
  stateOfChange,
} from "../../../../services/domain/hotline/state.ts";
import { commandFor } from "../../../../services/domain/hotline/update.ts";
import { anAssignee, anEvent, inContext } from "../../../support/events.ts";

const usual = hotlineMapping("hotline12345", []);

describe("the hotline's states", () => {
  it("are those of the district's practice, each by its usual words and by no other's", () => {
    const practice =
      "待受理 待补充 待派遣 已派遣 已签收 办理中 已反馈 待回访 已结案 归档 退单 延期 重办 督办 撤单";
    expect(HOTLINE_STATES.map((state) => HOTLINE_STATE_WORDS[state][0]).join(" ")).toBe(practice);
    const words = Object.values(HOTLINE_STATE_WORDS).flat();
    expect(new Set(words).size).toBe(words.length);
    for (const state of HOTLINE_STATES) {
      for (const word of HOTLINE_STATE_WORDS[state]) expect(usual.stateOf(word)).toBe(state);
      expect(usual.stateOf(usual.wordOf(state))).toBe(state);
    }
    expect(usual.stateOf("已升天")).toBeNull();
  });

  it("ask what they ask", () => {
    const asking = HOTLINE_STATES.flatMap((state) => {
      const ask = ASKED_BY_STATE[state];
      return ask === null ? [] : [`${HOTLINE_STATE_WORDS[state][0]}:${ask}`];
    });
    expect(asking).toEqual(["退单:withdraw", "重办:redo", "督办:supervise", "撤单:withdraw"]);
  });

  it("name every status of an event, each by one", () => {
    const told = Object.fromEntries(
      EVENT_STATUSES.map((status) => {
        const state = STATE_OF_STATUS[status];
        return [status, state === null ? null : usual.wordOf(state)];
      }),
    );
    expect(told).toEqual({
      draft: "待补充",
      pendingAccept: "待受理",
      accepted: "待派遣",
      assigned: "已派遣",
      handling: "办理中",
      completed: "已反馈",
      verified: "待回访",
      closed: "已结案",
      archived: "归档",
      rejected: "退单",
      merged: null,
      withdrawn: "撤单",
      escalated: "待派遣",
      consulting: "待派遣",
    });
  });

  it("follow every transition there is; the first signature and a granted delay say more", () => {
    for (const from of EVENT_STATUSES) {
      for (const [action, to] of Object.entries(EVENT_TRANSITIONS[from]) as [
        EventAction,
        EventStatus,
      ][]) {
        const state = stateOfChange({ action, from, to, delayApproved: false });
        const first = action === "sign" && from === "assigned";
        expect([action, state]).toEqual([action, first ? "signed" : STATE_OF_STATUS[to]]);
      }
    }
    const delayed = { action: "decideDelay", from: "handling", to: "handling" } as const;
    expect(stateOfChange({ ...delayed, delayApproved: true })).toBe("delayed");
    expect(EVENT_ACTIONS).toContain("decideDelay");
  });
});

describe("what goes back", () => {
  const change = {
    from: "handling",
    to: "completed",
    note: "已清运",
    delayApproved: false,
  } as const;

  it("is told once a state, a result each time, with the words that belong to it", () => {
    expect(answerOf({ ...change, action: "complete" }, "handling")).toEqual({
      kind: "result",
      state: "answered",
      text: "已清运",
    });
    expect(answerOf({ ...change, action: "complete" }, "answered")?.kind).toBe("result");
    const urged = { ...change, action: "urge", to: "handling", note: "快点" } as const;
    expect(answerOf(urged, "handling")).toBeNull();
    expect(answerOf(urged, "signed")).toEqual({ kind: "state", state: "handling", text: "" });
    const merged = { ...change, action: "merge", to: "merged" } as const;
    expect(answerOf(merged, null)).toBeNull();
    const rejected = {
      ...change,
      action: "reject",
      to: "rejected",
      note: "不归我们管,请找13800000001",
    } as const;
    expect(answerOf(rejected, "awaitingAcceptance")).toEqual({
      kind: "state",
      state: "returned",
      text: "不归我们管,请找138****0001",
    });
  });
});

describe("what the hotline asks of an event", () => {
  const doing: Record<HotlineAsk, Partial<Record<EventStatus, EventAction>>> = {
    urge: onAll(
      [
        "draft",
        "pendingAccept",
        "accepted",
        "assigned",
        "handling",
        "escalated",
        "consulting",
        "completed",
      ],
      "urge",
    ),
    supplement: onAll(
      ["draft", "pendingAccept", "accepted", "assigned", "handling", "escalated", "consulting"],
      "supplement",
    ),
    redo: {
      ...onAll(
        ["draft", "pendingAccept", "accepted", "assigned", "handling", "escalated", "consulting"],
        "urge",
      ),
      ...onAll(["completed", "verified", "closed"], "reopen"),
    },
    supervise: onAll(
      [
        "draft",
        "pendingAccept",
        "accepted",
        "assigned",
        "handling",
        "escalated",
        "consulting",
        "completed",
      ],
      "supervise",
    ),
    withdraw: onAll(
      ["draft", "pendingAccept", "accepted", "assigned", "handling", "escalated"],
      "withdraw",
    ),
  };

  it.each(HOTLINE_ASKS)("%s is an action that the status allows, or is kept", (ask) => {
    for (const status of EVENT_STATUSES) {
      const command = commandFor(ask, status, "hotline12345", "桶还是满的");
      expect([status, command?.action]).toEqual([status, doing[ask][status]]);
      if (command === null) continue;
      const event = anEvent({ status, assignees: [anAssignee()] });
      expect(decideEvent(event, command, inContext({ actor: SYSTEM }))).toMatchObject({ ok: true });
    }
  });
});

describe("a district's mapping", () => {
  it("goes before the usual words, of its own line only", () => {
    const rows = [
      { line: "hotline12345", kind: "field", theirs: "红灯时间", ours: "dueAt" },
      { line: "hotline12345", kind: "state", theirs: "办结", ours: "closed" },
      { line: "hotline12345", kind: "action", theirs: "红灯", ours: "supervise" },
      { line: "hotline12345", kind: "category", theirs: "市容-垃圾", ours: "env.binOverflow" },
      { line: "hotline12345", kind: "answer", theirs: "已回复", ours: "answered" },
    ] as const;
    const own = hotlineMapping("hotline12345", rows);
    const other = hotlineMapping("hotline8890", rows);
    expect(own.fieldOf(" 红灯时间: ")).toBe("dueAt");
    expect(own.stateOf("办结")).toBe("closed");
    expect(own.actionOf("红灯")).toBe("supervise");
    expect(own.categoryOf("市容-垃圾")).toBe("env.binOverflow");
    expect(own.wordOf("answered")).toBe("已回复");
    expect(other.fieldOf("红灯时间")).toBeNull();
    expect(other.stateOf("办结")).toBe("answered");
    expect(other.wordOf("answered")).toBe("已反馈");
  });

  it("knows every field and action by its own name and by its usual ones, none by two", () => {
    for (const field of HOTLINE_FIELDS) expect(usual.fieldOf(field)).toBe(field);
    for (const [field, words] of Object.entries(HOTLINE_FIELD_WORDS))
      for (const word of words) expect([word, usual.fieldOf(word)]).toEqual([word, field]);
    for (const [action, words] of Object.entries(HOTLINE_ACTION_WORDS))
      for (const word of words) expect([word, usual.actionOf(word)]).toEqual([word, action]);
    expect(Object.keys(MAPPED_TO)).toEqual(["field", "state", "action", "answer"]);
  });
});

function onAll<A extends EventAction>(statuses: EventStatus[], action: A) {
  return Object.fromEntries(statuses.map((status) => [status, action]));
}
