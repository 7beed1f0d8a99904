import type { Role } from "../../services/domain/actor.ts";
import {
  CALL_STATUS_NAMES,
  CALL_STEP_NAMES,
  type CallStatus,
  type CallStep,
} from "../../services/domain/call-ticket.ts";
import {
  EVENT_STATUS_NAMES,
  EVENT_STEP_NAMES,
  type EventStatus,
  type EventStep,
} from "../../services/domain/event.ts";
import { type EventLevel, levelName } from "../../services/domain/level.ts";
import { DUTY_NAMES, type Duty } from "../../services/domain/obligation.ts";
import { language } from "../look/language.ts";

/** What the product calls things, in the language of the page. */

const EVENT_STATUS_EN: Record<EventStatus, string> = {
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
const EVENT_STEP_EN: Record<EventStep, string> = {
  report: "Reported",
  recount: "Deadline counted anew",
  separate: "Separated",
  supplement: "Supplement",
  correct: "Correction",
  join: "Joined",
  urge: "Urged",
  withdraw: "Withdrawn",
  requestWithdrawal: "Withdrawal asked for",
  accept: "Accept",
  reject: "Not accepted",
  setLevel: "Level set",
  assign: "Assign",
  sign: "Sign for it",
  progress: "Progress",
  selfHandle: "Dealt with on the spot",
  complete: "Done",
  return: "Give back",
  escalate: "Send up",
  consult: "Consultation",
  concludeConsultation: "Conclusion",
  specialReport: "Special report",
  delay: "Ask for more time",
  decideDelay: "Decide on more time",
  supervise: "Supervision",
  instruct: "Instruction",
  verify: "Verification",
  rate: "Rating",
  reopen: "Do it again",
  merge: "Merge",
  close: "Close",
  archive: "Archive",
};
const CALL_STATUS_EN: Record<CallStatus, string> = {
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
const CALL_STEP_EN: Record<CallStep, string> = {
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
  close: "Close",
  evaluate: "Score",
  followUp: "Follow-up",
  findFault: "Finding",
  circular: "Circular",
  appeal: "Appeal",
  urge: "Urge",
  supervise: "Supervise",
  instruct: "Instruct",
  answer: "Answer",
  archive: "Archive",
};
const DUTY_EN: Record<Duty, string> = {
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
const LEVEL_EN: Record<EventLevel, string> = {
  1: "Level 1 (grid)",
  2: "Level 2 (community)",
  3: "Level 3 (street)",
  4: "Level 4 (district)",
};
const ROLE_EN: Record<Role, string> = {
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

const inEnglish = (): boolean => language.value === "en";

export const eventStatus = (status: EventStatus): string =>
  (inEnglish() ? EVENT_STATUS_EN : EVENT_STATUS_NAMES)[status];
export const eventStep = (step: EventStep): string =>
  (inEnglish() ? EVENT_STEP_EN : EVENT_STEP_NAMES)[step];
export const callStatus = (status: CallStatus): string =>
  (inEnglish() ? CALL_STATUS_EN : CALL_STATUS_NAMES)[status];
export const callStep = (step: CallStep): string =>
  (inEnglish() ? CALL_STEP_EN : CALL_STEP_NAMES)[step];
export const dutyName = (duty: Duty): string => (inEnglish() ? DUTY_EN : DUTY_NAMES)[duty];
export const level = (of: EventLevel): string => (inEnglish() ? LEVEL_EN[of] : levelName(of));
export const roleNames = (roles: readonly string[], chinese: readonly string[]): string =>
  inEnglish() ? roles.map((role) => ROLE_EN[role as Role] ?? role).join(", ") : chinese.join("、");
