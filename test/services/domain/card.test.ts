import { describe, expect, it } from "vitest";
import {
  actionOfPress,
  CARD_ACTIONS,
  callCardActions,
  eventCardActions,
  pressWord,
} from "../../../services/domain/card.ts";
import { EVENT_STATUSES } from "../../../services/domain/event.ts";

const holder = (signed: boolean, role: "lead" | "support" = "lead") => ({
  id: "a",
  orgCode: "HW",
  personId: null,
  name: null,
  role,
  signed,
});

describe("what there is to press", () => {
  it("is 受理 as long as nobody accepted", () => {
    for (const status of EVENT_STATUSES)
      expect(eventCardActions("accept", { status, assignees: [] }, null)).toEqual(
        status === "pendingAccept" ? ["accept"] : [],
      );
  });

  it("is 签收, then 办结 for whoever leads, and nothing for those who do not hold the event", () => {
    const actions = (
      status: "assigned" | "handling" | "consulting",
      one: ReturnType<typeof holder>,
    ) => eventCardActions("handle", { status, assignees: [one] }, "HW");
    expect(actions("assigned", holder(false))).toEqual(["sign"]);
    expect(actions("handling", holder(true))).toEqual(["complete"]);
    expect(actions("handling", holder(false, "support"))).toEqual(["sign"]);
    expect(actions("handling", holder(true, "support"))).toEqual([]);
    expect(actions("consulting", holder(true))).toEqual([]);
    const assignees = [holder(false)];
    expect(eventCardActions("handle", { status: "assigned", assignees }, "LF")).toEqual([]);
    expect(eventCardActions("handle", { status: "assigned", assignees }, null)).toEqual([]);
  });

  it("is nothing where card and subject do not belong together", () => {
    expect(eventCardActions("respond", { status: "assigned", assignees: [] }, "HW")).toEqual([]);
    const call = {
      status: "dispatched" as const,
      callType: "complex" as const,
      approval: null,
      approvalRefusal: null,
      dispatchedAt: new Date(),
      responses: [],
    };
    expect(callCardActions("accept", call, "ZF")).toEqual([]);
    expect(callCardActions("respond", call, "ZF")).toEqual([]);
    expect(callCardActions("approve", call, null)).toEqual([]);
    expect(callCardActions("approve", { ...call, callType: "emergency" }, null)).toEqual([
      "approve",
    ]);
  });

  it("comes back as it went out, and as nothing else", () => {
    for (const action of CARD_ACTIONS) expect(actionOfPress(pressWord(action, 7))).toBe(action);
    expect(actionOfPress("archive.1")).toBeNull();
    expect(actionOfPress("")).toBeNull();
  });
});
