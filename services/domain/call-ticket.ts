import type { ActorRef } from "./actor.ts";
import type { Place } from "./event.ts";
import type { ResponsibilityItem } from "./responsibility.ts";
import type { Supervision } from "./supervision.ts";

/** What a call ticket (呼叫工单, seed 001) can be, in the order it usually happens, then the side roads. */
export const CALL_STATUSES = [
  "draft",
  "pendingApproval",
  "approved",
  "assessing",
  "dispatched",
  "onSite",
  "pendingClosing",
  "closed",
  "archived",
  "approvalRejected",
  "assessReturned",
  "canceled",
] as const;
export type CallStatus = (typeof CALL_STATUSES)[number];

export const CALL_STATUS_NAMES: Record<CallStatus, string> = {
  draft: "起草中",
  pendingApproval: "待签批",
  approved: "已签批,待研判",
  assessing: "研判中",
  dispatched: "已派遣",
  onSite: "现场处置",
  pendingClosing: "待结案",
  closed: "已结案",
  archived: "已归档",
  approvalRejected: "签批退回",
  assessReturned: "研判退回",
  canceled: "已撤销",
};

/** One row a department: what it owes the call and what it did. */
export const RESPONSE_STATUSES = [
  "notified",
  "accepted",
  "checkedIn",
  "completed",
  "evaluated",
  "declined",
] as const;
export type ResponseStatus = (typeof RESPONSE_STATUSES)[number];

export const RESPONSE_STATUS_NAMES: Record<ResponseStatus, string> = {
  notified: "待响应",
  accepted: "已响应",
  checkedIn: "已到场",
  completed: "已办结",
  evaluated: "已评价",
  declined: "不响应",
};

/**
 * Evidence that the system gathers; what counts as a fault is the supervisor's finding (seed 001: 不响应,
 * 迟响应, 响应不作为). `passiveResponse` is never gathered, only found.
 */
export const FAULTS = [
  "noResponse",
  "lateResponse",
  "noShow",
  "lateArrival",
  "passiveResponse",
] as const;
export type Fault = (typeof FAULTS)[number];

export const FAULT_NAMES: Record<Fault, string> = {
  noResponse: "不响应",
  lateResponse: "迟响应",
  noShow: "未到场",
  lateArrival: "迟到",
  passiveResponse: "响应不作为",
};

export const CALL_TYPES = ["complex", "emergency"] as const;
export type CallType = (typeof CALL_TYPES)[number];

export const CALL_ACTIONS = [
  "submit",
  "amend",
  "cancel",
  "approve",
  "rejectApproval",
  "assess",
  "dispatch",
  "release",
  "respond",
  "decline",
  "eta",
  "checkIn",
  "confirmArrival",
  "siteLog",
  "complete",
  "delay",
  "decideDelay",
  "close",
  "evaluate",
  "followUp",
  "findFault",
  "circular",
  "appeal",
  "urge",
  "supervise",
  "instruct",
  "answer",
  "archive",
] as const;
export type CallAction = (typeof CALL_ACTIONS)[number];

export const CALL_ACTION_NAMES: Record<CallAction, string> = {
  submit: "提交",
  amend: "修改",
  cancel: "撤销",
  approve: "签批",
  rejectApproval: "签批退回",
  assess: "研判",
  dispatch: "派遣",
  release: "同意不响应",
  respond: "响应",
  decline: "不响应",
  eta: "预告晚到",
  checkIn: "报到",
  confirmArrival: "确认到场",
  siteLog: "现场记录",
  complete: "办结反馈",
  delay: "申请延期",
  decideDelay: "审批延期",
  close: "结案",
  evaluate: "评价",
  followUp: "回访",
  findFault: "认定",
  circular: "通报",
  appeal: "申诉",
  urge: "催办",
  supervise: "督办",
  instruct: "领导批示",
  answer: "答复",
  archive: "归档",
};

/** What its history can say: how it began, evidence that time made, deadlines counted anew, what was done. */
export const CALL_STEPS = ["draft", "evidence", "recount", ...CALL_ACTIONS] as const;
export type CallStep = (typeof CALL_STEPS)[number];

export const CALL_STEP_NAMES: Record<CallStep, string> = {
  draft: "起草",
  evidence: "留痕",
  recount: "期限重算",
  ...CALL_ACTION_NAMES,
};

export const isOpenCall = (status: CallStatus): boolean =>
  !["closed", "archived", "canceled"].includes(status);

/** An arrival, counted or only claimed. Late is judged by `at`, whenever it is confirmed. */
export interface CheckIn {
  at: Date;
  lng: number | null;
  lat: number | null;
  /** metres from the reporting place; null where either end is unknown */
  distanceM: number | null;
  late: boolean;
  headcount: number | null;
}

