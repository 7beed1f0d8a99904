import { wordsIn } from "../../../look/language.ts";

export const words = wordsIn(
  {
    title: "保存期限",
    lead: "到期的内容每天夜里自动清空。这里可以在清空之前看到哪一天会清空多少,以及已经清空了多少。事件和呼叫、属于它们的文字和照片按档案规定保存,不在此列。",
    ahead: "今后 30 天会清空什么(试算,什么都不改)",
    rule: "规则",
    rules: {
      incoming: "收到的消息原文",
      outgoing: "发出的消息正文",
      signIns: "登录记录(结束后)",
      reportFiles: "报表文件",
    },
    kept: (days: number) => `保存 ${days} 天`,
    day: "日期",
    total: "合计",
    nothing: "没有到期的内容。",
    pictures: (ofEvents: number, alone: number) =>
      `照片:属于事件的 ${ofEvents} 张随事件保存,没有归到事件的 ${alone} 张;目前没有规则清空照片。`,
    ledger: "清空记录",
    at: "时间",
    before: "早于",
    count: "条数",
    none: "还没有清空过。",
    more: "更早的",
  },
  {
    title: "Retention",
    lead: "What is past its time is emptied each night. Here you see how much would be emptied on which day before it happens, and what was emptied. Events and calls, with the words and pictures that belong to them, are kept as archive rules say and are not part of it.",
    ahead: "What would be emptied in the next 30 days (a dry run, nothing changes)",
    rule: "Rule",
    rules: {
      incoming: "Words that came in",
      outgoing: "Words that went out",
      signIns: "Sign-ins (after their end)",
      reportFiles: "Report files",
    },
    kept: (days: number) => `kept ${days} days`,
    day: "Day",
    total: "Total",
    nothing: "Nothing is due.",
    pictures: (ofEvents: number, alone: number) =>
      `Pictures: ${ofEvents} stay with their events, ${alone} belong to none; no rule empties pictures.`,
    ledger: "What was emptied",
    at: "Time",
    before: "Older than",
    count: "Rows",
    none: "Nothing was emptied yet.",
    more: "Earlier ones",
  },
);
