import { FAULT_NAMES, type Fault } from "../../services/domain/call-ticket.ts";
import { spokenTime } from "../../services/domain/time.ts";
import type { Params, Render, Wording } from "./notices.ts";
import { answerUntil, gradeName } from "./supervision.ts";

/** The sentences of the notices about calls (街呼区应); one function a kind. Each ends with what to answer. */
export const CALL_NOTICES: Record<string, Render> = {
  callToApprove: (p, w) =>
    `【待签批】${p.no} ${p.summary}\n${matter(p, w)}\n同意请回「签批同意 ${p.no}」,退回请回「退回 ${p.no} 理由」。`,
  callAmended: (p, w) =>
    `【待签批·有修改】${p.no} ${p.summary}\n${matter(p, w)}\n同意请回「签批同意 ${p.no}」,退回请回「退回 ${p.no} 理由」。`,
  callApproved: (p) =>
    `${p.no} ${p.summary}\n${text(p.by) || "主要负责同志"}已签批,已呼叫到区平台,等研判派遣。`,
  callNotApproved: (p) =>
    `【签批退回】${p.no} ${p.summary}${because(p.reason)}\n改好后会自动再送签批:「修改 ${p.no} 事由/地点/部门/时间」。`,
  emergencyNotApproved: (p) =>
    `【补签未同意】${p.no} ${p.summary}${because(p.reason)}\n${text(p.by) || "主要负责同志"}没有补签,部门已派出,照常处置。请核实是否属实、是否该撤:详情请回「查 ${p.no}」。`,
  emergencyStillUnsigned: (p) =>
    `【补签未同意】${p.no} ${p.summary}${because(p.reason)}\n部门已派出,照常处置。请当面说清情况,由主要负责同志回「签批同意 ${p.no}」补签;不该呼叫的请回「撤销 ${p.no} 理由」。`,
  callNotUpward: (p) =>
    `【未上报】${p.no} ${p.summary}\n${text(p.occasion)}没能自动报到区12345平台。请打印呼叫单人工报送:「呼叫单 ${p.no}」,报好请回「回执 ${p.no} 编号」。`,
  callDelayRequested: (p, w) =>
    `【申请延期】${p.no} ${w.orgName(text(p.dept))}申请延期${String(p.workdays)}个工作日${because(p.reason)}\n同意请回「同意延期 ${p.no} ${w.orgName(text(p.dept))}」,不同意请回「不同意延期 ${p.no} ${w.orgName(text(p.dept))} 理由」。`,
  callDelayAsked: (p, w) =>
    `【申请延期】${p.no} ${w.orgName(text(p.dept))}申请延期${String(p.workdays)}个工作日${because(p.reason)}\n等区平台审批,批复前期限不变。`,
  callDelayDecided: (p, w) =>
    p.approved === true
      ? `【同意延期】${p.no} ${w.orgName(text(p.dept))}的办结期限改为${when(p.completeBy)}${because(p.reason)}。`
      : `【不同意延期】${p.no} ${w.orgName(text(p.dept))}${because(p.reason)}\n期限不变,仍是${when(p.completeBy)}。办好请回「办结反馈 ${p.no} 做了什么」。`,
  callSupplemented: (p) => `${p.no} ${p.summary}\n街道主要负责同志已补签。`,
  callToSupplement: (p, w) =>
    `【待补签】🚨【突发呼叫】${p.no} ${p.summary}\n${matterAtOnce(p, w)}\n先派后补签,请2小时内补签:同意请回「签批同意 ${p.no}」,不同意请回「退回 ${p.no} 理由」。`,
  emergencyDispatched: (p, w) =>
    `🚨【突发呼叫】${p.no} ${p.summary}\n${matterAtOnce(p, w)}\n街道已直接派出${p.signed === true ? "" : ",待主要负责同志补签"}。增派请回「派遣 ${p.no} ××局2人」。`,
  callToAssess: (p, w) =>
    `【待研判】${p.no} ${p.summary}\n${matter(p, w)}\n派遣请回「派遣 ${p.no} ××局2人 ××局2人 时间 地点」,退回请回「研判退回 ${p.no} 理由」。`,
  callReturned: (p) =>
    `【研判退回】${p.no} ${p.summary}${because(p.reason)}\n改好后会自动再送签批:「修改 ${p.no} …」;不呼叫了请回「撤销 ${p.no}」。`,
  callDispatched: (p, w) =>
    [
      `${p.emergency === true ? "🚨【突发呼叫】" : "【派遣】"}${p.no} ${text(p.cause) || p.summary}`,
      `报到:${p.emergency === true ? "立即" : when(p.reportAt)} ${text(p.reportPlace)}${typeof p.headcount === "number" ? ` · ${p.fromList === true ? "清单要求" : ""}${p.headcount}人` : ""}`,
      `请在${when(p.respondBy)}前确认:回「收到 ${p.no} 几人到」;有异议回「不响应 ${p.no} 理由」。`,
      p.emergency === true ? `请在${when(p.arriveBy)}前到场。` : null,
      `到了点这里报到(带位置):${w.urlOf(text(p.link))}`,
    ]
      .filter((line) => line !== null)
      .join("\n"),
  callMoved: (p, w) =>
    `【报到有变】${p.no} ${p.summary}\n改为 ${when(p.reportAt)} ${text(p.reportPlace)}。\n到了点这里报到:${w.urlOf(text(p.link))}`,
  callDispatchedToStreet: (p, w) =>
    `【已派遣】${p.no} ${p.summary}\n${orgs(p.depts, w)} ${when(p.reportAt)} 到 ${text(p.reportPlace)} 报到。\n${list(p.omitted).length === 0 ? "" : `您要的${orgs(p.omitted, w)}这次没有派,仍需要请联系区平台。\n`}没带位置的到场要街道确认:「确认到场 ${p.no} ××」。`,
  callRedispatched: (p, w) =>
    `【派遣有变】${p.no} ${p.summary}\n现在是:${orgs(p.depts, w)},${when(p.reportAt)} ${text(p.reportPlace)}。`,
  callReleased: (p) => `${p.no} ${p.summary}\n区平台同意贵单位不用到场${because(p.reason)}。`,
  callDepartmentReleased: (p, w) =>
    `${p.no} ${p.summary}\n区平台同意${w.orgName(text(p.dept))}不响应${because(p.reason)}。`,
  callCanceled: (p) => `【撤销】${p.no} ${p.summary}${because(p.reason)}\n不用再办。`,
  departmentResponded: (p, w) =>
    `${p.no} ${w.orgName(text(p.dept))}已响应${typeof p.headcount === "number" ? `,${p.headcount}人` : ""}。`,
  departmentDeclined: (p, w) =>
    `【不响应】${p.no} ${w.orgName(text(p.dept))}${because(p.reason)}\n区平台请研判:同意回「同意不响应 ${p.no} ${w.orgName(text(p.dept))}」,改派回「派遣 ${p.no} ××局2人 代替${w.orgName(text(p.dept))}」。`,
  departmentDelayed: (p, w) =>
    `${p.no} ${w.orgName(text(p.dept))}路上要晚${String(p.minutes)}分钟。`,
  departmentArrived: (p, w) =>
    `${p.no} ${w.orgName(text(p.dept))} ${when(p.at)} 到场,${p.late === true ? "迟到" : "准时"}${people(p)}${typeof p.distanceM === "number" ? `,距报到点${p.distanceM}米` : ""}。`,
  arrivalToConfirm: (p, w) =>
    `${p.no} ${w.orgName(text(p.dept))}说 ${when(p.at)} 到了${people(p)},${typeof p.distanceM === "number" ? `离报到点${p.distanceM}米` : "没有位置"}。\n确实到了请回「确认到场 ${p.no} ${w.orgName(text(p.dept))}」。`,
  headcountShort: (p, w) =>
    `${p.no} ${w.orgName(text(p.dept))}要求${String(p.asked)}人,到了${String(p.came)}人。`,
  departmentCompleted: (p, w) => `【办结反馈】${p.no} ${w.orgName(text(p.dept))}${because(p.note)}`,
  callToClose: (p, w) =>
    `${p.no} ${p.summary}\n${settled(p, w)}请提结案意见并逐个打分:「结案 ${p.no} 意见 ××95 ××90」。`,
  callClosed: (p) => `【结案】${p.no} ${p.summary}${because(p.note)}`,
  callToFollowUp: (p) =>
    `【待回访】${p.no} ${p.summary}\n回访后请回「回访 ${p.no} 群众反映 满意/不满意」。`,
  callFollowedUp: (p) => `【回访】${p.no} ${p.summary}${because(p.result)}`,
  scoresMissing: (p, w) => `${p.no} 还没给${orgs(p.depts, w)}打分。请补:「评价 ${p.no} ××95」。`,
  evidenceNoted: (p, w) =>
    `【留痕】${p.no} ${p.summary}\n${evidence(p.evidence, w)}\n已记证据,是否问责由督查认定。`,
  callToReview: (p, w) =>
    `【待认定】${p.no} ${p.summary}\n${list<{
      dept: string;
      score: number | null;
      faults: { fault: Fault; evidence: string }[];
    }>(p.depts)
      .map(
        ({ dept, score, faults }) =>
          `${w.orgName(dept)}${score === null ? "" : `(评分${score})`}${faults.map(({ fault, evidence: what }) => `\n  ${FAULT_NAMES[fault]}:${what}`).join("")}`,
      )
      .join("\n")}\n认定请回「认定 ${p.no} ××局 迟响应」,通报请回「通报 ${p.no}」。`,
  faultFound: (p, w) =>
    `【督查认定】${p.no} ${w.orgName(text(p.dept))}:${FAULT_NAMES[p.fault as Fault] ?? text(p.fault)}${because(p.note)}\n有异议请回「申诉 ${p.no} 理由」。`,
  callUrged: (p) => `【催办】${p.no} ${p.summary}\n${text(p.by)}催办${because(p.note)}。${toDo(p)}`,
  callSupervised: (p) => demand(gradeName(p.grade), p),
  callInstructed: (p) => demand("领导批示", p),
  callAnswered: (p) => `【答复】${p.no} ${p.summary}\n${text(p.by)}${because(p.note)}`,
  faultAppealed: (p, w) => `【申诉】${p.no} ${w.orgName(text(p.dept))}${because(p.note)}`,
  circularIssued: (p, w) =>
    `${circularText(p, list<CircularFinding>(p.findings), text(p.note), w.orgName)}\n整改情况请有关部门回「答复 ${p.no} 整改情况」。`,
};

