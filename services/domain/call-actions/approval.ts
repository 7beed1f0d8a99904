import { actorRef } from "../actor.ts";
import type { CallState } from "../call-ticket.ts";
import { spokenTime } from "../time.ts";
import { type CallDecider, type CallOutcome, isBlank, refused, tell } from "./decision.ts";
import { isOver } from "./sent-departments.ts";

/** The street's part before anybody is sent: draft, change, sign, take back. */

/** What a draft still lacks, in the order it is asked for; empty when it can be signed. */
export function missingOfDraft(
  call: Pick<CallState, "place" | "wantedDepts" | "reportAt" | "callType">,
): string[] {
  const missing: string[] = [];
  if (call.wantedDepts.length === 0) missing.push("departments");
  if (call.place.raw === null && call.callType !== "emergency") missing.push("place");
  if (call.reportAt === null && call.callType !== "emergency") missing.push("reportAt");
  return missing;
}

export const submit: CallDecider<"submit"> = (call) => {
  const missing = missingOfDraft(call);
  if (missing.length > 0) return refused("fieldRequired", { field: missing[0], missing });
  if (call.itemNo === null)
    return refused("fieldRequired", { field: "itemNo", missing: ["itemNo"] });
  return { notices: [tell("principal", "callToApprove", call, summaryOf(call))] };
};

/** Until it is signed the street may change everything; what is returned goes back for signature by itself. */
export const amend: CallDecider<"amend"> = (call, command, { now }) => {
  if (command.reportAt && isOver(command.reportAt, now))
    return refused("invalidValue", { field: "reportAt", past: spokenTime(command.reportAt) });
  const patch = {
    ...(command.cause === undefined
      ? {}
      : { cause: command.cause, summary: shortened(command.cause) }),
    ...(command.callType === undefined ? {} : { callType: command.callType }),
    ...(command.itemNo ? { itemNo: command.itemNo } : {}),
    ...(command.place ? { place: command.place, reportPlace: command.place } : {}),
    ...(command.deptCodes === undefined || command.deptCodes.length === 0
      ? {}
      : { wantedDepts: command.deptCodes }),
    ...(command.reportAt ? { reportAt: command.reportAt } : {}),
  };
  if (Object.keys(patch).length === 0) return refused("fieldRequired", { field: "cause" });
  const next = { ...call, ...patch };
  const complete = missingOfDraft(next).length === 0 && next.itemNo !== null;
  if (!complete) return { to: "draft", patch, note: describe(patch) };
  return {
    to: "pendingApproval",
    patch,
    note: describe(patch),
    notices: [
      tell(
        "principal",
        call.status === "pendingApproval" ? "callAmended" : "callToApprove",
        next,
        summaryOf(next),
      ),
    ],
  };
};

/** The officer may take it back until it is signed; afterwards whoever signs may. */
export const cancel: CallDecider<"cancel"> = (call, command) => ({
  note: command.reason ?? null,
  notices: [
    ...(call.dispatchedAt === null
      ? []
      : [tell("departments", "callCanceled", call, { reason: command.reason ?? null })]),
    ...(["approved", "assessing", "dispatched", "onSite"].includes(call.status)
      ? [tell("district", "callCanceled", call, { reason: command.reason ?? null })]
      : []),
  ],
});

/** An emergency is signed for while it is under way. */
export const approve: CallDecider<"approve"> = (call, command, { actor, now }): CallOutcome => {
  const patch = { approval: { by: actorRef(actor), at: now }, approvalRefusal: null };
  const note = command.note ?? null;
  if (call.status !== "pendingApproval") {
    return { to: call.status, patch, note, notices: [tell("district", "callSupplemented", call)] };
  }
  return {
    patch,
    note,
    notices: [
      tell("district", "callToAssess", { ...call, ...patch }, summaryOf(call)),
      tell("callingStreet", "callApproved", call, { by: actor.name }),
    ],
  };
};

export const rejectApproval: CallDecider<"rejectApproval"> = (call, command, { actor, now }) => {
  if (isBlank(command.reason)) return refused("reasonRequired");
  const reason = command.reason;
  if (call.status !== "pendingApproval") {
    // Whoever is on the way is not called back by a missing signature; the supervisors and the district
    // hear of it, and the street goes on owing one, or an end to the call.
    return {
      to: call.status,
      patch: { approvalRefusal: { by: actorRef(actor), at: now, reason } },
      note: reason,
      notices: [
        tell("supervisors", "emergencyNotApproved", call, { reason, by: actor.name }),
        tell("district", "emergencyNotApproved", call, { reason, by: actor.name }),
        tell("callingStreet", "emergencyStillUnsigned", call, { reason }),
      ],
    };
  }
  return { note: reason, notices: [tell("callingStreet", "callNotApproved", call, { reason })] };
};

/** What a signature or an assessment needs to see. */
export function summaryOf(call: CallState): Record<string, unknown> {
  return {
    cause: call.cause,
    place: call.place.raw,
    depts: call.wantedDepts,
    reportAt: call.reportAt?.toISOString() ?? null,
    itemNo: call.itemNo,
  };
}

/** At most 40 characters. */
export const shortened = (cause: string): string => {
  const characters = [...cause.replace(/\s+/g, " ").trim()];
  return characters.length <= 40 ? characters.join("") : `${characters.slice(0, 39).join("")}…`;
};

function describe(patch: Record<string, unknown>): string {
  const names: Record<string, string> = {
    cause: "事由",
    callType: "类型",
    itemNo: "清单项",
    place: "地点",
    wantedDepts: "部门",
    reportAt: "时间",
  };
  return `修改:${Object.keys(patch)
    .flatMap((key) => names[key] ?? [])
    .join("、")}`;
}
