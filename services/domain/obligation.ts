import type { Limit } from "./deadline.ts";

/** Everything that can be owed, of events and of call tickets (contract section 5), and of alarms. */
export const DUTIES = [
  "accept",
  "assign",
  "sign",
  "complete",
  "verify",
  "feedback",
  "close",
  "approve",
  "supplementApproval",
  "assess",
  "respond",
  "arrive",
  "completeCall",
  "closeCall",
  "followUp",
  "answerSupervision",
  "decideDelay",
  "confirmAlarm",
] as const;
export type Duty = (typeof DUTIES)[number];

export const DUTY_NAMES: Record<Duty, string> = {
  accept: "受理",
  assign: "交办",
  sign: "签收",
  complete: "办结",
  verify: "验收",
  feedback: "反馈",
  close: "结案",
  approve: "签批",
  supplementApproval: "补签",
  assess: "研判",
  respond: "响应",
  arrive: "到场",
  completeCall: "办结反馈",
  closeCall: "提出结案意见",
  followUp: "回访",
  answerSupervision: "答复催办督办",
  decideDelay: "审批延期",
  confirmAlarm: "确认告警",
};

/** What something can be owed on. */
export const DUTY_SUBJECTS = ["event", "callTicket", "alarm"] as const;
export type DutySubjectType = (typeof DUTY_SUBJECTS)[number];

/** Which reminders a duty gets, by name; the rungs are in reminder.ts. */
export const LADDERS = ["standard"] as const;
export type Ladder = (typeof LADDERS)[number];

/** Whoever owes: a person, or an organisation as a whole. */
export interface Owner {
  orgCode: string | null;
  personId: string | null;
}

/** A duty that the state of a subject calls for. */
export interface OwedDuty {
  duty: Duty;
  owner: Owner;
  limit: Limit;
  /** from when the limit counts */
  since: Date;
  /** set where the subject itself carries the moment, as an event does after an approved delay */
  dueAt?: Date;
  /** tells duties of one kind and owner apart: the demand that is to be answered, the department it is about */
  about?: string;
  /** a deadline from outside that the limit does not reach beyond: a hotline's */
  noLaterThan?: Date;
}
