import {
  EVENT_ACTION_NAMES,
  EVENT_STATUS_NAMES,
  type EventAction,
  type EventStatus,
} from "../../services/domain/event.ts";
import { type EventLevel, levelName } from "../../services/domain/level.ts";
import type { Refusal } from "../../services/domain/refusal.ts";

/** Says why something was not done, and what is possible now. */
export function refusalText(refusal: Refusal, no: string): string {
  const reason = why(refusal as Refusal<EventAction>, no);
  const can = whatNow(refusal as Refusal<EventAction>, no);
  return can === "" ? reason : `${reason}\n${can}`;
}

function why(refusal: Refusal<EventAction>, no: string): string {
  const action = EVENT_ACTION_NAMES[refusal.action] ?? refusal.action;
  const detail = refusal.detail ?? {};
  switch (refusal.code) {
    case "notFound":
      return notFound(typeof detail.no === "string" ? detail.no : no);
    case "noRight":
      return detail.leadOrg === undefined
        ? noRight(action, no)
        : `${noRight(action, no)}由主办单位报办结,协办的请回「进展 ${no} 情况」。`;
    case "notAllowed":
      return typeof detail.status === "string"
        ? `${no} 现在是「${EVENT_STATUS_NAMES[detail.status as EventStatus]}」,不能${action}。`
        : detail.missing === "delayRequest"
          ? `${no} 没有待审批的延期申请。`
          : `${no} 已经签收过了。`;
    case "reasonRequired":
      return `${action} ${no} 要写明${WANTED[refusal.action] ?? "理由"},例如「${example(refusal.action, no)}」。`;
    case "separationOfReportAndHandle":
      return refusal.action === "sign"
        ? `${no} 是您报的,二级以上事件报处分离,上报人不能办理。请本单位别的同志签收,没有别人请回「退单 ${no} 本人上报」。`
        : `${no} 是这位同志报的,二级以上事件报处分离,上报人不能办理,请换人。`;
    case "verifierIsHandler":
      return `${no} 是您办理的,不能自己验收,请网格里别的同志验收。`;
    case "levelTooHigh":
      return `${no} 是${levelName(detail.level as EventLevel)}事件,只有一级(网格)事件可以自己处置,请由指挥室交办。`;
    case "fieldRequired":
      return detail.field === "orgCode"
        ? `职责清单里没有 ${no} 这类事的承办单位,请说明给谁,例如「交办 ${no} 给环卫所」。`
        : `请说明${detail.field === "level" ? "级别或平台,例如「判三级 转综合执法平台」" : String(detail.field)}。`;
    case "alreadyRated":
      return `您已经评价过 ${no} 了,谢谢。`;
    case "alreadyDelayed":
      return `${no} 已申请过延期,每件只能延期一次。`;
    case "delayTooLong":
      return `延期最多 ${String(detail.most)} 个工作日,请改短再申请。`;
    case "feedbackMissing":
      return detail.side === "reporter"
        ? `${no} 还没有把结果告诉报事人,不能${action}。已用别的办法告知的,请写明,例如「结案 ${no} 已电话告知」。`
        : `${no} 还没有反馈到指挥室,不能${action}。`;
    case "sameEvent":
      return `不能把 ${no} 并入它自己。`;
    default:
      return `${no} 没有${action}。`;
  }
}

function whatNow(refusal: Refusal<EventAction>, no: string): string {
  if (refusal.code === "noRight" || refusal.code === "notFound" || refusal.allowed.length === 0)
    return "";
  if (refusal.code !== "notAllowed") return "";
  const names = refusal.allowed
    .filter((action) => !["join", "correct", "supplement", refusal.action].includes(action))
    .map((action) => EVENT_ACTION_NAMES[action]);
  return names.length === 0 ? "" : `您现在可以对 ${no}:${names.join("、")}。`;
}

const WANTED: Partial<Record<EventAction, string>> = {
  complete: "做了什么",
  instruct: "内容",
  concludeConsultation: "结论",
};

function example(action: EventAction, no: string): string {
  const examples: Partial<Record<EventAction, string>> = {
    complete: `办结 ${no} 已清运并冲洗路面`,
    return: `退单 ${no} 不属我所职责,属市政`,
    reject: `不予受理 ${no} 不在本区范围`,
    delay: `申请延期 ${no} 5个工作日 等待配件`,
    decideDelay: `不同意延期 ${no} 今天能办完`,
    verify: `不通过 ${no} 垃圾只是挪了地方`,
    reopen: `重办 ${no} 垃圾只是挪了地方`,
    instruct: `批示 ${no} 今天必须到现场`,
    concludeConsultation: `会商结论 ${no} 由市政牵头`,
  };
  return examples[action] ?? `${EVENT_ACTION_NAMES[action]} ${no} 理由`;
}

export const notFound = (no: string): string => `没有查到 ${no},请核对编号。`;

/** The words of the contract: an unauthorised command is answered 「您没有…权限」. */
export const noRight = (action: string, no: string | null): string =>
  `您没有${action}权限${no === null ? "" : `,${no} 没有改动`}。需要的话请联系指挥室。`;

export const orgUnknown = (name: string, suggestions: readonly string[]): string =>
  suggestions.length === 0
    ? `没有找到「${name}」这个单位,请写全称。`
    : `没有找到「${name}」,是不是:${suggestions.join("、")}?`;

export const orgAmbiguous = (name: string, names: readonly string[]): string =>
  `「${name}」有几个单位,请写清是哪个:${names.join("、")}。`;
