import type { EventLevel, Urgency } from "./level.ts";
import type { Platform } from "./platform.ts";
import type { Supervision } from "./supervision.ts";

/** What an event (事件) can be, in the order it usually happens, then the side roads. */
export const EVENT_STATUSES = [
  "draft",
  "pendingAccept",
  "accepted",
  "assigned",
  "handling",
  "completed",
  "verified",
  "closed",
  "archived",
  "rejected",
  "merged",
  "withdrawn",
  "escalated",
  "consulting",
] as const;
export type EventStatus = (typeof EVENT_STATUSES)[number];

export const EVENT_STATUS_NAMES: Record<EventStatus, string> = {
  draft: "待补全",
  pendingAccept: "待受理",
  accepted: "已受理,待交办",
  assigned: "已交办,待签收",
  handling: "办理中",
  completed: "已办结,待验收",
  verified: "验收通过",
  closed: "已结案",
  archived: "已归档",
  rejected: "不予受理",
  merged: "已并入同一事件",
  withdrawn: "已撤回",
  escalated: "已上报区里",
  consulting: "会商中",
};

/** What can be done to an event; the words of the glossary. */
export const EVENT_ACTIONS = [
  "supplement",
  "correct",
  "join",
  "urge",
  "withdraw",
  "requestWithdrawal",
  "accept",
  "reject",
  "setLevel",
  "assign",
  "sign",
  "progress",
  "selfHandle",
  "complete",
  "return",
  "escalate",
  "consult",
  "concludeConsultation",
  "specialReport",
  "delay",
  "decideDelay",
  "supervise",
  "instruct",
  "verify",
  "rate",
  "reopen",
  "merge",
  "close",
  "archive",
] as const;
export type EventAction = (typeof EVENT_ACTIONS)[number];

export const EVENT_ACTION_NAMES: Record<EventAction, string> = {
  supplement: "补充",
  correct: "更正",
  join: "附议",
  urge: "催办",
  withdraw: "撤回",
  requestWithdrawal: "申请撤回",
  accept: "受理",
  reject: "不予受理",
  setLevel: "判级",
  assign: "交办",
  sign: "签收",
  progress: "办理进展",
  selfHandle: "自处置",
  complete: "办结",
  return: "退单",
  escalate: "上报",
  consult: "提请会商",
  concludeConsultation: "会商结论",
  specialReport: "专报",
  delay: "申请延期",
  decideDelay: "审批延期",
  supervise: "督办",
  instruct: "领导批示",
  verify: "验收",
  rate: "评价",
  reopen: "重办",
  merge: "并入",
  close: "结案",
  archive: "归档",
};

/** What its history can say: how it began, what was done to it, deadlines counted anew, a join undone. */
export const EVENT_STEPS = ["report", "recount", "separate", ...EVENT_ACTIONS] as const;
export type EventStep = (typeof EVENT_STEPS)[number];

export const EVENT_STEP_NAMES: Record<EventStep, string> = {
  report: "上报",
  recount: "期限重算",
  separate: "拆分",
  ...EVENT_ACTION_NAMES,
};

/** Notes that leave the status as it is and are welcome as long as somebody works on the event. */
const whileOpen = <S extends EventStatus>(status: S) => ({
  supplement: status,
  correct: status,
  join: status,
  urge: status,
  supervise: status,
  instruct: status,
  progress: status,
});

/**
 * From status, by action, to status; a pair that is absent is not allowed (domain.md 1.11).
 * `reopen` names the usual target; where nobody holds the event any more it goes further back
 * (`reopenTarget` in decide-event.ts). `supplement` leaves `draft` once nothing is missing.
 */
export const EVENT_TRANSITIONS = {
  draft: {
    ...whileOpen("draft"),
    supplement: "pendingAccept",
    accept: "accepted",
    reject: "rejected",
    setLevel: "draft",
    selfHandle: "completed",
    withdraw: "withdrawn",
    merge: "merged",
  },
  pendingAccept: {
    ...whileOpen("pendingAccept"),
    accept: "accepted",
    reject: "rejected",
    setLevel: "pendingAccept",
    selfHandle: "completed",
    withdraw: "withdrawn",
    merge: "merged",
  },
  accepted: {
    ...whileOpen("accepted"),
    setLevel: "accepted",
    assign: "assigned",
    escalate: "escalated",
    consult: "consulting",
    withdraw: "withdrawn",
    merge: "merged",
  },
  assigned: {
    ...whileOpen("assigned"),
    setLevel: "assigned",
    assign: "assigned",
    sign: "handling",
    return: "accepted",
    escalate: "escalated",
    consult: "consulting",
    requestWithdrawal: "assigned",
    withdraw: "withdrawn",
    merge: "merged",
  },
  handling: {
    ...whileOpen("handling"),
    setLevel: "handling",
    assign: "assigned",
    sign: "handling",
    complete: "completed",
    return: "accepted",
    escalate: "escalated",
    consult: "consulting",
    delay: "handling",
    decideDelay: "handling",
    requestWithdrawal: "handling",
    withdraw: "withdrawn",
    merge: "merged",
  },
  completed: {
    join: "completed",
    urge: "completed",
    supervise: "completed",
    instruct: "completed",
    progress: "completed",
    verify: "verified",
    rate: "completed",
    reopen: "handling",
    // Only notes that the reporter was told by hand; the grid still verifies.
    close: "completed",
  },
  verified: {
    join: "verified",
    rate: "verified",
    reopen: "handling",
    close: "closed",
  },
  closed: { rate: "closed", reopen: "handling", archive: "archived" },
  archived: {},
  rejected: {},
  merged: {},
  withdrawn: {},
  escalated: {
    ...whileOpen("escalated"),
    specialReport: "escalated",
    setLevel: "escalated",
    assign: "assigned",
    return: "accepted",
    consult: "consulting",
    requestWithdrawal: "escalated",
    withdraw: "withdrawn",
    merge: "merged",
  },
  consulting: {
    ...whileOpen("consulting"),
    specialReport: "consulting",
    concludeConsultation: "accepted",
  },
} as const satisfies Record<EventStatus, Partial<Record<EventAction, EventStatus>>>;

