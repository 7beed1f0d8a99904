import type { AlarmKind } from "./alarm.ts";
import type { Limit } from "./deadline.ts";
import type { Urgency } from "./level.ts";

/** The limits a district works by. An obligation keeps the ones it was opened under. */
export interface Policy {
  /** kept with each obligation */
  version: string;
  events: Record<Urgency, EventLimits>;
  /** a level-1 event that the grid handles itself */
  selfHandle: Limit;
  verify: Limit;
  feedback: Limit;
  close: Limit;
  decideDelay: Limit;
  /** 会商研判: until there is a conclusion */
  consult: Limit;
  /** what a reporter or a street that urges (催办) is told in answer */
  answerUrge: Limit;
  answerSupervision: Limit;
  calls: CallLimits;
  /** until when a person has looked at an alarm */
  alarms: Record<AlarmKind, Limit>;
  /** working days at most, once per event (Shandong practice, domain.md 1.12) */
  longestDelayWorkdays: number;
  /** a draft that nobody completes goes to a person after this many minutes of product time */
  draftMinutes: number;
  clarifyRounds: number;
  /** a neighbour's report of the same thing within this many hours joins the first (domain.md A06) */
  joinHours: number;
  /** when complaints of one source are told to the command room as a collective one */
  collective: CollectiveLimits;
  /** 「说错了…」 and bare additions mean the speaker's latest event for this many minutes (A05) */
  correctionMinutes: number;
  /** events up to this level are accepted and assigned by rules; 0: a person accepts everything */
  autoAcceptLevel: number;
  /** an emergency goes to whoever is on duty in the command room as an alarm too */
  emergencyDing: boolean;
}

export interface EventLimits {
  accept: Limit;
  assign: Limit;
  sign: Limit;
  complete: Limit;
}

export interface CollectiveLimits {
  /** complaints of so many days count together */
  days: number;
  /** from so many people on */
  reporters: number;
  /** or from so many chat groups or grids on */
  groups: number;
}

/** Limits of call tickets, for items of the 属地管理清单 that do not say their own. */
export interface CallLimits {
  approve: Limit;
  /** an emergency is dispatched first and signed for afterwards */
  supplementApproval: Limit;
  assess: Limit;
  respond: Limit;
  emergencyRespond: Limit;
  emergencyArrive: Limit;
  complete: Limit;
  close: Limit;
  followUp: Limit;
}

/** The suggested limits of domain.md 1.12; hours there are working hours except in emergencies. */
export const DEFAULT_POLICY: Policy = {
  version: "default-1",
  events: {
    critical: {
      accept: { naturalMinutes: 5 },
      assign: { naturalMinutes: 10 },
      sign: { naturalMinutes: 30 },
      complete: { naturalMinutes: 24 * 60 },
    },
    urgent: {
      accept: { workMinutes: 30 },
      assign: { workMinutes: 120 },
      sign: { workMinutes: 120 },
      complete: { workdays: 2 },
    },
    normal: {
      accept: { workMinutes: 120 },
      assign: { workdays: 1 },
      sign: { workdays: 1 },
      complete: { workdays: 5 },
    },
  },
  selfHandle: { naturalMinutes: 24 * 60 },
  verify: { workdays: 1 },
  feedback: { workdays: 1 },
  close: { workdays: 1 },
  decideDelay: { workMinutes: 240 },
  consult: { workdays: 5 },
  answerUrge: { workdays: 1 },
  answerSupervision: { workdays: 1 },
  calls: {
    approve: { workMinutes: 120 },
    supplementApproval: { naturalMinutes: 120 },
    assess: { workMinutes: 120 },
    respond: { workMinutes: 120 },
    emergencyRespond: { naturalMinutes: 15 },
    emergencyArrive: { naturalMinutes: 30 },
    complete: { workdays: 5 },
    close: { workdays: 1 },
    followUp: { workdays: 3 },
  },
  alarms: {
    litter: { workMinutes: 240 },
    outsideShop: { workMinutes: 120 },
    vendor: { workMinutes: 60 },
    parking: { workMinutes: 120 },
    electricity: { naturalMinutes: 30 },
    smoke: { naturalMinutes: 5 },
    waterLevel: { naturalMinutes: 10 },
  },
  longestDelayWorkdays: 10,
  draftMinutes: 10,
  clarifyRounds: 2,
  joinHours: 24,
  collective: { days: 7, reporters: 5, groups: 3 },
  correctionMinutes: 30,
  autoAcceptLevel: 0,
  emergencyDing: false,
};