/** What a department owes the call and did. */
export interface CallResponse {
  deptCode: string;
  status: ResponseStatus;
  /** people asked for, and people promised or come */
  headcount: number | null;
  promised: number | null;
  dispatchedAt: Date;
  respondBy: Date;
  respondedAt: Date | null;
  arriveBy: Date;
  /** announced delay in minutes (堵车晚20分钟): kept beside a late arrival, excuses nothing */
  etaMinutes: number | null;
  /** an arrival out of range or without a position: counts when the street confirms it */
  claim: CheckIn | null;
  checkIn: CheckIn | null;
  completedAt: Date | null;
  completion: string | null;
  completeBy: Date | null;
  /** a request that waits for the district: days asked for and why */
  delayRequest: { workdays: number; reason: string; by: string | null } | null;
  /** once at most */
  delayApproved: boolean;
  declineReason: string | null;
  /** taken out by the district: 「同意不响应」, or replaced by another department */
  releasedAt: Date | null;
  score: number | null;
  scoreComment: string | null;
  faults: readonly FaultRecord[];
}

/** One piece of evidence, what the supervisor made of it, and what the department says to it. */
export interface FaultRecord {
  fault: Fault;
  /** by when it was owed, and when it came (null: never) */
  evidence: string;
  recordedAt: Date;
  finding: { by: string | null; at: Date; note: string | null } | null;
  /** the finding has gone out in a circular */
  circulated?: boolean;
  appeal: { by: string | null; at: Date; note: string } | null;
}

/** A demand about a call, which several departments may have to answer. */
export interface CallSupervision extends Supervision {
  /** whom it went to: departments by code, `street`, `district` */
  owedBy: readonly string[];
  /** those of them that have answered */
  answered: readonly string[];
  /** whose office made the demand, and hears of the answer */
  answerOffice: "callingStreet" | "district" | "supervisors" | "followUpAgents";
}

/** What the decisions about a call look at. */
export interface CallState {
  no: string;
  status: CallStatus;
  callType: CallType;
  /** item of the 属地管理清单 */
  itemNo: string | null;
  /** the item as the list had it when the call came under it */
  item?: ResponsibilityItem | null;
  streetCode: string;
  cause: string;
  summary: string;
  place: Place;
  /** departments the street asks for, by code */
  wantedDepts: readonly string[];
  /** when and where the departments are to report; the district fixes both */
  reportAt: Date | null;
  reportPlace: Place;
  approval: { by: ActorRef; at: Date } | null;
  /** the principal would not sign for an emergency that is under way; a signature takes its place */
  approvalRefusal: { by: ActorRef; at: Date; reason: string } | null;
  /** demands (催办, 督办, 批示, 整改) that somebody has yet to answer, the oldest first */
  demands: readonly CallSupervision[];
  createdBy: ActorRef;
  responses: readonly CallResponse[];
  closingOpinion: string | null;
  followUp: { result: string; at: Date } | null;
  createdAt: Date;
  dispatchedAt: Date | null;
  closedAt: Date | null;
}

/** Departments that still count: not released and not replaced. */
export const activeResponses = (call: Pick<CallState, "responses">): CallResponse[] =>
  call.responses.filter((response) => response.releasedAt === null);

/**
 * A department is settled when it has completed, was released, or its silence is on record; a call can
 * close when every one is (contract section 4).
 */
export function isSettled(response: CallResponse): boolean {
  if (response.releasedAt !== null) return true;
  if (["completed", "evaluated"].includes(response.status)) return true;
  const silent = response.faults.some(({ fault }) => fault === "noResponse" || fault === "noShow");
  return silent && ["notified", "accepted"].includes(response.status);
}

export const unsettled = (call: Pick<CallState, "responses">): CallResponse[] =>
  call.responses.filter((response) => !isSettled(response));

/**
 * Where a ticket in the field stands with these responses: it waits for the street once every department
 * is settled and one of them by more than its silence; it is in the field again when one speaks up after all.
 */
export function statusAfter(
  call: Pick<CallState, "status">,
  responses: readonly CallResponse[],
): CallStatus {
  const finished = responses.some(
    ({ releasedAt, completedAt }) => releasedAt !== null || completedAt !== null,
  );
  if (finished && responses.every(isSettled)) return "pendingClosing";
  if (call.status !== "pendingClosing") return call.status;
  const arrived = activeResponses({ responses }).some(({ checkIn }) => checkIn !== null);
  return arrived ? "onSite" : "dispatched";
}

/** The row of a department that counts: the one it is called under now, else the last it was let go from. */
export const latestResponse = (
  call: Pick<CallState, "responses">,
  deptCode: string | null,
): CallResponse | null =>
  activeResponses(call).find((response) => response.deptCode === deptCode) ??
  call.responses.findLast((response) => response.deptCode === deptCode) ??
  null;
