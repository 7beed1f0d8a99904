import { describe, expect, it } from "vitest";
import type { Call, Event, Obligation } from "../../../web/desk/api.ts";
import { arrivalSketch } from "../../../web/desk/calls/arrival-sketch.ts";
import { lampOf } from "../../../web/desk/calls/lamps.ts";
import { demandLine } from "../../../web/desk/demand.ts";
import { wallsOf } from "../../../web/desk/overdue/walls.ts";
import { ACTION_FORMS, commandOf } from "../../../web/desk/queue/action-forms.ts";
import { inOrder, isInTab, isOverdue } from "../../../web/desk/queue/tabs.ts";
import { countdown, when } from "../../../web/look/time-words.ts";

const NOW = Date.parse("2026-11-25T10:00:00+08:00");
const event = (no: string, changes: Partial<Event>): Event =>
  ({
    no,
    status: "pendingAccept",
    urgency: "normal",
    overdue: false,
    dueAt: null,
    createdAt: "2026-11-25T09:00:00+08:00",
    ...changes,
  }) as Event;

describe("the queue", () => {
  it("puts lives first, then what is overdue, then the newest", () => {
    const events = [
      event("old", { createdAt: "2026-11-24T09:00:00+08:00" }),
      event("new", {}),
      event("late", { createdAt: "2026-11-20T09:00:00+08:00", overdue: true }),
      event("fire", { createdAt: "2026-11-20T09:00:00+08:00", urgency: "critical" }),
    ];
    expect(inOrder(events, NOW).map(({ no }) => no)).toEqual(["fire", "late", "new", "old"]);
  });

  it("shows an event by whose turn it is, and what is late in its own part too", () => {
    const late = event("1", { status: "handling", dueAt: "2026-11-25T09:59:00+08:00" });
    expect(isInTab(late, "working", NOW)).toBe(true);
    expect(isInTab(late, "overdue", NOW)).toBe(true);
    expect(isOverdue({ ...late, status: "completed" }, NOW)).toBe(false);
  });
});

describe("what a form sends", () => {
  const form = (action: string) => {
    const found = ACTION_FORMS.find((one) => one.action === action);
    if (found === undefined) throw new Error(`There is no form for ${action}.`);
    return found;
  };
  it("leaves out what was not filled in", () => {
    expect(commandOf(form("setLevel"), { level: "3", platform: "", note: " " })).toEqual({
      action: "setLevel",
      level: 3,
    });
    expect(commandOf(form("verify"), { passed: "no", reason: "没修好" })).toEqual({
      action: "verify",
      passed: false,
      reason: "没修好",
    });
  });
});

describe("a department's lamp", () => {
  const response = (changes: object) =>
    ({
      status: "notified",
      statusName: "待响应",
      respondBy: "2026-11-25T10:30:00+08:00",
      arriveBy: "2026-11-25T14:30:00+08:00",
      completeBy: null,
      claim: null,
      releasedAt: null,
      ...changes,
    }) as Call["responses"][number];
  it.each([
    ["waits", {}, "waiting", "待响应"],
    [
      "is silent beyond its time",
      { respondBy: "2026-11-25T09:30:00+08:00" },
      "alarm",
      "超时未响应",
    ],
    ["has answered", { status: "accepted" }, "answered", "已响应"],
    [
      "should be there",
      { status: "accepted", arriveBy: "2026-11-25T09:30:00+08:00" },
      "alarm",
      "该到未到",
    ],
    ["says it is there", { status: "accepted", claim: {} }, "there", "到场待确认"],
    ["is there", { status: "checkedIn" }, "there", "已到场"],
    ["declined", { status: "declined" }, "alarm", "不响应"],
    [
      "was let go",
      { status: "declined", releasedAt: "2026-11-25T09:30:00+08:00" },
      "off",
      "不用到场",
    ],
  ])("that %s", (_what, changes, tone, text) => {
    expect(lampOf(response(changes), NOW)).toMatchObject({ tone, text });
  });
});

describe("where departments checked in", () => {
  const call = (checkIn: object | null) =>
    ({
      reportPlace: { lng: 120.5, lat: 28.5 },
      place: { lng: null, lat: null },
      responses: [{ deptCode: "ZF", deptName: "综合执法", checkIn, claim: null }],
    }) as unknown as Call;

  it("is drawn in metres from the reporting place, north up", () => {
    const sketch = arrivalSketch(call({ lng: 120.499, lat: 28.501, late: false }));
    const [dot] = sketch?.dots ?? [];
    expect(dot?.east).toBeLessThan(-90);
    expect(dot?.north).toBeGreaterThan(100);
    expect(dot?.distanceM).toBe(148);
    expect(sketch?.radiusM).toBe(300);
  });

  it("is not drawn where nobody gave a position", () => {
    expect(arrivalSketch(call(null))).toBeNull();
    expect(arrivalSketch(call({ lng: null, lat: null, late: false }))).toBeNull();
  });
});

describe("the overdue wall", () => {
  it("begins with whoever owes the most, the longest overdue first", () => {
    const owes = (orgCode: string, dueAt: string) =>
      ({ owner: { orgCode, personId: null }, dueAt, duty: "sign" }) as Obligation;
    const walls = wallsOf(
      [
        owes("A", "2026-11-24T09:00:00+08:00"),
        owes("B", "2026-11-24T10:00:00+08:00"),
        owes("B", "2026-11-23T09:00:00+08:00"),
      ],
      null,
    );
    expect(walls.map(({ owner }) => owner)).toEqual(["B", "A"]);
    expect(walls[0]?.duties[0]?.dueAt).toContain("11-23");
  });
});

describe("a demand", () => {
  const demand = { note: "", at: "2026-11-25T09:00:00+08:00", answerBy: null };
  it("names whoever may be named", () => {
    expect(
      demandLine({ ...demand, kind: "supervise", grade: "yellow", by: "梅正言", note: "今天答复" }),
    ).toBe("梅正言 黄牌督办:今天答复");
    expect(demandLine({ ...demand, kind: "urge", grade: "normal", by: null })).toBe(
      "上报人 催办:请尽快办理并答复",
    );
  });
});

describe("times", () => {
  it("are told as people say them", () => {
    expect(countdown("2026-11-25T11:05:00+08:00", NOW)).toEqual({
      late: false,
      text: "剩 1小时5分",
    });
    expect(countdown("2026-11-23T07:00:00+08:00", NOW)).toEqual({
      late: true,
      text: "超 2天3小时",
    });
    expect(when("2026-11-25T00:05:00+08:00", NOW)).toBe("00:05");
    expect(when("2025-11-25T09:05:00+08:00", NOW)).toBe("2025年11月25日 09:05");
  });
});
