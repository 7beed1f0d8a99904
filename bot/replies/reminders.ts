import { RETURNED } from "../../services/domain/duties-of-call.ts";
import { DUTY_NAMES, type Duty } from "../../services/domain/obligation.ts";
import { isEmergency } from "../../services/domain/reminder-hours.ts";
import {
  REMINDERS_NOTICE,
  type ReminderDigest,
  type ReminderItem,
} from "../../services/domain/reminder-item.ts";
import { spokenTime } from "../../services/domain/time.ts";
import type { MovedLine } from "../../services/workflows/tell-moved-deadlines.ts";

/** Named one by one; the rest of a longer digest is counted and found under 「我的待办」. */
const MOST_NAMED = 40;

/** A digest, the gravest first; one duty alone gets a message of its own shape. */
export function remindersText({ items }: ReminderDigest): string {
  const [first, ...others] = [...items].sort(gravestFirst);
  if (first === undefined) return "";
  if (others.length === 0) return alone(first);
  const named = [first, ...others].slice(0, MOST_NAMED);
  const left = items.length - named.length;
  return [
    `⏰ ${countsOf(items)}:`,
    ...named.map(line),
    ...(left === 0 ? [] : [`另有 ${left} 件,回「我的待办」查看。`]),
  ].join("\n");
}

const alone = (item: ReminderItem): string =>
  `${title(item)}${item.subject.no}${about(item)}\n${owed(item)}。\n${request(item)}。`;

const line = (item: ReminderItem): string =>
  `${title(item)}${item.subject.no}${about(item)},${owed(item)}。${request(item)}。`;

const about = ({ summary }: ReminderItem): string => (summary === "" ? "" : ` ${summary}`);

const title = (item: ReminderItem): string =>
  `${isEmergency(item) ? "🚨" : ""}【${titleWords(item)}】`;

function titleWords({ kind, overdueDays, natural }: ReminderItem): string {
  const days = natural ? "天" : "个工作日";
  switch (kind) {
    case "halfTime":
      return "提醒";
    case "yellowCard":
      return "黄牌";
    case "due":
      return "到期";
    case "redCard":
      return "红牌";
    case "overdue":
      return `红牌·超期${overdueDays}${days}`;
  }
}

function owed({ kind, duty, dueAt, owner, ask }: ReminderItem): string {
  const until = spokenTime(new Date(dueAt));
  const who = ask === "do" ? "" : `(责任:${owner})`;
  const name = DUTY_NAMES[duty];
  switch (kind) {
    case "halfTime":
      return `请在${until}前${name},时间已过半${who}`;
    case "yellowCard":
      return `请在${until}前${name},快到期了${who}`;
    case "due":
      return `${until}到期,请${name}${who}`;
    default:
      return `应在${until}前${name},已超期${who}`;
  }
}

function request(item: ReminderItem): string {
  const { no } = item.subject;
  switch (item.ask) {
    case "do":
      return REQUESTS[item.duty](no, item.about ?? null);
    case "supervise":
      return `可回「督办 ${no} 要求」`;
    case "urge":
      return `可回「催办 ${no}」`;
    case "look":
      return `详情请回「查 ${no}」`;
  }
}

const isCall = (no: string): boolean => no.startsWith("HJ");

