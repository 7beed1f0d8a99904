import { wordsIn } from "../../look/language.ts";

export const words = wordsIn(
  {
    title: "超期墙",
    byStep: "按环节",
    all: "全部",
    nothing: "没有超期的事。",
    items: (n: number) => `${n}件`,
    due: (at: string) => `期限 ${at}`,
    reminded: (n: number) => `已提醒${n}次`,
    next: (at: string) => `下次 ${at}`,
  },
  {
    title: "Overdue",
    byStep: "By step",
    all: "All",
    nothing: "Nothing is overdue.",
    items: (n: number) => String(n),
    due: (at: string) => `due ${at}`,
    reminded: (n: number) => `reminded ${n}×`,
    next: (at: string) => `next ${at}`,
  },
);
