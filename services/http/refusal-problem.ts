import { ALARM_STATE_NAMES } from "../domain/alarm.ts";
import { CALL_ACTION_NAMES, CALL_STATUS_NAMES } from "../domain/call-ticket.ts";
import { ALARM_ACTION_NAMES } from "../domain/decide-alarm.ts";
import { EVENT_ACTION_NAMES, EVENT_STATUS_NAMES } from "../domain/event.ts";
import type { Refusal, RefusalCode } from "../domain/refusal.ts";
import type { ProblemSaid } from "./problem.ts";

type Details = Record<string, unknown>;

/** Status, title and sentence of every refusal. The sentence ends with what to do. */
const REFUSALS: Record<
  RefusalCode,
  { status: number; title: string; say(action: string, detail: Details): string }
> = {
  notFound: {
    status: 404,
    title: "Not found",
    say: (_action, { no, deptCode }) =>
      typeof deptCode === "string"
        ? `这张呼叫工单现在没有「${deptCode}」。请用 responses 中的 deptCode。`
        : `没有找到${no ?? "这个编号"},或者您无权查看。请核对编号。`,
  },
  notAllowed: {
    status: 409,
    title: "Not possible in this state",
    say: (action, { statusName, notCheckedIn, responded, completed }) => {
      if (typeof statusName === "string") return `现在是「${statusName}」,不能${action}。`;
      if (notCheckedIn === true) return "还没有报到。请先报到,或请街道确认到场,再反馈。";
      if (typeof responded === "string") return `${responded}已经响应过了,不用再响应。`;
      if (typeof completed === "string") return `${completed}已经反馈过了,不用再反馈。`;
      return `现在不能${action}。`;
    },
  },
  noRight: {
    status: 403,
    title: "No right to do this",
    say: (action) => `您没有「${action}」的权限。请由有权限的人员办理。`,
  },
  reasonRequired: {
    status: 422,
    title: "A reason is needed",
    say: (action, { field }) => `${action}必须写明${field === "note" ? "说明" : "理由"}。请补充。`,
  },
  separationOfReportAndHandle: {
    status: 409,
    title: "Who reports does not handle",
    say: () => "报处分离:二级及以上的事件,上报人不能自己办理。请交由他人。",
  },
  verifierIsHandler: {
    status: 409,
    title: "Who handles does not verify",
    say: () => "办理人不能验收自己办的事件。请由他人验收。",
  },
  levelTooHigh: {
    status: 409,
    title: "Only level 1 is handled on the spot",
    say: () => "只有一级(网格)事件可以自处置。请走受理、交办。",
  },
  fieldRequired: {
    status: 422,
    title: "A field is missing",
    say: (action, { field }) => `${action}缺少 ${field ?? "必填项"}。请补充。`,
  },
  unknownOrg: {
    status: 422,
    title: "No such organisation",
    say: () => "没有这个单位。请用 orgs.csv 中的编码。",
  },
  ambiguousOrg: {
    status: 422,
    title: "Several organisations fit",
    say: () => "有不止一个单位符合。请用 orgs.csv 中的编码。",
  },
  alreadyRated: {
    status: 409,
    title: "Rated already",
    say: () => "已经评价过了,每人评价一次。如仍未解决,请申请重办。",
  },
  alreadyDelayed: {
    status: 409,
    title: "Delayed already",
    say: () => "已经申请过延期,每个事件限一次。请按期办结或退单。",
  },
  delayTooLong: {
    status: 422,
    title: "The delay is too long",
    say: (_action, { most }) => `延期最多 ${most ?? "规定的"} 个工作日。请改短。`,
  },
  feedbackMissing: {
    status: 409,
    title: "Somebody has not been told",
    say: (action, { side }) =>
      `双反馈还缺${side === "reporter" ? "上报人" : "指挥室"}一方,不能${action}。请等反馈送达。`,
  },
  invalidValue: {
    status: 422,
    title: "A value is not known here",
    say: (_action, { field }) => `${field ?? "某个字段"}的值无效。请核对。`,
  },
  alreadyApproved: {
    status: 409,
    title: "Signed already",
    say: (_action, { by }) => `${by ?? "主要负责同志"}已经签批过,不用再签。`,
  },
  alreadyCheckedIn: {
    status: 409,
    title: "Checked in already",
    say: (_action, { at }) => `${at ?? ""}已经报到,不用再报。`,
  },
  notSettled: {
    status: 409,
    title: "Departments are still at work",
    say: () => "还有部门没有办结。请等它们反馈,或由区平台同意不响应。",
  },
  nothingFound: {
    status: 409,
    title: "Nothing was found",
    say: (action) => `还没有认定任何问题,不能${action}。请先认定。`,
  },
  notOnList: {
    status: 422,
    title: "Not on the responsibility list",
    say: () => "没有匹配到属地管理清单事项。请改走四平台交办或上报,或提请会商。",
  },
  notComplex: {
    status: 422,
    title: "Neither complex nor an emergency",
    say: () => "只涉及一个部门的一般事项不用呼叫。请交办或上报。",
  },
  sameEvent: {
    status: 422,
    title: "An event cannot join itself",
    say: () => "不能并入自己。请给出另一个事件的编号。",
  },
};

/** How the actions and states of one kind of subject are called. */
interface Wording {
  actions: Readonly<Record<string, string>>;
  statuses: Readonly<Record<string, string>>;
}

export const EVENT_WORDING: Wording = { actions: EVENT_ACTION_NAMES, statuses: EVENT_STATUS_NAMES };
export const CALL_WORDING: Wording = {
  actions: { ...CALL_ACTION_NAMES, callDraft: "发起街呼区应" },
  statuses: CALL_STATUS_NAMES,
};

export const ALARM_WORDING: Wording = {
  actions: ALARM_ACTION_NAMES,
  statuses: ALARM_STATE_NAMES,
};

/** A refusal as the API says it: why, and what is possible instead. */
export function refusalProblem(
  { code, action, allowed, detail = {} }: Refusal,
  { actions, statuses }: Wording = EVENT_WORDING,
): ProblemSaid {
  const { status, title, say } = REFUSALS[code];
  const nameOf = (name: string) => actions[name] ?? name;
  const instead =
    allowed.length === 0 ? "" : `现在可以:${allowed.map((name) => nameOf(name)).join("、")}。`;
  const statusName = statuses[typeof detail.status === "string" ? detail.status : ""];
  return {
    status,
    code,
    title,
    detail: say(nameOf(action), { ...detail, statusName }) + instead,
    allowed,
  };
}
