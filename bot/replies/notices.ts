import { type EventLevel, levelName, URGENCY_NAMES } from "../../services/domain/level.ts";
import type { NoticeBody } from "../../services/domain/notice.ts";
import { spokenTime } from "../../services/domain/time.ts";
import { ALARM_NOTICES } from "./alarms.ts";
import { CALL_NOTICES } from "./call-notices.ts";
import { type CollectiveParams, collectiveComplaint } from "./collective.ts";
import { leaveGranted } from "./leave.ts";
import { REMINDER_NOTICES } from "./reminders.ts";
import { answerUntil, gradeName } from "./supervision.ts";

/** What every notice of an event carries. */
export interface Params {
  no: string;
  summary: string;
  [detail: string]: unknown;
}

export interface Wording {
  categoryName(slug: string): string;
  orgName(code: string): string;
  /** the whole address of a path of the product */
  urlOf(path: string): string;
}

export type Render = (params: Params, words: Wording) => string;

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const because = (value: unknown): string => (text(value) === "" ? "" : `:${text(value)}`);
/** What was done; a grid worker who reports what they dealt with has said so already. */
const result = (p: Params): string => (p.note === p.summary ? "" : because(p.note));
const placed = (params: Params): string =>
  text(params.place) === "" ? "地点未填" : text(params.place);

/** Number, subject and place: what a notice is about. The summary often names the place already. */
const about = (p: Params): string => {
  const place = text(p.place);
  return `${p.no} ${p.summary}${place === "" || p.summary.includes(place) ? "" : `(${place})`}`;
};
const until = (p: Params): string =>
  typeof p.dueAt === "string"
    ? `\n办结期限:${spokenTime(new Date(p.dueAt))}${p.urgency === "critical" ? "(特急)" : ""}。`
    : "";
const graded = (p: Params, words: Wording): string =>
  [
    words.categoryName(text(p.category)),
    `建议${levelName(p.level as EventLevel)}`,
    ...(p.urgency === "critical" ? [URGENCY_NAMES.critical] : []),
    placed(p),
  ].join(" · ");
/** The reading was unsure of the category: what else it may be, and how to say so. */
function orRather(p: Params, words: Wording): string {
  const names = Array.isArray(p.orRather)
    ? p.orRather.map((slug) => words.categoryName(text(slug)))
    : [];
  const [first] = names;
  return first === undefined
    ? ""
    : `\n类别拿不准,也可能是${names.join("、")}。要改请回「更正 ${p.no} 类别 ${first}」。`;
}
/** The dispatcher decides whether it is the neighbour's event again. */
const perhapsThere = (p: Params): string => {
  const other = text(p.possibleDuplicate);
  return other === ""
    ? ""
    : `\n可能和 ${other} 是同一件:先「查 ${other}」,是的话回「${p.no} 并入 ${other}」。`;
};
/** Whoever holds the event answers; where nobody does yet, the command room has to move it on. */
const answerOwed = (p: Params): string =>
  `${p.held === false ? "还没有承办单位,请尽快受理、交办," : "请"}回「进展 ${p.no} 情况」答复。`;

