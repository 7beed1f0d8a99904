import { describe, expect, it } from "vitest";
import { decideEvent } from "../../../services/domain/decide-event.ts";
import type { EventCommand } from "../../../services/domain/event-command.ts";
import {
  anAssignee,
  anEvent,
  aPerson,
  aReporter,
  aStranger,
  inContext,
  theResident,
} from "../../support/events.ts";

const dispatcher = aPerson(["dispatcher"]);
const handler = aPerson(["stationOfficer"], { orgCode: "WC-HWS" });
const gridWorker = aPerson(["gridWorker"], { orgCode: "WC-C", gridCodes: ["WC-1"] });
const handling = anEvent({
  status: "handling",
  assignees: [anAssignee({ signed: true, personId: "p-stationOfficer" })],
});

describe("报处分离", () => {
  const reporter = aReporter({ personId: "p-stationOfficer", platformUserId: "u-stationOfficer" });

  it("keeps whoever reported from signing for it at level 2 and above", () => {
    const event = anEvent({
      status: "assigned",
      level: 2,
      reporters: [reporter],
      assignees: [anAssignee()],
    });
    expect(decideEvent(event, { action: "sign" }, inContext({ actor: handler }))).toMatchObject({
      ok: false,
      code: "separationOfReportAndHandle",
    });
  });

  it("keeps the command room from assigning it to the person who reported", () => {
    const event = anEvent({ status: "accepted", level: 3, reporters: [reporter] });
    const assign: EventCommand = {
      action: "assign",
      orgCode: "WC-HWS",
      personId: "p-stationOfficer",
      supportOrgCodes: [],
    };
    expect(decideEvent(event, assign, inContext({ actor: dispatcher }))).toMatchObject({
      ok: false,
      code: "separationOfReportAndHandle",
    });
  });

  it("lets the grid handle its own report at level 1", () => {
    const own = aReporter({ personId: gridWorker.personId, platformUserId: "u-gridWorker" });
    const event = anEvent({ level: 1, reporters: [own] });
    const decision = decideEvent(
      event,
      { action: "selfHandle", note: "清掉了" },
      inContext({ actor: gridWorker }),
    );
    expect(decision).toMatchObject({ ok: true, to: "completed", patch: { selfHandled: true } });
  });

  it("does not let the grid handle alone what is above level 1", () => {
    expect(
      decideEvent(
        anEvent({ level: 2 }),
        { action: "selfHandle" },
        inContext({ actor: gridWorker }),
      ),
    ).toMatchObject({
      ok: false,
      code: "levelTooHigh",
    });
  });
});

describe("verification", () => {
  const completed = anEvent({
    status: "completed",
    assignees: [anAssignee({ signed: true, personId: gridWorker.personId })],
  });

  it("is never done by whoever did the work", () => {
    expect(
      decideEvent(completed, { action: "verify", passed: true }, inContext({ actor: gridWorker })),
    ).toMatchObject({
      ok: false,
      code: "verifierIsHandler",
    });
  });

  it("that fails needs a reason and sends the event back to whoever holds it", () => {
    const other = { ...gridWorker, personId: "p-other", platformUserId: "u-other" };
    const context = inContext({ actor: other });
    expect(decideEvent(completed, { action: "verify", passed: false }, context)).toMatchObject({
      code: "reasonRequired",
    });
    expect(
      decideEvent(completed, { action: "verify", passed: false, reason: "没清" }, context),
    ).toMatchObject({
      ok: true,
      to: "handling",
      patch: { reopenCount: 1, reporterToldAt: null },
    });
  });

  it("may be done by the reporter when the grid handled it itself", () => {
    expect(
      decideEvent(
        { ...completed, selfHandled: true },
        { action: "verify", passed: true },
        inContext({ actor: theResident }),
      ).ok,
    ).toBe(true);
    expect(
      decideEvent(completed, { action: "verify", passed: true }, inContext({ actor: theResident })),
    ).toMatchObject({ code: "noRight" });
  });
});

describe("a dissatisfied reporter", () => {
  const completed = anEvent({ status: "closed", assignees: [anAssignee({ signed: true })] });
  const bad = { action: "rate", score: 1, note: "根本没修" } as const;

  it("sends the event back once by themselves", () => {
    const decision = decideEvent(completed, bad, inContext({ actor: theResident }));
    expect(decision).toMatchObject({
      ok: true,
      to: "handling",
      rating: 1,
      patch: { autoReopened: true },
    });
  });

  it("is passed on to the command room the second time", () => {
    const decision = decideEvent(
      { ...completed, autoReopened: true },
      bad,
      inContext({ actor: theResident }),
    );
    expect(decision).toMatchObject({
      ok: true,
      to: "closed",
      notices: [{ to: "commandRoom", kind: "dissatisfiedAgain" }],
    });
  });

  it("finds the event accepted again where nobody holds it any more", () => {
    const decision = decideEvent(
      { ...completed, assignees: [] },
      bad,
      inContext({ actor: theResident }),
    );
    expect(decision).toMatchObject({ ok: true, to: "accepted" });
  });

  it("must be one who reported it", () => {
    expect(decideEvent(completed, bad, inContext({ actor: aStranger }))).toMatchObject({
      code: "noRight",
    });
  });

  it("rates a good result only once", () => {
    const rated = { ...completed, reporters: [aReporter({ rating: 5 })] };
    expect(
      decideEvent(rated, { action: "rate", score: 4 }, inContext({ actor: theResident })),
    ).toMatchObject({ code: "alreadyRated" });
  });
});

