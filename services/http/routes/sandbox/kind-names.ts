import { EVENT_ACTION_NAMES, type EventAction } from "../../../domain/event.ts";
import type { MessageKind } from "../../../domain/understanding.ts";

const KIND_NAMES: Record<MessageKind, string> = {
  report: "报事",
  emergency: "突发紧急",
  consult: "咨询",
  help: "求助",
  suggestion: "建议",
  complaint: "投诉",
  supplement: "补充情况",
  correct: "更正",
  withdraw: "撤回",
  metoo: "附议(我家也是)",
  separate: "拆分(不是一回事)",
  progressQuery: "问进度",
  urge: "催办",
  rating: "评价",
  patrolLog: "巡查日志",
  selfHandled: "自行处置",
  command: "工作指令",
  wishPublish: "微心愿",
  dutyChange: "调班",
  mediaOnly: "只有图片",
  chitchat: "闲聊",
  ad: "广告",
  notice: "通知",
  rumor: "传言",
  injectionOnly: "试图指使机器人",
  privacyRequest: "个人信息",
  handOver: "转人工",
  unsupported: "不支持的形式",
};

/** In people's words; a kind that is newer than this table shows as it is. */
export const kindName = (kind: string): string => KIND_NAMES[kind as MessageKind] ?? kind;

const OTHER_COMMANDS: Record<string, string> = {
  status: "查进展",
  history: "看经过",
  todo: "我的待办",
  help: "帮助",
  login: "登录",
};

/** What an official asked for; an unknown word shows as it is. */
export const commandName = (action: string): string =>
  EVENT_ACTION_NAMES[action as EventAction] ?? OTHER_COMMANDS[action] ?? action;
