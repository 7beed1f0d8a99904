import type { CallAction } from "../../services/domain/call-ticket.ts";
import type { EventAction } from "../../services/domain/event.ts";

/** What an action is called where it is offered, and the words that do it. */
interface Said {
  name: string;
  /** `编号` stands for the number */
  words: string;
}

/** The refusal of an assessment and of a request have the same action as the consent. */
export type Sayable<Action extends string> = Action | `${Action}:no`;

const CALL_WORDS: Partial<Record<Sayable<CallAction>, Said>> = {
  submit: { name: "送签批", words: "提交 编号" },
  amend: { name: "修改", words: "修改 编号 时间改为明晚9点" },
  cancel: { name: "撤销", words: "撤销 编号" },
  approve: { name: "签批", words: "签批同意 编号" },
  rejectApproval: { name: "退回", words: "签批不同意 编号 理由" },
  assess: { name: "研判通过", words: "研判通过 编号" },
  "assess:no": { name: "退回街道", words: "研判退回 编号 理由" },
  dispatch: { name: "派遣", words: "派遣 编号 ××局2人 时间 地点" },
  release: { name: "同意部门不响应", words: "同意不响应 编号 ××局" },
  respond: { name: "响应", words: "收到 编号 2人" },
  decline: { name: "提出异议", words: "不响应 编号 理由" },
  eta: { name: "预告晚到", words: "堵车晚20分钟 编号" },
  checkIn: { name: "报到", words: "到了 编号" },
  confirmArrival: { name: "确认到场", words: "确认到场 编号 ××局" },
  delay: { name: "申请延期", words: "申请延期 编号 5个工作日 理由" },
  decideDelay: { name: "同意延期", words: "同意延期 编号 ××局" },
  "decideDelay:no": { name: "不同意延期", words: "不同意延期 编号 ××局 理由" },
  siteLog: { name: "记现场", words: "现场 编号 情况" },
  complete: { name: "反馈办结", words: "办结反馈 编号 做了什么" },
  close: { name: "结案", words: "结案 编号 意见 ××局95" },
  evaluate: { name: "评价", words: "评价 编号 ××局95" },
  followUp: { name: "记回访", words: "回访 编号 群众反映已解决 满意" },
  findFault: { name: "认定", words: "认定 编号 ××局 迟响应" },
  circular: { name: "通报", words: "通报 编号" },
  appeal: { name: "申诉", words: "申诉 编号 理由" },
  urge: { name: "催办", words: "催办 编号" },
  supervise: { name: "督办", words: "督办 编号 要求" },
  instruct: { name: "批示", words: "批示 编号 内容" },
  answer: { name: "答复", words: "答复 编号 情况" },
  archive: { name: "归档", words: "归档 编号" },
};

const EVENT_WORDS: Partial<Record<Sayable<EventAction>, Said>> = {
  accept: { name: "受理", words: "受理 编号" },
  reject: { name: "不受理", words: "不予受理 编号 理由" },
  setLevel: { name: "判级", words: "编号 判三级" },
  assign: { name: "交办", words: "交办 编号 给环卫所" },
  sign: { name: "签收", words: "签收 编号" },
  progress: { name: "报进展", words: "进展 编号 情况" },
  complete: { name: "办结", words: "办结 编号 做了什么" },
  return: { name: "退单", words: "退单 编号 理由" },
  escalate: { name: "上报", words: "上报 编号 理由" },
  consult: { name: "提请会商", words: "会商 编号" },
  concludeConsultation: { name: "写会商结论", words: "会商结论 编号 结论" },
  specialReport: { name: "报专报", words: "专报 编号" },
  delay: { name: "申请延期", words: "申请延期 编号 5个工作日 理由" },
  decideDelay: { name: "同意延期", words: "同意延期 编号" },
  "decideDelay:no": { name: "不同意延期", words: "不同意延期 编号 理由" },
  supervise: { name: "督办", words: "督办 编号 要求" },
  instruct: { name: "批示", words: "批示 编号 内容" },
  verify: { name: "验收通过", words: "验收通过 编号" },
  reopen: { name: "退回重办", words: "不通过 编号 理由" },
  merge: { name: "并入别的事件", words: "编号 并入 SJ…" },
  close: { name: "结案", words: "结案 编号" },
  archive: { name: "归档", words: "归档 编号" },
  urge: { name: "催办", words: "催办 编号" },
  withdraw: { name: "撤回", words: "撤回 编号" },
  correct: { name: "更正", words: "更正 编号 地点 南塘家园3幢" },
  supplement: { name: "补充", words: "补充 编号 情况" },
};

