import type { Actor } from "../actor.ts";
import type { WorkCalendar } from "../calendar.ts";
import type { CallCommand, CallCommandFor } from "../call-command.ts";
import {
  activeResponses,
  type CallAction,
  type CallResponse,
  type CallState,
  type CallStatus,
  unsettled,
} from "../call-ticket.ts";
import type { Policy } from "../policy.ts";
import type { Refusal } from "../refusal.ts";
import type { ResponsibilityItem } from "../responsibility.ts";

/** What a decision about a call may look at besides the call. */
export interface CallContext {
  actor: Actor;
  now: Date;
  policy: Policy;
  calendar: WorkCalendar;
  /** the call's item of the 属地管理清单, with its limits; null without one */
  item: ResponsibilityItem | null;
}

/** Who is to hear of a change of a call. */
export const CALL_AUDIENCES = [
  "callingStreet",
  "principal",
  "district",
  "departments",
  "department",
  "supervisors",
  "followUpAgents",
  /** one official in private, by `personId` */
  "person",
] as const;
export type CallAudience = (typeof CALL_AUDIENCES)[number];

export interface CallNotice {
  to: CallAudience;
  /** for `department` */
  deptCode?: string;
  /** for `person` */
  personId?: string;
  kind: string;
  params: Record<string, unknown>;
  urgent: boolean;
}

export interface CallChange {
  ok: true;
  action: CallAction;
  from: CallStatus;
  to: CallStatus;
  patch: Partial<Omit<CallState, "no" | "status" | "responses" | "createdBy" | "createdAt">>;
  /** responses as they are afterwards; those not named stay as they are */
  responses: readonly CallResponse[];
  note: string | null;
  notices: CallNotice[];
}

export type CallDecision = CallChange | Refusal<CallAction>;

export interface CallOutcome {
  refusal?: Pick<Refusal, "code"> & { detail?: Record<string, unknown> };
  to?: CallStatus;
  patch?: CallChange["patch"];
  responses?: CallResponse[];
  note?: string | null;
  notices?: CallNotice[];
}

export type CallDecider<A extends CallCommand["action"]> = (
  call: CallState,
  command: CallCommandFor<A>,
  context: CallContext,
) => CallOutcome;

export const refused = (code: Refusal["code"], detail?: Record<string, unknown>): CallOutcome => ({
  refusal: detail === undefined ? { code } : { code, detail },
});

/** A notice about a call; its number and summary always go along. */
export function tell(
  to: CallAudience,
  kind: string,
  call: CallState,
  params: Record<string, unknown> = {},
  deptCode?: string,
): CallNotice {
  return {
    to,
    kind,
    params: { no: call.no, summary: call.summary, ...params },
    urgent: call.callType === "emergency",
    ...(deptCode === undefined ? {} : { deptCode }),
  };
}

/**
 * The street hears of it when every department has come to be settled, so that its closing opinion is
 * waited for, and which of them are by their silence alone.
 */
export const readyToClose = (call: CallState, responses: readonly CallResponse[]): CallNotice[] =>
  unsettled(call).length > 0 && unsettled({ responses }).length === 0
    ? [tell("callingStreet", "callToClose", call, { silent: silences(responses) })]
    : [];

const silences = (responses: readonly CallResponse[]) =>
  activeResponses({ responses }).flatMap(({ deptCode, completedAt, faults }) => {
    if (completedAt !== null) return [];
    const fault = (["noShow", "noResponse"] as const).find((kind) =>
      faults.some((record) => record.fault === kind),
    );
    return fault === undefined ? [] : [{ dept: deptCode, fault }];
  });

/** The response a command is about: the department named, else the actor's own. */
export function responseOf(
  call: CallState,
  actor: Actor,
  deptCode: string | undefined,
): CallResponse | null {
  const code = deptCode ?? actor.orgCode;
  return (
    call.responses.find((response) => response.deptCode === code && response.releasedAt === null) ??
    null
  );
}

/** A responder acts for the own department, nobody else's. */
export const actsForOthers = (actor: Actor, deptCode: string | undefined): boolean =>
  actor.power === undefined && deptCode !== undefined && deptCode !== actor.orgCode;

export const isBlank = (text: string | undefined): text is undefined | "" =>
  text === undefined || text.trim() === "";
