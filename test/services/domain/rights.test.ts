import { describe, expect, it } from "vitest";
import { type Actor, ROLES, type Role } from "../../../services/domain/actor.ts";
import { EVENT_ACTIONS, type EventAction } from "../../../services/domain/event.ts";
import { hasEventRight, maySeeEvent } from "../../../services/domain/rights.ts";
import { anAssignee, anEvent, aPerson, aStranger, theResident } from "../../support/events.ts";

// An event of street WC, grid WC-1, held by WC-HWS and sent up to the district.
const event = anEvent({
  status: "handling",
  level: 4,
  escalatedAt: new Date(),
  assignees: [anAssignee()],
});

/** Everybody that matters: each role in its own place and the same role elsewhere. */
const own = (role: Role): Actor =>
  aPerson([role], {
    orgCode: ["stationOfficer", "responder"].includes(role) ? "WC-HWS" : "WC",
    gridCodes: role.startsWith("grid") ? ["WC-1"] : [],
    streetCode:
      role === "districtDispatcher" || role === "supervisor" || role === "responder" ? null : "WC",
  });
const foreign = (role: Role): Actor =>
  aPerson([role], {
    orgCode: "LA-HWS",
    streetCode: "LA",
    gridCodes: role.startsWith("grid") ? ["LA-1"] : [],
    platformUserId: "u-foreign",
  });

const COMMAND_ROOM: EventAction[] = [
  "supplement",
  "correct",
  "withdraw",
  "accept",
  "reject",
  "setLevel",
  "assign",
  "escalate",
  "consult",
  "concludeConsultation",
  "specialReport",
  "decideDelay",
  "supervise",
  "progress",
  "reopen",
  "merge",
  "close",
  "archive",
];
const COMMAND_CENTER: EventAction[] = [
  "supplement",
  "correct",
  "withdraw",
  "setLevel",
  "assign",
  "return",
  "consult",
  "concludeConsultation",
  "specialReport",
  "decideDelay",
  "supervise",
  "progress",
  "reopen",
  "merge",
  "close",
  "archive",
];
const GRID: EventAction[] = ["supplement", "correct", "urge", "selfHandle", "verify", "reopen"];
const HANDLER: EventAction[] = ["sign", "progress", "complete", "return", "delay"];
const STREET_LEADER: EventAction[] = ["supervise", "instruct"];

const EXPECTED: Record<Role, EventAction[]> = {
  gridWorker: GRID,
  gridLeader: GRID,
  gridMentor: GRID,
  dispatcher: COMMAND_ROOM,
  stationOfficer: HANDLER,
  responder: HANDLER,
  streetOfficer: STREET_LEADER,
  streetPrincipal: STREET_LEADER,
  districtDispatcher: COMMAND_CENTER,
  supervisor: ["supervise", "instruct"],
  followUpAgent: [],
  admin: [],
};

describe("who may do what to an event", () => {
  const cases = ROLES.flatMap((role) => EVENT_ACTIONS.map((action) => ({ role, action })));

  it.each(cases)("$role × $action, in their own place", ({ role, action }) => {
    const may = action === "join" || EXPECTED[role].includes(action);
    expect(hasEventRight(own(role), action, event)).toBe(may);
  });

  it.each(cases)("$role × $action, in a foreign street or department", ({ role, action }) => {
    // The district's own roles have no foreign street.
    const everywhere =
      ["districtDispatcher", "supervisor"].includes(role) && EXPECTED[role].includes(action);
    expect(hasEventRight(foreign(role), action, event)).toBe(action === "join" || everywhere);
  });

  it.each(EVENT_ACTIONS.map((action) => ({ action })))("a resident × $action", ({ action }) => {
    const reporters: EventAction[] = [
      "supplement",
      "correct",
      "join",
      "urge",
      "withdraw",
      "requestWithdrawal",
      "verify",
      "rate",
      "reopen",
    ];
    expect(hasEventRight(theResident, action, event)).toBe(reporters.includes(action));
    expect(hasEventRight(aStranger, action, event)).toBe(action === "join");
  });

  it("gives the district nothing that was not sent up to it", () => {
    const local = anEvent({ status: "accepted", level: 3 });
    expect(hasEventRight(own("districtDispatcher"), "assign", local)).toBe(false);
  });
});

describe("who may see an event", () => {
  it("shows it to its reporters and to officials within their rights", () => {
    expect(maySeeEvent(theResident, event)).toBe(true);
    expect(maySeeEvent(aStranger, event)).toBe(false);
    expect(maySeeEvent(own("dispatcher"), event)).toBe(true);
    expect(maySeeEvent(foreign("dispatcher"), event)).toBe(false);
    expect(maySeeEvent(foreign("stationOfficer"), event)).toBe(false);
  });

  it("hides what is confidential from the grid it concerns", () => {
    const secret = { ...event, confidential: true, assignees: [] };
    expect(maySeeEvent(own("gridWorker"), secret)).toBe(false);
    expect(maySeeEvent(own("streetOfficer"), secret)).toBe(false);
    expect(maySeeEvent(own("dispatcher"), secret)).toBe(true);
    expect(maySeeEvent(own("supervisor"), secret)).toBe(true);
  });
});
