import type { SubjectData } from "../../db/queries/subject-data.ts";
import type { EventStatus } from "../../services/domain/event.ts";
import { EVENT_STATUS_NAMES } from "../../services/domain/event.ts";
import type { ConsentKind, NoticeOccasion } from "../../services/domain/privacy-record.ts";
import { isoLocal } from "../../services/domain/time.ts";

/** What fits into one message of every channel. */
const MOST_SIGNS = 3_500;

const KINDS: Record<ConsentKind, string> = {
  noticeShown: "看过隐私说明",
  bindingAgreed: "同意绑定账号",
};
const OCCASIONS: Record<NoticeOccasion, string> = {
  groupWelcome: "机器人进群时",
  firstContact: "第一次私聊时",
  asked: "您询问时",
  accountBound: "您发送绑定码时",
};

/** 「导出我的信息」: everything that is kept of somebody, said to them alone. */
export function myInformation(data: SubjectData): string {
  const { account, contact } = data;
  const lines = [
    "【我的信息】一呼保存的与您这个账号有关的全部内容:",
    `· 账号:${account.channel} ${account.platformUserId}${account.since === null ? "" : `,${on(account.since)}起`}`,
    ...(contact?.gridCode ? [`· 扫码所在网格:${contact.gridCode}`] : []),
    ...part("告知和同意", data.records, (one) =>
      [on(one.at), KINDS[one.kind], OCCASIONS[one.occasion], `版本 ${one.version}`].join(" "),
    ),
    ...part(
      "报事",
      data.reports,
      (one) =>
        `${one.no} ${EVENT_STATUS_NAMES[one.status as EventStatus]} ${one.summary}${one.words === "" || one.words === one.summary ? "" : `(原话:${one.words})`}${one.place === null ? "" : ` 地点:${one.place}`}${one.rating === null ? "" : ` 评价:${one.rating}星`}`,
    ),
    ...part("热线工单", data.hotlineOrders, (one) =>
      [one.no, one.words, one.contact?.name, one.contact?.phone].filter(Boolean).join(" "),
    ),
    ...part("图片和文件", data.files, (one) => `${on(one.at)} ${one.kind} ${one.no ?? "未登记"}`),
    ...part("谁查看过您的上报信息", data.looks, (one) =>
      [on(one.at), one.no, one.orgCode ?? "系统管理员"].join(" "),
    ),
    ...part("您说过的(30天内)", data.messages, (one) => `${on(one.at)} ${one.text}`),
    ...part("回复过您的(30天内)", data.answers, (one) => `${on(one.at)} ${first(one.text)}`),
    "说「删除我的信息」可删除,「说错了…」可更正。",
  ];
  const text = lines.join("\n");
  return [...text].length <= MOST_SIGNS
    ? text
    : `${[...text].slice(0, MOST_SIGNS).join("")}…\n(内容较多,这里只是一部分。完整文件请向社区或拨打 12345 索取,15个工作日内提供。)`;
}

const part = <Row>(title: string, rows: readonly Row[], line: (row: Row) => string): string[] =>
  rows.length === 0 ? [] : [`· ${title}(${rows.length}):`, ...rows.map((row) => `  ${line(row)}`)];

const on = (at: Date): string => isoLocal(at).slice(0, 16).replace("T", " ");
const first = (text: string): string => {
  const [line = ""] = text.split("\n");
  return [...line].length > 60 ? `${[...line].slice(0, 60).join("")}…` : line;
};