/** What may have been meant instead, beside the action that was named. */
const INSTEAD: Partial<Record<string, string>> = {
  approve: "rejectApproval",
  rejectApproval: "approve",
  assess: "assess:no",
  "assess:no": "dispatch",
  dispatch: "assess:no",
  release: "supervise",
  respond: "decline",
  decline: "respond",
  accept: "reject",
  reject: "accept",
  sign: "return",
  return: "sign",
  verify: "reopen",
  reopen: "verify",
  decideDelay: "decideDelay:no",
  "decideDelay:no": "decideDelay",
};

const isCallNo = (no: string): boolean => no.startsWith("HJ");

const said = (action: string, no: string): Said | null =>
  (isCallNo(no)
    ? CALL_WORDS[action as Sayable<CallAction>]
    : EVENT_WORDS[action as Sayable<EventAction>]) ?? null;

/** The whole sentence that does it; null where there is none, as for the pressing of a button. */
export const wordsFor = (action: string, no: string): string | null =>
  said(action, no)?.words.replaceAll("编号", no) ?? null;

/** 「要签批请回「签批同意 HJ…」」 for each of the actions that can be said. */
export function offer(actions: readonly string[], no: string): string {
  const lines = actions.flatMap((action) => {
    const words = said(action, no);
    return words === null ? [] : [`要${words.name}请回「${wordsFor(action, no)}」`];
  });
  return lines.length === 0 ? "" : `${lines.join(";")}。`;
}

/** The action and what may have been meant instead. */
export const withInstead = (action: string): string[] => {
  const instead = INSTEAD[action];
  return instead === undefined ? [action] : [action, instead];
};

/** Of many things that are possible, those that somebody may have meant, the usual first. */
const USUAL: readonly string[] = [
  "approve",
  "rejectApproval",
  "respond",
  "decline",
  "checkIn",
  "dispatch",
  "assess",
  "release",
  "confirmArrival",
  "accept",
  "assign",
  "sign",
  "complete",
  "close",
  "evaluate",
  "verify",
  "return",
  "reject",
  "delay",
  "answer",
  "followUp",
  "findFault",
  "circular",
  "appeal",
  "amend",
  "submit",
  "cancel",
  "siteLog",
  "progress",
  "reopen",
  "supervise",
  "urge",
  "instruct",
  "archive",
];
const MOST_OFFERED = 5;

export const usualFirst = (actions: readonly string[]): string[] =>
  USUAL.filter((action) => actions.includes(action)).slice(0, MOST_OFFERED);

/** Everything that can be said, for a test that reads each back. */
export const SAYABLE: readonly { action: string; no: string }[] = [
  ...Object.keys(CALL_WORDS).map((action) => ({ action, no: "HJ20261122-003" })),
  ...Object.keys(EVENT_WORDS).map((action) => ({ action, no: "SJ20261121-0087" })),
];

export const NOT_DONE = "没有执行。";

/** 「不同意不响应」: nothing has to be done for a department's objection to stay without effect. */
export const objectionStands = (no: string): string =>
  `没有执行:${no} 的部门异议没有被同意,派遣照旧,部门仍要到场。要催它请回「督办 ${no} ××局 必须到场」;要同意它不来请回「同意不响应 ${no} ××局」。`;

export const notUnderstood = (no: string): string => `没听懂要对 ${no} 做什么,没有执行。`;
