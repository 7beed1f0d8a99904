import { makeCalendar } from "../../services/calendar.ts";
import { type Actor, type Role, SYSTEM } from "../../services/domain/actor.ts";
import type { Assignee, EventState, Reporter } from "../../services/domain/event.ts";
import type { DecisionContext } from "../../services/domain/event-actions/decision.ts";
import { DEFAULT_POLICY } from "../../services/domain/policy.ts";

/** An event in the street WC, grid WC-1; only what the test cares about has to be said. */
export function anEvent(changes: Partial<EventState> = {}): EventState {
  return {
    no: "SJ20261125-0001",
    status: "pendingAccept",
    kind: "report",
    category: "env.binOverflow",
    platform: "lawEnforcement",
    level: 2,
    urgency: "normal",
    place: { raw: "河滨花园北门", addressCode: null, gridCode: "WC-1", lng: null, lat: null },
    streetCode: "WC",
    confidential: false,
    selfHandled: false,
    assignees: [],
    reporters: [aReporter()],
    createdAt: new Date("2026-11-25T09:00:00+08:00"),
    acceptedAt: null,
    dueAt: new Date("2026-12-02T17:30:00+08:00"),
    ownDueAt: null,
    hotlineDueAt: null,
    reopenCount: 0,
    autoReopened: false,
    escalatedAt: null,
    delayRequest: null,
    delayApproved: false,
    demands: [],
    reporterToldAt: null,
    commandRoomToldAt: null,
    possibleDuplicate: null,
    missing: [],
    ...changes,
  };
}

export const aReporter = (changes: Partial<Reporter> = {}): Reporter => ({
  personId: null,
  channel: "dingtalk",
  platformUserId: "resident-1",
  first: true,
  rating: null,
  ...changes,
});

export const anAssignee = (changes: Partial<Assignee> = {}): Assignee => ({
  id: "a1",
  orgCode: "WC-HWS",
  personId: null,
  name: null,
  role: "lead",
  signed: false,
  ...changes,
});

/** A person of the registry with the given roles; residents have none. */
export function aPerson(roles: Role[], changes: Partial<Actor> = {}): Actor {
  return {
    personId: roles.length === 0 ? null : `p-${roles[0]}`,
    name: "某人",
    orgCode: "WC",
    streetCode: "WC",
    roles,
    gridCodes: [],
    channel: "dingtalk",
    platformUserId: roles.length === 0 ? "resident-1" : `u-${roles[0]}`,
    ...changes,
  };
}

export const theResident = aPerson([], { orgCode: null, streetCode: null });
export const aStranger = aPerson([], {
  orgCode: null,
  streetCode: null,
  platformUserId: "resident-9",
});

export function inContext(changes: Partial<DecisionContext> = {}): DecisionContext {
  return {
    actor: SYSTEM,
    now: new Date("2026-11-25T10:00:00+08:00"),
    policy: DEFAULT_POLICY,
    calendar: makeCalendar(),
    route: null,
    ...changes,
  };
}
