import type { CallStepRow } from "../../db/queries/calls.ts";
import { findingsOf } from "../../services/domain/call-actions/closing.ts";
import type { CallChange } from "../../services/domain/call-actions/decision.ts";
import {
  CALL_ACTION_NAMES,
  CALL_STATUS_NAMES,
  CALL_STEP_NAMES,
  type CallAction,
  type CallState,
  type CallStatus,
  FAULT_NAMES,
  FAULTS,
  type Fault,
  RESPONSE_STATUS_NAMES,
} from "../../services/domain/call-ticket.ts";
import type { Refusal } from "../../services/domain/refusal.ts";
import { spokenTime } from "../../services/domain/time.ts";
import { type CodedOrg, withOrgNames } from "./call-codes.ts";
import { circularText } from "./call-notices.ts";
import { wordsFor } from "./exact-words.ts";
import { noRight, notFound } from "./refusals.ts";
import { gradeName } from "./supervision.ts";

type OrgNames = (code: string) => string;

/** A draft as the officer sees it: what was understood, and what happens next. */
export function callDrafted(call: CallState, item: string | null, org: OrgNames): string {
  const head =
    call.callType === "emergency"
      ? `【突发呼叫】已登记并派出 ${call.no}`
      : `已起草呼叫工单 ${call.no}`;
  return [
    `${head}:${call.summary}`,
    `地点:${call.place.raw ?? "未定"} 时间:${call.callType === "emergency" ? "立即" : call.reportAt === null ? "未定" : spokenTime(call.reportAt)}`,
    `呼叫:${call.wantedDepts.map(org).join("、") || "未定"}`,
    item === null ? null : `属地管理清单:${item}`,
    call.callType === "emergency"
      ? `${emergencyLimits(call)}请主要负责同志2小时内补签。`
      : call.status === "pendingApproval"
        ? "已送主要负责同志签批。要改请说「修改 编号 …」,不呼叫了请说「撤销 编号」。".replaceAll(
            "编号",
            call.no,
          )
        : null,
  ]
    .filter((line) => line !== null)
    .join("\n");
}

function emergencyLimits(call: CallState): string {
  const [first] = call.responses;
  if (first === undefined) return "";
  return `各部门${spokenTime(first.respondBy)}前响应、${spokenTime(first.arriveBy)}前到场。`;
}

/** One question at a time about what a draft lacks. */
export function askForDraft(no: string, missing: string): string {
  const questions: Record<string, string> = {
    departments: `${no} 要哪些部门到场?例如「综合执法 市场监管 公安」。`,
    place: `${no} 在哪里集合?`,
    reportAt: `${no} 什么时间集合?例如「明晚8点」。`,
  };
  return questions[missing] ?? `${no} 还缺:${missing}。`;
}

/** Words that were not meant for the draft: nothing has changed, and it is asked once more. */
export const draftUnchanged = (no: string, missing: string): string =>
  `呼叫单没有改动。${askForDraft(no, missing)}不呼叫了请回「撤销 ${no}」。`;
export const draftDropped = (no: string): string => `好的,${no} 已撤销,不再呼叫。`;

/** A bare 「发起街呼区应」: everything is still to be said. */
export const askForCall =
  "要呼叫什么事?请说明:什么事、在哪里、要哪些部门、什么时间集合。例如「滨河路夜市占道油烟反复 要综合执法 市场监管 明晚8点滨河路解放街口集中」。不呼叫了请回「算了」。";
export const callNotDrafted = "好的,没有起草。";

export const notOnList =
  "没有匹配到属地管理清单事项,不能呼叫。可以:①改走四平台,由指挥室交办;②提请会商;③换个说法写明事由再发起。";
export const notComplex =
  "只涉及一个部门的一般事项不用呼叫,请由指挥室交办或上报。确需联合执法、综合整治的,请写明原因再发起。";
export const emergencyNeedsDepartments =
  "突发呼叫请写明要哪些部门,例如「突发!厂房彩钢瓦要掉 呼住建 应急 消防」。";