describe("a delay", () => {
  const ask = { action: "delay", workdays: 5, reason: "等配件" } as const;

  it("is asked for once, for at most ten working days, with a reason", () => {
    const context = inContext({ actor: handler });
    expect(decideEvent(handling, ask, context)).toMatchObject({
      ok: true,
      to: "handling",
      patch: { delayRequest: { workdays: 5 } },
    });
    expect(decideEvent(handling, { ...ask, workdays: 11 }, context)).toMatchObject({
      code: "delayTooLong",
      detail: { most: 10 },
    });
    expect(decideEvent(handling, { ...ask, reason: " " }, context)).toMatchObject({
      code: "reasonRequired",
    });
    expect(decideEvent({ ...handling, delayApproved: true }, ask, context)).toMatchObject({
      code: "alreadyDelayed",
    });
  });

  it("moves the deadline only once it is approved", () => {
    const asked = { ...handling, delayRequest: { workdays: 5, reason: "等配件", by: null } };
    const approved = decideEvent(
      asked,
      { action: "decideDelay", approved: true },
      inContext({ actor: dispatcher }),
    );
    expect(approved.ok && approved.patch.dueAt?.toISOString()).toBe(
      new Date("2026-12-09T17:30:00+08:00").toISOString(),
    );
    const refused = decideEvent(
      asked,
      { action: "decideDelay", approved: false, reason: "很急" },
      inContext({ actor: dispatcher }),
    );
    expect(refused.ok && refused.patch.dueAt).toEqual(handling.dueAt);
  });
});

describe("双反馈", () => {
  it("keeps an event from being archived before both sides were told", () => {
    const closed = anEvent({ status: "closed", reporterToldAt: new Date() });
    expect(
      decideEvent(closed, { action: "archive" }, inContext({ actor: dispatcher })),
    ).toMatchObject({
      code: "feedbackMissing",
      detail: { side: "commandRoom" },
    });
  });

  it("tells reporters and command room when the work is done, and asks the grid to verify", () => {
    const decision = decideEvent(
      handling,
      { action: "complete", note: "已清运" },
      inContext({ actor: handler }),
    );
    expect(
      decision.ok && decision.notices.map((notice) => [notice.to, notice.feedback?.side]),
    ).toEqual([
      ["reporters", "reporter"],
      ["commandRoom", "commandRoom"],
      ["gridStaff", undefined],
    ]);
  });
});

describe("the clock of an event", () => {
  it("starts with acceptance and is not restarted by a new level or a return", () => {
    const accepted = decideEvent(anEvent(), { action: "accept" }, inContext({ actor: dispatcher }));
    expect(accepted.ok && accepted.patch.acceptedAt?.toISOString()).toBe(
      "2026-11-25T02:00:00.000Z",
    );
    const later = inContext({ actor: dispatcher, now: new Date("2026-11-27T10:00:00+08:00") });
    const held = { ...handling, acceptedAt: new Date("2026-11-25T10:00:00+08:00") };
    const releveled = decideEvent(held, { action: "setLevel", level: 3 }, later);
    expect(releveled.ok && releveled.patch.dueAt).toEqual(held.dueAt);
    const urgent = decideEvent(held, { action: "setLevel", urgency: "urgent" }, later);
    // Two working days from acceptance, not from the change.
    expect(urgent.ok && urgent.patch.dueAt?.toISOString()).toBe(
      new Date("2026-11-27T17:30:00+08:00").toISOString(),
    );
  });
});

describe("a refusal", () => {
  it("says what this actor may do now", () => {
    const decision = decideEvent(
      anEvent(),
      { action: "assign", supportOrgCodes: [] },
      inContext({ actor: dispatcher }),
    );
    expect(decision).toMatchObject({
      ok: false,
      code: "notAllowed",
      detail: { status: "pendingAccept" },
    });
    expect(!decision.ok && decision.allowed).toContain("accept");
    expect(!decision.ok && decision.allowed).not.toContain("sign");
  });

  it("for want of a right comes before everything the status could say", () => {
    expect(
      decideEvent(
        anEvent({ status: "archived" }),
        { action: "accept" },
        inContext({ actor: theResident }),
      ),
    ).toMatchObject({
      code: "noRight",
    });
  });
});
