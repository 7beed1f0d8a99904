import type { Role } from "../../services/domain/actor.ts";
import type { AlarmKind } from "../../services/domain/alarm.ts";
import type { CallStatus, CallStep, Fault } from "../../services/domain/call-ticket.ts";
import type { EventStatus, EventStep, MissingElement } from "../../services/domain/event.ts";
import type { EventLevel, Urgency } from "../../services/domain/level.ts";
import type { Duty } from "../../services/domain/obligation.ts";
import type { PhotoStage } from "../../services/domain/photo-stage.ts";
import type { Platform } from "../../services/domain/platform.ts";
import type { SupervisionGrade, SupervisionKind } from "../../services/domain/supervision.ts";

/** What the product's identifiers are called in English; their Chinese stands beside them in services/domain. */

export const EVENT_STATUS_EN: Record<EventStatus, string> = {
  draft: "Incomplete",
  pendingAccept: "To be accepted",
  accepted: "Accepted, to be assigned",
  assigned: "Assigned, to be signed for",
  handling: "In hand",
  completed: "Done, to be verified",
  verified: "Verified",
  closed: "Closed",
  archived: "Archived",
  rejected: "Not accepted",
  merged: "Merged into another",
  withdrawn: "Withdrawn",
  escalated: "Sent up to the district",
  consulting: "In consultation",
};
export const EVENT_STEP_EN: Record<EventStep, string> = {
  report: "Reported",
  recount: "Deadline counted anew",
  separate: "Separated",
  supplement: "Add to it",
  correct: "Correct",
  join: "Joined",
  urge: "Urged",
  withdraw: "Withdrawn",
  requestWithdrawal: "Withdrawal asked for",
  accept: "Accept",
  reject: "Reject",
  setLevel: "Set level",
  assign: "Assign",
  sign: "Sign for it",
  progress: "Progress",
  selfHandle: "Dealt with on the spot",
  complete: "Done",
  return: "Give back",
  escalate: "Send up",
  consult: "Consult",
  concludeConsultation: "Conclude",
  specialReport: "Special report",
  delay: "Ask for more time",
  decideDelay: "Decide on more time",
  supervise: "Supervise",
  instruct: "Instruct",
  verify: "Verify",
  rate: "Rating",
  reopen: "Do it again",
  merge: "Merge",
  close: "Close",
  archive: "Archive",
};
export const CALL_STATUS_EN: Record<CallStatus, string> = {
  draft: "Draft",
  pendingApproval: "To be signed",
  approved: "Signed, to be assessed",
  assessing: "Being assessed",
  dispatched: "Dispatched",
  onSite: "On site",
  pendingClosing: "To be closed",
  closed: "Closed",
  archived: "Archived",
  approvalRejected: "Not signed",
  assessReturned: "Sent back",
  canceled: "Canceled",
};
export const CALL_STEP_EN: Record<CallStep, string> = {
  draft: "Drafted",
  evidence: "Noted by time",
  recount: "Deadline counted anew",
  submit: "Submit",
  amend: "Amend",
  cancel: "Cancel",
  approve: "Sign",
  rejectApproval: "Do not sign",
  assess: "Assess",
  dispatch: "Dispatch",
  release: "Let go",
  respond: "Respond",
  decline: "Object",
  eta: "Late, announced",
  checkIn: "Check in",
  confirmArrival: "Confirm arrival",
  siteLog: "Note from the site",
  complete: "Report what was done",
  delay: "Ask for more time",
  decideDelay: "Decide on more time",
  close: "Close",
  evaluate: "Score",
  followUp: "Follow up",
  findFault: "Find a fault",
  circular: "Publish a circular",
  appeal: "Appeal",
  urge: "Urge",
  supervise: "Supervise",
  instruct: "Instruct",
  answer: "Answer",
  archive: "Archive",
};
export const ALARM_KIND_EN: Record<AlarmKind, string> = {
  litter: "Litter",
  outsideShop: "Trading outside the shop",
  vendor: "Street vendor",
  parking: "Illegal parking",
  electricity: "Unusual electricity use",
  smoke: "Smoke",
  waterLevel: "High water",
};
export const DUTY_EN: Record<Duty, string> = {
  confirmAlarm: "Confirm the alarm",
  accept: "Accept",
  assign: "Assign",
  sign: "Sign for it",
  complete: "Get it done",
  verify: "Verify",
  feedback: "Tell them",
  close: "Close",
  approve: "Sign",
  supplementApproval: "Sign afterwards",
  assess: "Assess",
  respond: "Respond",
  arrive: "Be there",
  completeCall: "Report what was done",
  closeCall: "Closing opinion",
  followUp: "Follow up",
  answerSupervision: "Answer the demand",
  decideDelay: "Decide on more time",
};
export const LEVEL_EN: Record<EventLevel, string> = {
  1: "Level 1 (grid)",
  2: "Level 2 (community)",
  3: "Level 3 (street)",
  4: "Level 4 (district)",
};
export const ROLE_EN: Record<Role, string> = {
  gridWorker: "grid worker",
  gridLeader: "grid leader",
  gridMentor: "grid mentor",
  dispatcher: "command room",
  stationOfficer: "station officer",
  streetOfficer: "street officer",
  streetPrincipal: "street principal",
  districtDispatcher: "district dispatcher",
  responder: "department responder",
  supervisor: "supervisor",
  followUpAgent: "follow-up agent",
  admin: "administrator",
};
export const FAULT_EN: Record<Fault, string> = {
  noResponse: "No response",
  lateResponse: "Late response",
  noShow: "Did not come",
  lateArrival: "Came late",
  passiveResponse: "Came and did nothing",
};
export const URGENCY_EN: Record<Urgency, string> = {
  normal: "Normal",
  urgent: "Urgent",
  critical: "Critical",
};
export const PLATFORM_EN: Record<Platform, string> = {
  safetyGovernance: "Safety and governance",
  marketSupervision: "Market supervision",
  lawEnforcement: "Law enforcement",
  publicService: "Public service",
};
export const SUPERVISION_EN: Record<SupervisionKind, string> = {
  urge: "Urging",
  supervise: "Supervision",
  instruct: "Instruction",
  rectify: "To be put right",
};
export const GRADE_EN: Record<SupervisionGrade, string> = {
  normal: "Supervision",
  yellow: "Yellow card",
  red: "Red card",
};
export const MISSING_EN: Record<MissingElement, string> = {
  place: "the place",
  situation: "what is the matter",
  photo: "a picture",
};
/** Parts of what a device is called, by what the product calls them (services/http/device-name.ts). */
export const DEVICE_EN: Readonly<Record<string, string>> = {
  鸿蒙: "HarmonyOS",
  安卓: "Android",
  苹果手机: "iPhone",
  钉钉: "DingTalk",
  未知设备: "Unknown device",
};
export const STAGE_EN: Record<PhotoStage, string> = {
  arrival: "on site",
  before: "before",
  after: "after",
};
