import type { Role } from "./actor.ts";

/** What can be done to a call ticket (呼叫工单), by the roles of seed 001. */
export const CALL_RIGHTS = {
  callDraft: ["streetOfficer", "streetPrincipal"],
  approve: ["streetPrincipal"],
  rejectApproval: ["streetPrincipal"],
  assess: ["districtDispatcher"],
  dispatch: ["districtDispatcher"],
  release: ["districtDispatcher"],
  respond: ["responder"],
  decline: ["responder"],
  checkIn: ["responder"],
  eta: ["responder"],
  confirmArrival: ["streetOfficer"],
  complete: ["responder"],
  close: ["streetOfficer"],
  evaluate: ["streetOfficer"],
  followUp: ["followUpAgent"],
  findFault: ["supervisor"],
  circular: ["supervisor"],
} as const satisfies Record<string, readonly Role[]>;
export type CallAction = keyof typeof CALL_RIGHTS;

export const CALL_ACTION_NAMES: Record<CallAction, string> = {
  callDraft: "发起街呼区应",
  approve: "签批",
  rejectApproval: "签批",
  assess: "研判",
  dispatch: "派遣",
  release: "同意不响应",
  respond: "响应",
  decline: "响应",
  checkIn: "报到",
  eta: "报到",
  confirmArrival: "确认到场",
  complete: "办结反馈",
  close: "结案",
  evaluate: "评价",
  followUp: "回访",
  findFault: "认定",
  circular: "通报",
};
