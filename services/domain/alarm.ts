import type { ActorRef } from "./actor.ts";
import type { EventSource } from "./event.ts";
import type { Urgency } from "./level.ts";

/** What a device can tell of: a trouble at a place, never a person (domain.md A16, A17). */
export const ALARM_KINDS = [
  "litter",
  "outsideShop",
  "vendor",
  "parking",
  "electricity",
  "smoke",
  "waterLevel",
] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];

export const ALARM_KIND_NAMES: Record<AlarmKind, string> = {
  litter: "垃圾",
  outsideShop: "出店经营",
  vendor: "游商经营",
  parking: "机动车违停",
  electricity: "用电异常",
  smoke: "烟雾报警",
  waterLevel: "水位超限",
};

/** An alarm (告警) waits for a person: it becomes an event by 确认, or is a false one by 误报. */
export const ALARM_STATES = ["open", "confirmed", "falseAlarm"] as const;
export type AlarmState = (typeof ALARM_STATES)[number];

export const ALARM_STATE_NAMES: Record<AlarmState, string> = {
  open: "待确认",
  confirmed: "已确认",
  falseAlarm: "误报",
};

/** What follows from the kind of an alarm. */
export interface AlarmRule {
  /** of the event it becomes */
  source: EventSource;
  category: string;
  /** of that event, where the category's own would be too low */
  urgency?: Urgency;
  /** in somebody's home: known to the grid and the command room alone, named in no group */
  home: boolean;
  /** lives may be at stake: told at once at any hour, to the grid too; which number to ring */
  ring: string | null;
  /** alarms of the kind so near each other, and within so many minutes of the last, are one */
  joinM: number;
  joinMinutes: number;
}

export const ALARM_RULES: Record<AlarmKind, AlarmRule> = {
  litter: {
    source: "videoAlarm",
    category: "env.exposedTrash",
    home: false,
    ring: null,
    joinM: 30,
    joinMinutes: 240,
  },
  outsideShop: {
    source: "videoAlarm",
    category: "street.outsideShop",
    home: false,
    ring: null,
    joinM: 30,
    joinMinutes: 120,
  },
  vendor: {
    source: "videoAlarm",
    category: "street.vendor",
    home: false,
    ring: null,
    joinM: 50,
    joinMinutes: 60,
  },
  parking: {
    source: "videoAlarm",
    category: "street.parking",
    home: false,
    ring: null,
    joinM: 20,
    joinMinutes: 60,
  },
  electricity: {
    source: "electricAlarm",
    category: "service.elderly",
    urgency: "critical",
    home: true,
    ring: "120",
    // Next door lives somebody else: only the same meter tells the same.
    joinM: 0,
    joinMinutes: 60,
  },
  smoke: {
    source: "app",
    category: "emergency.fire",
    urgency: "critical",
    home: true,
    ring: "119",
    joinM: 0,
    joinMinutes: 10,
  },
  waterLevel: {
    source: "app",
    category: "facility.waterlogging",
    urgency: "critical",
    home: false,
    ring: "119 或 110",
    joinM: 100,
    joinMinutes: 30,
  },
};

/** Lives may be at stake. */
export const isUrgentAlarm = (kind: AlarmKind): boolean => ALARM_RULES[kind].ring !== null;

/** An alarm as decisions look at it. */
export interface AlarmSubject {
  no: string;
  kind: AlarmKind;
  state: AlarmState;
  gridCode: string | null;
  streetCode: string | null;
  /** who confirmed it, or called it false */
  decidedBy: ActorRef | null;
}