/** The answer to whoever did something to a call, ending with what comes next. */
export function callActionDone(
  change: CallChange,
  call: CallState,
  org: OrgNames,
  deptCode: string | null,
): string {
  const { no } = call;
  const own =
    deptCode === null
      ? undefined
      : call.responses.find(
          (response) => response.deptCode === deptCode && response.releasedAt === null,
        );
  switch (change.action) {
    case "approve":
      return change.from === "pendingApproval"
        ? `已签批 ${no},呼叫单已生成并呼叫到区平台。`
        : `已补签 ${no}。`;
    case "rejectApproval":
      return `已退回 ${no},起草人会收到理由。`;
    case "amend":
      return call.status === "pendingApproval" ? `已修改 ${no},已送签批。` : `已修改 ${no}。`;
    case "assess":
      return change.to === "assessReturned"
        ? `${no} 已退回街道。`
        : `${no} 研判通过。请派遣:「派遣 ${no} ××局2人 时间 地点」。`;
    case "dispatch":
      return `已派遣 ${no}:${activeNames(call, org)},${call.reportAt === null ? "" : spokenTime(call.reportAt)} ${call.reportPlace.raw ?? ""}。已通知各部门和呼叫街道,请限时确认。`;
    case "release":
      return `已同意不响应,${no} 现在是:${activeNames(call, org)}。`;
    case "respond":
      return `已登记响应 ${no}(${org(deptCode ?? "")}${own?.promised == null ? "" : ` ${own.promised}人`})${call.reportAt === null ? "" : `,请${spokenTime(call.reportAt)}到 ${call.reportPlace.raw ?? "报到点"}`}。到了请回「到了 ${no}」或点派遣消息里的链接。`;
    case "decline":
      return `${no} 已记不响应,理由已报区平台研判,定下来之前请保持联系。`;
    case "eta":
      return `已告诉街道您要晚到(${no})。晚到说明不免除迟到,会一并记录。`;
    case "checkIn":
      return own?.checkIn != null
        ? `报到成功 ${no}:${spokenTime(own.checkIn.at)} ${own.checkIn.late ? "迟到" : "准时"}。办完请回「办结反馈 ${no} 做了什么」。`
        : `已记下 ${no} 您到了(${spokenTime(own?.claim?.at ?? call.createdAt)}),${own?.claim?.distanceM == null ? "没有位置" : `离报到点${own.claim.distanceM}米`},等街道确认。点派遣消息里的链接带位置报到可直接算数。`;
    case "confirmArrival":
      return `已确认到场 ${no}:${arrivedNames(call, org)}。`;
    case "siteLog":
      return `${no} 现场记录已记。`;
    case "complete": {
      const open = call.responses.filter(
        (response) =>
          response.releasedAt === null && !["completed", "evaluated"].includes(response.status),
      );
      return `已收反馈 ${no}(${org(deptCode ?? "")})${open.length === 0 ? ",各部门都办完了,等街道结案" : `;尚缺${open.map((response) => org(response.deptCode)).join("、")}`}。`;
    }
    case "close":
      return `已结案 ${no},评价已记并报区平台${faultNames(call, org)}。`;
    case "evaluate":
      return `${no} 评价已记。`;
    case "followUp":
      return `${no} 回访已记。`;
    case "findFault":
      return `已认定并告知 ${no}。通报稿如下,发出请回「通报 ${no}」,要加话请回「通报 ${no} 要加的话」:\n${circularText(call, findingsOf(call), "", org)}`;
    case "circular":
      return `${no} 通报已发有关部门和街道,整改情况由各部门答复您。`;
    case "delay":
      return `${no} 的延期申请已送区平台审批,批复前期限不变。`;
    case "decideDelay":
      return isDelayApproved(change)
        ? `已同意 ${no} 延期,部门和街道会收到新的期限。`
        : `已答复 ${no}:不延期。`;
    case "appeal":
      return `${no} 申诉已记,督查会看到。`;
    case "urge":
      return `${no} 已催办,${demandedOf(call, org)}会看到并答复。`;
    case "supervise":
      return `${no} ${gradeName(call.demands.at(-1)?.grade)}已发${demandedOf(call, org)},须答复。`;
    case "instruct":
      return `${no} 批示已发${demandedOf(call, org)},须答复。`;
    case "answer":
      return `${no} 已答复,对方会收到。`;
    case "cancel":
      return `${no} 已撤销${change.from === "pendingApproval" || change.from === "draft" ? "" : ",已通知各方"}。`;
    case "archive":
      return `${no} 已归档。`;
    case "submit":
      return `${no} 已送签批。`;
  }
}

const isDelayApproved = ({ notices }: CallChange): boolean =>
  notices.some(({ kind, params }) => kind === "callDelayDecided" && params.approved === true);

/** Who a demand went to. */
const demandedOf = (call: CallState, org: OrgNames): string =>
  (call.demands.at(-1)?.owedBy ?? []).map((key) => OFFICE_NAMES[key] ?? org(key)).join("、");

const OFFICE_NAMES: Partial<Record<string, string>> = { street: "街道", district: "区平台" };

const activeNames = (call: CallState, org: OrgNames): string =>
  call.responses
    .filter((response) => response.releasedAt === null)
    .map(
      (response) =>
        `${org(response.deptCode)}${response.headcount === null ? "" : `${response.headcount}人`}`,
    )
    .join("、");