/** What whoever owes a duty types to do it. */
const REQUESTS: Record<Duty, (no: string, about: string | null) => string> = {
  accept: (no) => `请回「受理 ${no}」,不归我们管请回「不予受理 ${no} 理由」`,
  assign: (no) => `请回「交办 ${no} 给××」`,
  sign: (no) => `请回「签收 ${no}」,不归我们办请回「退单 ${no} 理由」`,
  complete: (no) => `办好请回「办结 ${no} 做了什么」,来不及请回「申请延期 ${no} 5个工作日 理由」`,
  verify: (no) => `看过现场请回「验收通过 ${no}」,或「不通过 ${no} 理由」`,
  feedback: (no) => `还有人没收到结果,电话告知后请回「结案 ${no} 已电话告知」`,
  close: (no) => `请回「结案 ${no} 说明」`,
  decideDelay: (no) => {
    const which = isCall(no) ? " 部门" : "";
    return `请回「同意延期 ${no}${which}」,或「不同意延期 ${no}${which} 理由」`;
  },
  confirmAlarm: (no) => `核实后请回「确认 ${no}」,不是的请回「误报 ${no} 原因」`,
  answerSupervision: (no, about) =>
    about === RETURNED
      ? `改好会自动再送签:「修改 ${no} 事由改为…」,不呼叫了请回「撤销 ${no}」`
      : `请回「${isCall(no) ? "答复" : "进展"} ${no} 情况」`,
  approve: (no) => `请回「签批同意 ${no}」,或「退回 ${no} 理由」`,
  supplementApproval: (no) =>
    `补签由主要负责同志回「签批同意 ${no}」;不同意补签的请当面说明情况,不该呼叫的请回「撤销 ${no} 理由」`,
  assess: (no) =>
    isCall(no)
      ? `请回「派遣 ${no} 部门和人数 时间 地点」,或「研判退回 ${no} 理由」;部门说不响应的,回「同意不响应 ${no} 部门」`
      : `会商有结论了请回「会商结论 ${no} 结论」`,
  respond: (no) => `请回「收到 ${no} 2人准时到」,去不了请回「不响应 ${no} 理由」`,
  arrive: (no) => `到了请回「到了 ${no}」,要晚请回「${no} 堵车晚20分钟」`,
  completeCall: (no) =>
    `请回「办结反馈 ${no} 做了什么」,来不及请回「申请延期 ${no} 5个工作日 理由」`,
  closeCall: (no) => `请回「结案 ${no} 意见 各部门打分」`,
  followUp: (no) => `请回「回访 ${no} 群众怎么说」`,
};

/** 「已超期1件、到期3件」. */
function countsOf(items: readonly ReminderItem[]): string {
  const overdue = items.filter(isOverdue);
  const due = items.filter(({ kind }) => kind === "due");
  const soon = items.length - overdue.length - due.length;
  return [
    overdue.length === 0 ? "" : `已超期${overdue.length}件`,
    due.length === 0 ? "" : `到期${due.length}件`,
    soon === 0 ? "" : `快到期${soon}件`,
  ]
    .filter((part) => part !== "")
    .join("、");
}

const isOverdue = ({ kind }: ReminderItem): boolean => kind === "redCard" || kind === "overdue";

const GRAVITY = { overdue: 4, redCard: 4, due: 3, yellowCard: 2, halfTime: 1 } as const;

function gravestFirst(a: ReminderItem, b: ReminderItem): number {
  return (
    Number(isEmergency(b)) - Number(isEmergency(a)) ||
    GRAVITY[b.kind] - GRAVITY[a.kind] ||
    Date.parse(a.dueAt) - Date.parse(b.dueAt)
  );
}

const MISSING: Record<string, string> = {
  owner: "有件待办的责任单位没有可通知的人,提醒已改发指挥室",
  commandRoom: "找不到可通知的指挥室(没有工作群,也没有受理员)",
  leader: "找不到可抄送的上级领导",
  supervisor: "找不到督查人员",
};

/** Somebody is missing in the registry, so that a duty is not spoken of where it should be. */
const reminderGapText = (missing: unknown, org: unknown): string =>
  `【配置缺失】${typeof org === "string" ? `${org}:` : ""}${MISSING[String(missing)] ?? "有人该收提醒却收不到"}。请在 people.csv、groups.csv 里补上人员、角色和账号,再导入。`;

/** Deadlines that a changed calendar, or whoever `because` names, moved. */
function movedDeadlines(items: readonly MovedLine[], because: unknown): string {
  const named = items
    .slice(0, MOST_NAMED)
    .map(({ no, duty, to }) => `${no} ${DUTY_NAMES[duty]}:${spokenTime(new Date(to))}`);
  const left = items.length - named.length;
  return [
    `【期限有变】${typeof because === "string" ? because : "节假日或上班时间调整"},下面的期限已重新计算:`,
    ...named,
    left === 0 ? "详情请回「查 编号」。" : `另有 ${left} 件,回「我的待办」查看。`,
  ].join("\n");
}

/** The notices of the clock, by kind. */
export const REMINDER_NOTICES: Record<string, (params: Record<string, unknown>) => string> = {
  [REMINDERS_NOTICE]: (params) => remindersText(params as unknown as ReminderDigest),
  deadlinesMoved: ({ items, because }) => movedDeadlines(items as MovedLine[], because),
  reminderGap: ({ missing, org }) => reminderGapText(missing, org),
  calendarEnds: ({ until, year }) =>
    `【日历将到期】节假日和调休只知道到${String(until)}。之后的期限会按周一至周五算,不准。请把${String(year)}年的放假和调休写进 calendar.csv 再导入,或升级本产品。`,
};
