import type { z } from "zod";
import { makeCalendar } from "../../services/calendar.ts";
import { type Actor, actorRef, SYSTEM } from "../../services/domain/actor.ts";
import type {
  CallChange,
  CallContext,
  CallDecision,
} from "../../services/domain/call-actions/decision.ts";
import { CallCommand } from "../../services/domain/call-command.ts";
import type {
  CallResponse,
  CallState,
  CheckIn,
  FaultRecord,
} from "../../services/domain/call-ticket.ts";
import { decideCall } from "../../services/domain/decide-call.ts";
import { DEFAULT_POLICY } from "../../services/domain/policy.ts";
import type { ResponsibilityItem } from "../../services/domain/responsibility.ts";
import { aPerson } from "./events.ts";

/** `at("19:40")` on Wednesday, 25 November 2026, a working day; `at("26 19:40")` on another of that month. */
export function at(spoken: string): Date {
  const [time = "", day = "25"] = spoken.split(" ").reverse();
  return new Date(`2026-11-${day}T${time}:00+08:00`);
}

export const officer = aPerson(["streetOfficer"]);
export const principal = aPerson(["streetPrincipal"], { name: "王主任" });
export const district = aPerson(["districtDispatcher"], { orgCode: "D", streetCode: null });
export const supervisor = aPerson(["supervisor"], {
  orgCode: "D",
  streetCode: null,
  name: "鲍督查",
});
export const followUpAgent = aPerson(["followUpAgent"], { orgCode: "D", streetCode: null });
export const responderOf = (deptCode: string): Actor =>
  aPerson(["responder"], {
    orgCode: deptCode,
    streetCode: null,
    personId: `p-${deptCode}`,
    name: `${deptCode}的人`,
    platformUserId: `u-${deptCode}`,
  });

/** Where the departments are to report, and a point about `metres` north of it. */
export const CORNER = { lng: 120.66, lat: 28.01 };
export const northOfCorner = (metres: number) => ({
  lng: CORNER.lng,
  lat: CORNER.lat + metres / 111_195,
});

/** A draft of street WC that lacks nothing: a night market, two departments, tomorrow at 19:40. */
export function aCall(changes: Partial<CallState> = {}): CallState {
  const place = { raw: "滨河路解放街口", addressCode: null, gridCode: null, ...CORNER };
  return {
    no: "HJ20261125-001",
    status: "draft",
    callType: "complex",
    itemNo: "1",
    streetCode: "WC",
    cause: "滨河路夜市占道油烟反复",
    summary: "滨河路夜市占道油烟反复",
    place,
    wantedDepts: ["ZF", "SJ"],
    reportAt: at("26 19:40"),
    reportPlace: place,
    approval: null,
    approvalRefusal: null,
    demands: [],
    createdBy: actorRef(officer),
    responses: [],
    closingOpinion: null,
    followUp: null,
    createdAt: at("08:45"),
    dispatchedAt: null,
    closedAt: null,
    ...changes,
  };
}

/** What a department owes: sent on 25 November at 9, an answer by 11, people on the 26th at 19:40. */
export function aResponse(deptCode: string, changes: Partial<CallResponse> = {}): CallResponse {
  return {
    deptCode,
    status: "notified",
    headcount: 2,
    promised: null,
    dispatchedAt: at("09:00"),
    respondBy: at("11:00"),
    respondedAt: null,
    arriveBy: at("26 19:40"),
    etaMinutes: null,
    claim: null,
    checkIn: null,
    completedAt: null,
    completion: null,
    completeBy: null,
    delayRequest: null,
    delayApproved: false,
    declineReason: null,
    releasedAt: null,
    score: null,
    scoreComment: null,
    faults: [],
    ...changes,
  };
}

export const anArrival = (when: Date, changes: Partial<CheckIn> = {}): CheckIn => ({
  at: when,
  ...CORNER,
  distanceM: 0,
  late: false,
  headcount: 2,
  ...changes,
});

export const aFault = (
  fault: FaultRecord["fault"],
  changes: Partial<FaultRecord> = {},
): FaultRecord => ({
  fault,
  evidence: "应于11月25日11:00前响应,未响应",
  recordedAt: at("11:00"),
  finding: null,
  appeal: null,
  ...changes,
});