const arrivedNames = (call: CallState, org: OrgNames): string =>
  call.responses
    .flatMap((response) =>
      response.checkIn === null
        ? []
        : [
            `${org(response.deptCode)} ${spokenTime(response.checkIn.at)}${response.checkIn.late ? "(迟到)" : ""}`,
          ],
    )
    .join("、");

const faultNames = (call: CallState, org: OrgNames): string => {
  const faulty = call.responses.filter((response) => response.faults.length > 0);
  return faulty.length === 0
    ? ""
    : `;${faulty.map((response) => `${org(response.deptCode)}列${response.faults.map(({ fault }) => FAULT_NAMES[fault]).join("、")}待认定`).join(";")}`;
};

/**
 * Why something was not done to a call, and what is possible now.
 *
 * @param dispatchAs - the whole sentence that would send the departments, for a dispatch that lacks something
 */
export function callRefusalText(
  refusal: Refusal,
  no: string,
  org: OrgNames,
  dispatchAs: string | null = null,
): string {
  const action =
    refusal.action === "assess" && refusal.code === "reasonRequired"
      ? "研判退回"
      : (CALL_ACTION_NAMES[refusal.action as CallAction] ?? refusal.action);
  const detail = refusal.detail ?? {};
  switch (refusal.code) {
    case "notFound":
      return typeof detail.deptCode === "string"
        ? `${no} 没有派${org(detail.deptCode)}。`
        : notFound(no);
    case "noRight":
      return noRight(action === "签批退回" ? "签批" : action, no);
    case "reasonRequired":
      return `${action} ${no} 要写明${detail.field === "note" ? "内容" : "理由"},例如「${exampleFor(refusal.action, no)}」。`;
    case "fieldRequired":
      return fieldsMissing(refusal, no, action, dispatchAs);
    case "alreadyApproved":
      return `${no} ${typeof detail.by === "string" ? detail.by : ""}已经签批过了,不用再签。`;
    case "alreadyCheckedIn":
      return `${no} 已经报到过了(${String(detail.at ?? "")})。`;
    case "notSettled":
      return `${no} 还有部门没有结果:${list(detail.depts).map(org).join("、")}。等办结反馈,或请区平台同意不响应,再结案。`;
    case "nothingFound":
      return NOTHING_TO[refusal.action]?.(no) ?? `${no} 还没有可${action}的认定或证据。`;
    case "invalidValue":
      return detail.field === "at"
        ? `到场时间不对:不能早于派遣,也不能晚于现在。请核对后再说。`
        : typeof detail.past === "string"
          ? `${no} 没有${action}:报到时间${detail.past}已经过了。请写以后的时间,例如「${action} ${no} … 明天上午9点 …」。`
          : `${no} 没有${action}:内容不对,请核对后再说。`;
    case "alreadyDelayed":
      return `${no} 已经申请过延期,每个部门只能延一次。`;
    case "delayTooLong":
      return `延期最多${String(detail.most)}个工作日,请重新申请:「申请延期 ${no} ${String(detail.most)}个工作日 理由」。`;
    case "notAllowed":
      return `${notNow(no, action, detail)}${whatNow(refusal, no)}`;
    default:
      return `${no} 没有${action}。`;
  }
}

/** An assessment needs a reason only where it sends the call back. */
const exampleFor = (action: string, no: string): string =>
  wordsFor(["assess", "decideDelay"].includes(action) ? `${action}:no` : action, no) ??
  `${action} ${no} 理由`;

function fieldsMissing(
  refusal: Refusal,
  no: string,
  action: string,
  dispatchAs: string | null,
): string {
  const fields = list(refusal.detail?.missing).map((field) => FIELD_NAMES[field] ?? field);
  if (refusal.action === "amend")
    return `没听懂要把 ${no} 改成什么,没有修改。请写明事由、地点、部门或时间,例如「修改 ${no} 事由 夜市占道反复」「修改 ${no} 时间改为明晚9点,加上水务」。`;
  const lacks =
    fields.length === 0
      ? `${action} ${no} 还缺内容。`
      : `${action} ${no} 还缺${fields.join("、")}。`;
  if (refusal.action === "dispatch")
    return `${lacks}部门、时间、地点缺一不可,例如「${dispatchAs ?? `派遣 ${no} 综合执法2人 公安1人 明晚8点 滨河路解放街口`}」。`;
  const words = refusal.action === "submit" ? wordsFor("amend", no) : wordsFor(refusal.action, no);
  return words === null ? lacks : `${lacks}例如「${words}」。`;
}