/** Where `action` leads from `status`, or null where it is not allowed. */
export function eventTransition(status: EventStatus, action: EventAction): EventStatus | null {
  const row: Partial<Record<EventAction, EventStatus>> = EVENT_TRANSITIONS[status];
  return row[action] ?? null;
}

/** Everything the status allows, whoever asks. */
export const actionsFrom = (status: EventStatus): readonly EventAction[] =>
  EVENT_ACTIONS.filter((action) => eventTransition(status, action) !== null);

/** Nobody works on it any more. */
export const ENDED_EVENTS = [
  "closed",
  "archived",
  "rejected",
  "merged",
  "withdrawn",
] as const satisfies readonly EventStatus[];

/** Somebody still owes work on it. */
export const isOpenEvent = (status: EventStatus): boolean =>
  !ENDED_EVENTS.some((ended) => ended === status);

/** How an event came in (domain.md 3.5); the API takes the same words. */
export const EVENT_SOURCES = [
  "groupMessage",
  "privateMessage",
  "publicTip",
  "snapshot",
  "patrol",
  "hotline12345",
  "hotline8890",
  "petition",
  "mediation",
  "videoAlarm",
  "electricAlarm",
  "app",
  "transfer",
  "import",
] as const;
export type EventSource = (typeof EVENT_SOURCES)[number];

/** Where something is. `raw` is what people call it, corrected if they corrected it. */
export interface Place {
  raw: string | null;
  addressCode: string | null;
  gridCode: string | null;
  lng: number | null;
  lat: number | null;
}

export const NOWHERE: Place = {
  raw: null,
  addressCode: null,
  gridCode: null,
  lng: null,
  lat: null,
};

export const ASSIGNEE_ROLES = ["lead", "support"] as const;
export type AssigneeRole = (typeof ASSIGNEE_ROLES)[number];

/** An organisation that works on an event, and the person who signed for it. */
export interface Assignee {
  /** row id; null for one that is not written yet */
  id: string | null;
  orgCode: string;
  personId: string | null;
  name: string | null;
  role: AssigneeRole;
  /** whether somebody of the organisation has signed (签收) */
  signed: boolean;
}

/** Somebody who reported the event or joined the report. */
export interface Reporter {
  personId: string | null;
  channel: string;
  platformUserId: string;
  /** the first to report; only this one may withdraw */
  first: boolean;
  /** 1–5, once rated */
  rating: number | null;
}

/** What the decisions look at. Times are moments; texts are already masked. */
export interface EventState {
  no: string;
  status: EventStatus;
  kind: string;
  category: string;
  platform: Platform | null;
  level: EventLevel;
  urgency: Urgency;
  place: Place;
  streetCode: string | null;
  confidential: boolean;
  selfHandled: boolean;
  assignees: readonly Assignee[];
  reporters: readonly Reporter[];
  createdAt: Date;
  /** from when the limit for the work counts; set once, a return or a new level does not restart it */
  acceptedAt: Date | null;
  /** when the work must be done: the shorter of the two below, where there are two */
  dueAt: Date | null;
  /** ours, where a hotline's deadline stands beside it; null: `dueAt` is ours */
  ownDueAt: Date | null;
  /** of the hotline's order that it was made of; null: none */
  hotlineDueAt: Date | null;
  /** how often it was sent back to work (返工) */
  reopenCount: number;
  /** the one automatic reopening by a dissatisfied rating was used */
  autoReopened: boolean;
  escalatedAt: Date | null;
  /** a request that waits for the command room: days asked for and why */
  delayRequest: { workdays: number; reason: string; by: string | null } | null;
  delayApproved: boolean;
  /** demands (催办, 督办, 批示) that whoever holds the event has yet to answer, the oldest first */
  demands: readonly Supervision[];
  reporterToldAt: Date | null;
  commandRoomToldAt: Date | null;
  /** an event that this one may only repeat, for the command room to look at */
  possibleDuplicate: string | null;
  /** what is still missing before the command room is asked */
  missing: readonly MissingElement[];
}

export const MISSING_ELEMENTS = ["place", "situation", "photo"] as const;
export type MissingElement = (typeof MISSING_ELEMENTS)[number];