export interface CircularFinding {
  dept: string;
  fault: Fault;
  evidence: string;
  appeal: string | null;
}

/** A circular, drafted from the evidence; the same words for whoever sends it and whoever gets it. */
export const circularText = (
  call: { no?: unknown; summary?: unknown },
  findings: readonly CircularFinding[],
  note: string,
  orgName: (code: string) => string,
): string =>
  [
    `【通报】${String(call.no)} ${String(call.summary)}`,
    ...findings.map(
      ({ dept, fault, evidence: what, appeal }) =>
        `${orgName(dept)}:${FAULT_NAMES[fault]}(${what})${appeal === null ? "" : `;申诉:${appeal}`}`,
    ),
    note === "" ? "请即整改并报送情况。" : note,
  ].join("\n");

/** What answers a demand: the thing itself where it takes one sentence, else how it stands. */
function toDo(p: Params): string {
  const { no } = p;
  const answer = `请回「答复 ${no} 情况」。`;
  switch (p.office) {
    case "principal":
      return `同意请回「签批同意 ${no}」,退回请回「退回 ${no} 理由」;暂不能签,${answer}`;
    case "district":
      return `请研判派遣,或${answer}`;
    case "street":
      return `请提结案意见,或${answer}`;
    default:
      return answer;
  }
}