export const hasArrived = (deptCode: string, changes: Partial<CallResponse> = {}): CallResponse =>
  aResponse(deptCode, {
    status: "checkedIn",
    respondedAt: at("09:30"),
    promised: 2,
    checkIn: anArrival(at("26 19:30")),
    ...changes,
  });

export const hasCompleted = (deptCode: string, changes: Partial<CallResponse> = {}): CallResponse =>
  hasArrived(deptCode, {
    status: "completed",
    completedAt: at("26 21:00"),
    completion: "拆棚3处",
    ...changes,
  });

/** Signed, sent to ZF and SJ on 25 November at 9:00, expected on the 26th at 19:40. */
export const aDispatchedCall = (changes: Partial<CallState> = {}): CallState =>
  aCall({
    status: "dispatched",
    approval: { by: actorRef(principal), at: at("08:50") },
    dispatchedAt: at("09:00"),
    responses: [aResponse("ZF"), aResponse("SJ")],
    ...changes,
  });

/** ZF and SJ, called at once at 9:00 without a signature: an answer by 9:15, people by 9:30. */
export const anEmergency = (changes: Partial<CallState> = {}): CallState =>
  aDispatchedCall({
    callType: "emergency",
    cause: "厂房彩钢瓦要掉",
    approval: null,
    reportAt: at("09:00"),
    responses: ["ZF", "SJ"].map((deptCode) =>
      aResponse(deptCode, { respondBy: at("09:15"), arriveBy: at("09:30") }),
    ),
    ...changes,
  });

export const anItem = (changes: Partial<ResponsibilityItem> = {}): ResponsibilityItem => ({
  no: "1",
  name: "夜市占道经营综合整治",
  categories: ["street.occupy"],
  leadDept: "ZF",
  supportDepts: ["SJ"],
  headcount: 2,
  respondMinutes: 120,
  arriveMinutes: 60,
  completeWorkdays: 5,
  ...changes,
});

export function inCallContext(changes: Partial<CallContext> = {}): CallContext {
  return {
    actor: SYSTEM,
    now: at("09:00"),
    policy: DEFAULT_POLICY,
    calendar: makeCalendar(),
    item: anItem(),
    ...changes,
  };
}

export type SaidCommand = z.input<typeof CallCommand>;
export type SaidDispatch = Extract<SaidCommand, { action: "dispatch" }>;

/** A command as it comes from outside, with the defaults of its schema. */
export const said = (command: SaidCommand): CallCommand => CallCommand.parse(command);

/** What comes of `command` by `actor` at `now`. */
export const decided = (
  call: CallState,
  command: SaidCommand,
  actor: Actor,
  now: Date = at("09:00"),
  changes: Partial<CallContext> = {},
): CallDecision => decideCall(call, said(command), inCallContext({ actor, now, ...changes }));

/** The same where it must not be refused. */
export function change(...given: Parameters<typeof decided>): CallChange {
  const decision = decided(...given);
  if (!decision.ok)
    throw new Error(
      `${decision.action} was refused: ${decision.code} ${JSON.stringify(decision.detail)}`,
    );
  return decision;
}

/** The call as it is once the change is written. */
export const changedBy = (call: CallState, made: CallChange): CallState => ({
  ...call,
  ...made.patch,
  status: made.to,
  responses: made.responses,
});

/** The call after a command, which must not be refused. */
export const callAfter = (...given: Parameters<typeof decided>): CallState =>
  changedBy(given[0], change(...given));

/** The latest response of a department. */
export function responseIn(call: Pick<CallState, "responses">, deptCode: string): CallResponse {
  const found = call.responses.findLast((response) => response.deptCode === deptCode);
  if (found === undefined) throw new Error(`${deptCode} is not called.`);
  return found;
}

export const faultsIn = (call: Pick<CallState, "responses">, deptCode: string) =>
  responseIn(call, deptCode).faults.map(({ fault }) => fault);

/** `audience kind`, or `department:CODE kind`, of each notice. */
export const told = ({ notices }: CallChange): string[] =>
  notices.map(
    ({ to, kind, deptCode }) => `${to}${deptCode === undefined ? "" : `:${deptCode}`} ${kind}`,
  );