/** The sentences of the notices that workflows write; one function a kind. */
const NOTICES: Record<string, Render> = {
  newEvent: (p, words) =>
    `【待受理】${p.no} ${p.summary}\n${graded(p, words)}${orRather(p, words)}\n受理请回「受理 ${p.no}」,不归我们管请回「不予受理 ${p.no} 理由」。${perhapsThere(p)}`,
  acceptedByRule: (p, words) =>
    `【自动受理】${p.no} ${p.summary}\n${graded(p, words)}\n${text(p.lead) === "" ? `职责清单里没有承办单位,请交办:「交办 ${p.no} 给××」。` : `已按职责清单交办给${words.orgName(text(p.lead))},要换请回「交办 ${p.no} 给××」。`}${perhapsThere(p)}`,
  movedToOtherStreet: (p) =>
    `${p.no} ${p.summary}\n地点更正为「${placed(p)}」,已转给当地街道,您这边不用再办。`,
  emergencyRaised: (p, words) =>
    `🚨【紧急】${p.no} ${words.categoryName(text(p.category))}:${p.summary}\n地点:${placed(p)}\n${p.heard === false ? "报事人不在聊天里,没有人引导过:请先问清是否已报警。" : "已引导报事人拨打报警电话。"}请立即核实处置,并回「受理 ${p.no}」。`,
  reportedAgain: (p) => `🚨 ${about(p)}\n又有人报${because(p.note)}`,
  supplemented: (p) => `${about(p)}\n报事人补充${because(p.note)}`,
  corrected: (p) => `${p.no} ${p.summary}\n有更正${because(p.note)},请按新的办。`,
  urged: (p) =>
    `【催办】${about(p)}\n报事人催办${because(p.note)}。请尽快办理,有进展请回「进展 ${p.no} 情况」。`,
  hotlineUpdateKept: (p) =>
    `【热线更新未执行】${p.no} ${p.summary}\n${text(p.reason)}${text(p.words) === "" ? "" : `\n热线写的是:${text(p.words)}`}\n已留档。请看过后决定:要重办回「重办 ${p.no} 原因」,要催办回「督办 ${p.no}」,都不用就不必处理。`,
  hotlineClosedThere: (p) =>
    `【热线已结案】${p.no} ${p.summary}\n热线那边已结案,我们这边还没有办完。请核实:确实不用办的回「撤回 ${p.no}」,要办的照常办。`,
  hotlineMailAside: (p) =>
    `【热线邮件待人工】${text(p.line)} 邮箱里有一封邮件没有全部收下:「${text(p.subject)}」\n${text(p.reason)}\n能读的工单已经收下。请到邮箱的 ${text(p.folder)} 文件夹查看,改正后重新放回收件箱,重复的不会再登记。`,
  hotlineAnswerFailed: (p) =>
    `【回传未成功】${p.no} ${p.summary}\n办理结果多次没有送到热线(${text(p.problem)})。请导出回传文件后人工上传,并请人告知诉求人;告知后回「结案 ${p.no} 怎样告知的」。`,
  withdrawn: (p) => `${p.no} ${p.summary}\n已撤回,不用再办。`,
  withdrawnForReporter: (p) => `${p.no} ${p.summary}\n已撤回,不再办理。以后有事随时说。`,
  withdrawalRequested: (p) =>
    `${p.no} ${p.summary}\n报事人想撤回,但已经派出。同意请回「撤回 ${p.no}」,不同意就继续办。`,
  rejected: (p) =>
    `${p.no} ${p.summary}\n没有受理${because(p.reason)}。有疑问可拨 12345,或补充情况后重新报。`,
  levelChanged: (p) => `${p.no} ${p.summary}\n改为${levelName(p.level as EventLevel)}。`,
  assigned: (p, words) =>
    text(p.supports) === ""
      ? `【交办】${about(p)}${because(p.note)}${until(p)}\n请签收:回「签收 ${p.no}」;不归我们办:回「退单 ${p.no} 理由」。`
      : `【协办】${about(p)}${because(p.note)}\n主办:${words.orgName(text(p.supports))}。请签收:回「签收 ${p.no}」,有进展回「进展 ${p.no} 情况」。`,
  unassigned: (p) => `${p.no} ${p.summary}\n已改派,您这边不用再办。`,
  escalated: (p) =>
    `【街道上报】${about(p)}${because(p.reason)}\n请交办:「交办 ${p.no} 给××局」;退回街道:「退单 ${p.no} 理由」。`,
  merged: (p) =>
    `${p.no} ${p.summary}\n和 ${text(p.into)} 是同一件事,已并在一起办,有结果一起告诉您。`,
  separatedForReporter: (p) =>
    `您报的和 ${text(p.from)} 不是同一件,已另立 ${p.no} ${p.summary},有结果告诉您。说「查 ${p.no}」可看进度。`,
  consulting: (p) =>
    `【会商】${about(p)}${because(p.reason)}\n结论请回「会商结论 ${p.no} 内容」;定不下来的请回「专报 ${p.no}」。`,
  pausedForConsultation: (p) =>
    `${p.no} ${p.summary}\n已提请会商,期限暂停计时,有结论再通知您,先不用办。`,
  consultedForFormer: (p) =>
    `${p.no} ${p.summary}\n会商结论${because(p.note)}。由指挥室重新交办,没有再交办给您的不用办。`,
  consulted: (p) => `${p.no} ${p.summary}\n会商结论${because(p.note)}。请据此交办。`,
  specialReported: (p) =>
    `【专报】${about(p)}${because(p.note)}\n街道提请区政府指定部门。内容请回「专报稿 ${p.no}」;指定请回「交办 ${p.no} 给××局」。`,
  completed: (p) =>
    `${p.no} ${p.summary}\n已办结${result(p)}。\n满意请回「${p.no} 五星」,没办好请回「${p.no} 没办好 哪里不行」。`,
  completedForCommandRoom: (p) =>
    `【办结反馈】${p.no} ${p.summary}${result(p)}\n${p.confidential === true ? `保密件不经过网格,核实后请回「验收通过 ${p.no}」,或「不通过 ${p.no} 理由」。` : "等网格验收;验收通过、两边都告知后自动结案。"}`,
  pleaseVerify: (p) =>
    `【请验收】${about(p)}${result(p)}\n到现场看过请回「验收通过 ${p.no}」,或「不通过 ${p.no} 理由」。`,
  returned: (p) =>
    `【退单】${p.no} ${p.summary}${because(p.reason)}\n请改派:「交办 ${p.no} 给××」,或「会商 ${p.no}」。`,
  delayRequested: (p) =>
    `【申请延期】${p.no} ${p.summary}\n申请 ${String(p.workdays)} 个工作日${because(p.reason)}\n请回「同意延期 ${p.no}」或「不同意延期 ${p.no} 理由」。`,
  delayDecided: (p) =>
    p.approved === true
      ? `${p.no} ${p.summary}\n延期已同意,新的期限是${typeof p.dueAt === "string" ? spokenTime(new Date(p.dueAt)) : "见详情"}${p.heldByHotline === true ? "(热线的期限更早,以它为准;要再延请先由指挥室向热线申请)" : ""}。`
      : `${p.no} ${p.summary}\n延期没有同意${because(p.reason)},请按原期限办。`,
  supervisionAnswered: (p) => `【督办答复】${p.no} ${p.summary}${because(p.note)}`,
  urgeAnswered: (p) => `${p.no} ${p.summary}\n您催办的事有回复了${because(p.note)}`,
  supervised: (p) =>
    `【${gradeName(p.grade)}】${about(p)}${because(p.note)}\n${answerOwed(p)}${answerUntil(p.answerBy)}`,
  instructed: (p) =>
    `【领导批示】${about(p)}${because(p.note)}\n${answerOwed(p)}${answerUntil(p.answerBy)}`,
  reopened: (p) => `【重办】${about(p)}${because(p.reason)}\n没有办好,请重新办理后再报办结。`,
  reopenedForCommandRoom: (p) =>
    `【退回重办】${about(p)}${because(p.reason)}\n承办单位已收到,办好后会再反馈。`,
  dissatisfiedAgain: (p) =>
    `【仍不满意】${p.no} ${p.summary}${because(p.note)}\n已经重办过一次,这次不再自动退回。请直接联系报事人;要再办请回「重办 ${p.no} 理由」。`,
  reporterNotReached: (p) =>
    `${p.no} ${p.summary}\n结果没能送达报事人,请用别的办法告知,然后回「结案 ${p.no} 已电话告知」。`,
  conductReported: (p) =>
    `【保密】${p.no} 有群众反映工作人员作风,请督查核实。内容只有督查和指挥室可见。`,
  personWanted: (p) =>
    `【转人工】${text(p.who) === "" ? "有居民" : text(p.who)}(${[text(p.where), text(p.grid)].filter((word) => word !== "").join(",")})想找工作人员。\n${text(p.question) === "" ? "没有说是什么事,请问一下。" : `问的是:${text(p.question)}\n请联系答复。`}`,
  collectiveComplaint: (p, words) =>
    collectiveComplaint(p as unknown as CollectiveParams, words.categoryName(text(p.category))),
  rumorHeard: (p) => `【可能的谣言】${p.summary}\n请核实,必要时发布权威信息。`,
  askAboutPicture: () => "照片收到了。请再说一句:在哪里、是什么情况?",
  pictureAdded: (p) => `照片收到了,已补充到 ${p.no}。`,
  dutyChange: (p) =>
    `【请假代班】${text(p.who)}:${p.summary}\n同意请网格长回「${text(p.grantAs)}」;不同意请直接联系本人。`,
  leaveGranted: (p) => leaveGranted(p as unknown as Parameters<typeof leaveGranted>[0]),
  strayMessage: (p) => `有一条消息机器人没处理成功(编号 ${text(p.messageId)}),请到后台查看。`,
};

/** The sentence of a notice. @throws when a workflow wrote a kind that has no sentence */
export function noticeText(body: NoticeBody, words: Wording): string {
  if (body.kind === "text") return text(body.params.text);
  const render =
    NOTICES[body.kind] ??
    CALL_NOTICES[body.kind] ??
    ALARM_NOTICES[body.kind] ??
    REMINDER_NOTICES[body.kind];
  if (render === undefined)
    throw new Error(
      `There is no sentence for the notice "${body.kind}". Add one to bot/replies/notices.ts.`,
    );
  return render(body.params as Params, words);
}

/** For the test that every notice a decision can write has its sentence. */
export const noticeKinds: readonly string[] = [
  ...Object.keys(NOTICES),
  ...Object.keys(CALL_NOTICES),
  ...Object.keys(ALARM_NOTICES),
  ...Object.keys(REMINDER_NOTICES),
];