const demand = (kind: string, p: Params): string =>
  `【${kind}】${p.no} ${p.summary}${because(p.note)}\n${toDo(p)}${answerUntil(p.answerBy)}`;

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const because = (value: unknown): string => (text(value) === "" ? "" : `:${text(value)}`);
const when = (value: unknown): string =>
  text(value) === "" ? "时间待定" : spokenTime(new Date(text(value)));
const list = <Item>(value: unknown): Item[] => (Array.isArray(value) ? (value as Item[]) : []);
const orgs = (value: unknown, w: Wording): string =>
  list<string>(value)
    .map((code) => w.orgName(code))
    .join("、");

const people = (p: Params): string =>
  typeof p.headcount === "number"
    ? `,${p.headcount}人${typeof p.asked === "number" && p.headcount < p.asked ? `(要求${p.asked}人)` : ""}`
    : "";

const evidence = (value: unknown, w: Wording): string =>
  list<{ dept: string; fault: Fault; evidence: string }>(value)
    .map(({ dept, fault, evidence: what }) => `${w.orgName(dept)} ${FAULT_NAMES[fault]}:${what}`)
    .join("\n");

const matter = (p: Params, w: Wording): string =>
  [
    `事由:${text(p.cause) || p.summary}`,
    `地点:${text(p.place) || "未定"} 时间:${when(p.reportAt)}`,
    `呼叫:${orgs(p.depts, w) || "未定"}${text(p.itemNo) === "" ? "" : ` 清单第${text(p.itemNo)}项`}`,
  ].join("\n");

/** The same of a call that is not for later but for now. */
const matterAtOnce = (p: Params, w: Wording): string =>
  [
    `事由:${text(p.cause) || p.summary}`,
    `报到:立即 ${text(p.reportPlace)}`,
    `呼叫:${orgs(p.depts, w)}`,
    `限${when(p.respondBy)}前响应、${when(p.arriveBy)}前到场。`,
  ].join("\n");

/** Why a ticket waits for the closing opinion; whoever never came is named, so that nobody thinks all is done. */
function settled(p: Params, w: Wording): string {
  const silent = list<{ dept: string; fault: Fault }>(p.silent);
  if (silent.length === 0) return "各部门都有结果了。";
  const named = silent.map(
    ({ dept, fault }) => `${w.orgName(dept)}${fault === "noShow" ? "未到场" : "未反馈"}`,
  );
  return `${named.join("、")},已留痕,可以结案。`;
}
