import type { Chance } from "../../services/chance.ts";
import { CallCommand, CallDraft } from "../../services/domain/call-command.ts";
import type { CallState } from "../../services/domain/call-ticket.ts";
import type { ResponsibilityItem } from "../../services/domain/responsibility.ts";
import { MINUTE_MS } from "../../services/domain/time.ts";

/** What street, district and departments of the simulated district do next to a call; null: never. */
export interface NextCallMove {
  command: CallCommand;
  afterMinutes: number;
}

/** Who is sent in the place of a department that objects. */
const STAND_IN = "SLQ-HJ";
const PLACE = { raw: "滨河路解放街口" };

export function aCallDraft(
  item: ResponsibilityItem,
  emergency: boolean,
  now: Date,
  chance: Chance,
): CallDraft {
  return CallDraft.parse({
    cause: `${item.name}综合整治`,
    callType: emergency ? "emergency" : "complex",
    itemNo: item.no,
    place: PLACE,
    deptCodes: [item.leadDept, ...item.supportDepts.slice(0, 1)],
    reportAt: new Date(now.getTime() + chance.between(1, 4) * 24 * 60 * MINUTE_MS).toISOString(),
  });
}

export function nextCallMove(call: CallState, now: Date, chance: Chance): NextCallMove | null {
  const command = commandFor(call, now, chance);
  if (command === null || chance.in(0.05)) return null;
  const usual = call.callType === "emergency" ? 20 : 300;
  const share = chance.in(0.25) ? chance.between(2, 10) : chance.between(0.05, 1.2);
  return { command: CallCommand.parse(command), afterMinutes: share * usual };
}

function commandFor(call: CallState, now: Date, chance: Chance): Record<string, unknown> | null {
  switch (call.status) {
    case "pendingApproval":
      return chance.in(0.1)
        ? { action: "rejectApproval", reason: "先自行处置" }
        : { action: "approve" };
    case "approvalRejected":
    case "assessReturned":
      return chance.in(0.3)
        ? { action: "cancel", reason: "不呼叫了" }
        : { action: "amend", cause: `${call.cause},已补充`, reportAt: inTwoDays(now) };
    case "approved":
    case "assessing":
      return chance.in(0.1)
        ? { action: "assess", passed: false, reason: "部门没写全" }
        : dispatch(call, now);
    case "dispatched":
    case "onSite":
      return inTheField(call, now, chance);
    case "pendingClosing":
      return { action: "close", note: "已整治", scores: {} };
    case "closed":
      return call.followUp === null ? { action: "followUp", note: "满意", satisfied: true } : null;
    default:
      return null;
  }
}

const inTwoDays = (now: Date): string =>
  new Date(now.getTime() + 2 * 24 * 60 * MINUTE_MS).toISOString();

const dispatch = (call: CallState, now: Date): Record<string, unknown> => {
  const planned = call.reportAt ?? now;
  const soonest = new Date(now.getTime() + 24 * 60 * MINUTE_MS);
  return {
    action: "dispatch",
    departments: call.wantedDepts.map((deptCode) => ({ deptCode, headcount: 2 })),
    reportAt: (planned > soonest ? planned : soonest).toISOString(),
    reportPlace: PLACE,
  };
};

function inTheField(call: CallState, now: Date, chance: Chance): Record<string, unknown> | null {
  if (chance.in(0.03)) return { action: "cancel", reason: "已经散了" };
  if (call.demands.length > 0 && chance.in(0.6)) return { action: "answer", note: "正在赶去" };
  if (chance.in(0.05)) return { action: "supervise", grade: "yellow", note: "请抓紧" };
  if (chance.in(0.05)) return { action: "instruct", note: "务必办好" };
  if (call.responses.some(({ delayRequest }) => delayRequest !== null))
    return { action: "decideDelay", approved: chance.in(0.7), reason: "酌情" };
  if (call.approval === null && chance.in(0.5)) return { action: "approve" };
  const open = call.responses.filter(
    ({ releasedAt, completedAt }) => releasedAt === null && completedAt === null,
  );
  if (open.length === 0) return { action: "close", note: "街道自行处置", scores: {} };
  const { deptCode, status, delayApproved } = chance.of(open);
  if (status === "declined") {
    return chance.in(0.5)
      ? { action: "release", deptCode, reason: "同意" }
      : {
          action: "dispatch",
          departments: [{ deptCode: STAND_IN, headcount: 2 }],
          replaces: [deptCode],
          ...(call.reportAt !== null && call.reportAt < now
            ? { reportAt: inTwoDays(now), reportPlace: PLACE }
            : {}),
        };
  }
  if (status === "notified") {
    return chance.in(0.1)
      ? { action: "decline", deptCode, reason: "职责不符" }
      : { action: "respond", deptCode, headcount: 2 };
  }
  if (status === "accepted") return { action: "confirmArrival", deptCode };
  if (!delayApproved && chance.in(0.15))
    return { action: "delay", deptCode, workdays: 3, reason: "等鉴定" };
  return { action: "complete", deptCode, note: "已处置" };
}
