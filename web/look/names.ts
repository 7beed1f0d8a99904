import type { Role } from "../../services/domain/actor.ts";
import { ALARM_KIND_NAMES, type AlarmKind } from "../../services/domain/alarm.ts";
import {
  CALL_STATUS_NAMES,
  CALL_STEP_NAMES,
  type CallStatus,
  type CallStep,
  FAULT_NAMES,
  type Fault,
} from "../../services/domain/call-ticket.ts";
import {
  EVENT_STATUS_NAMES,
  EVENT_STEP_NAMES,
  type EventStatus,
  type EventStep,
} from "../../services/domain/event.ts";
import {
  type EventLevel,
  levelName,
  URGENCY_NAMES,
  type Urgency,
} from "../../services/domain/level.ts";
import { DUTY_NAMES, type Duty } from "../../services/domain/obligation.ts";
import { PLATFORM_NAMES, type Platform } from "../../services/domain/platform.ts";
import {
  GRADE_NAMES,
  type SupervisionGrade,
  type SupervisionKind,
} from "../../services/domain/supervision.ts";
import {
  ALARM_KIND_EN,
  CALL_STATUS_EN,
  CALL_STEP_EN,
  DEVICE_EN,
  DUTY_EN,
  EVENT_STATUS_EN,
  EVENT_STEP_EN,
  FAULT_EN,
  GRADE_EN,
  LEVEL_EN,
  PLATFORM_EN,
  ROLE_EN,
  SUPERVISION_EN,
  URGENCY_EN,
} from "./english-names.ts";
import { language } from "./language.ts";

/** What the product calls things, in the language of the page. */

/** A supervision is told by its grade. */
const SUPERVISION_NAMES: Record<SupervisionKind, string> = {
  urge: "催办",
  supervise: GRADE_NAMES.normal,
  instruct: "批示",
  rectify: "通报整改",
};

const inEnglish = (): boolean => language.value === "en";

export const eventStatus = (status: EventStatus): string =>
  (inEnglish() ? EVENT_STATUS_EN : EVENT_STATUS_NAMES)[status];
/** Also of an action, which is a step once it is done. */
export const eventStep = (step: EventStep): string =>
  (inEnglish() ? EVENT_STEP_EN : EVENT_STEP_NAMES)[step];
export const callStatus = (status: CallStatus): string =>
  (inEnglish() ? CALL_STATUS_EN : CALL_STATUS_NAMES)[status];
export const callStep = (step: CallStep): string =>
  (inEnglish() ? CALL_STEP_EN : CALL_STEP_NAMES)[step];
export const alarmKind = (kind: AlarmKind): string =>
  (inEnglish() ? ALARM_KIND_EN : ALARM_KIND_NAMES)[kind];
export const dutyName = (duty: Duty): string => (inEnglish() ? DUTY_EN : DUTY_NAMES)[duty];
export const faultName = (fault: Fault): string => (inEnglish() ? FAULT_EN : FAULT_NAMES)[fault];
export const gradeName = (grade: SupervisionGrade): string =>
  (inEnglish() ? GRADE_EN : GRADE_NAMES)[grade];
export const supervisionName = (kind: SupervisionKind): string =>
  (inEnglish() ? SUPERVISION_EN : SUPERVISION_NAMES)[kind];
export const level = (of: EventLevel): string => (inEnglish() ? LEVEL_EN[of] : levelName(of));
export const urgency = (of: Urgency): string => (inEnglish() ? URGENCY_EN : URGENCY_NAMES)[of];
export const platformName = (platform: Platform): string =>
  (inEnglish() ? PLATFORM_EN : PLATFORM_NAMES.fourPlatforms)[platform];
export const roleNames = (roles: readonly string[], chinese: readonly string[]): string =>
  inEnglish() ? listed(roles.map((role) => ROLE_EN[role as Role] ?? role)) : listed(chinese);

/** 「安卓 · 钉钉」, "Android · DingTalk" */
export const deviceName = (device: string): string =>
  inEnglish()
    ? device
        .split(" · ")
        .map((part) => DEVICE_EN[part] ?? part)
        .join(" · ")
    : device;

/** Several things one after the other. */
export const listed = (parts: readonly string[]): string => parts.join(inEnglish() ? ", " : "、");