/** What is missing, where it is not a finding. */
const NOTHING_TO: Partial<Record<string, (no: string) => string>> = {
  answer: (no) => `${no} 没有等您答复的催办、督办或批示。现场情况请回「现场 ${no} …」。`,
  urge: (no) => `${no} 现在没有欠着的事,不用催办。`,
  supervise: (no) => `${no} 现在没有欠着的事,不用督办。`,
  instruct: (no) => `${no} 现在没有欠着的事,不用批示。`,
};

function notNow(no: string, action: string, detail: Record<string, unknown>): string {
  if (typeof detail.status === "string")
    return `${no} 现在是「${CALL_STATUS_NAMES[detail.status as CallStatus]}」,不能${action}。`;
  if (detail.notCheckedIn === true) {
    return typeof detail.claimed === "string"
      ? `${no} 您${detail.claimed}说到了,街道还没有确认。请街道先回「确认到场 ${no}」,再反馈。`
      : `${no} 还没有报到,先回「到了 ${no}」,街道确认后再反馈。`;
  }
  if (detail.missing === "delayRequest") return `${no} 没有待审批的延期申请。`;
  if (detail.circulated === true) return `${no} 的认定已经通报过了。有新的认定后可以再通报。`;
  if (typeof detail.responded === "string") return `${no} ${detail.responded}已经响应过了。`;
  if (typeof detail.completed === "string") return `${no} ${detail.completed}已经反馈过了。`;
  return `${no} 现在不能${action}。`;
}

function whatNow(refusal: Refusal, no: string): string {
  const names = refusal.allowed.map((action) => CALL_ACTION_NAMES[action as CallAction]);
  return names.length === 0 ? "" : `\n您现在可以对 ${no}:${[...new Set(names)].join("、")}。`;
}

const FIELD_NAMES: Record<string, string> = {
  departments: "部门",
  reportAt: "时间",
  reportPlace: "地点",
  place: "地点",
  itemNo: "清单事项",
  cause: "事由",
  scores: "评分",
};
const list = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]) : []);

export function callProgress(call: CallState, item: string | null, org: OrgNames): string {
  return [
    `${call.no} ${CALL_STATUS_NAMES[call.status]}${call.callType === "emergency" ? "(突发)" : ""}`,
    call.summary,
    `报到:${call.reportAt === null ? "时间未定" : spokenTime(call.reportAt)} ${call.reportPlace.raw ?? "地点未定"}${item === null ? "" : ` · 清单${item}`}`,
    ...call.responses.map((response) => {
      const state =
        response.releasedAt === null ? RESPONSE_STATUS_NAMES[response.status] : "不用到场";
      const faults = response.faults.map(({ fault }) => FAULT_NAMES[fault]);
      return `· ${org(response.deptCode)}:${state}${faults.length === 0 ? "" : `(${faults.join("、")})`}${response.score === null ? "" : ` ${response.score}分`}`;
    }),
  ].join("\n");
}

export function callHistory(
  no: string,
  steps: readonly CallStepRow[],
  nameOf: (step: CallStepRow) => string,
  orgs: readonly CodedOrg[],
): string {
  const lines = steps.map((step) => {
    return `${spokenTime(step.at)} ${CALL_STEP_NAMES[step.action]}(${nameOf(step)})${step.note === null || step.note === "" ? "" : `:${withFaultNames(withOrgNames(step.note, orgs))}`}`;
  });
  return [`${no} 流程:`, ...lines].join("\n");
}

/** A finding is kept by its code: 「SLQ-SW noShow」. */
const withFaultNames = (note: string): string =>
  note.replace(
    new RegExp(`\\b(?:${FAULTS.join("|")})\\b`, "g"),
    (code) => FAULT_NAMES[code as Fault],
  );

/** To a responder who spoke too early, or of a call that is other departments' affair. */
export const notDispatchedToYou = (no: string): string =>
  `${no} 还没有派遣到贵单位,派遣后会通知您,到时再回。`;

export const callForm = (no: string, url: string): string =>
  `${no} 的《“街呼区应”呼叫单》(24小时内有效,可直接打印):\n${url}`;

export const noCallOpen =
  "现在没有进行中的呼叫工单。已结案的请带上编号,例如「导出呼叫单 HJ20261120-001」。";

export const upwardNoted = (no: string): string => `${no} 已登记:区平台已收到。`;
export const UPWARD_NOT_NOTED: Record<string, (no: string) => string> = {
  nothingSent: (no) => `${no} 还没有报送区平台(签批后自动报送),不用登记。`,
  inFuture: (no) => `${no} 没有登记:时间不能晚于现在。`,
};

/** One of several was taken to be meant: the others are named. */
export const stillWaiting = (nos: readonly string[]): string =>
  nos.length === 0 ? "" : `\n${nos.slice(0, 3).join("、")} 还等响应,请带编号回。`;
