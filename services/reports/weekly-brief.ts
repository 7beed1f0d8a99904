import type { CallRateName } from "../domain/call-rates.ts";
import { DUTY_NAMES, type Duty } from "../domain/obligation.ts";
import type { EventCounts, Rate, RateName } from "../domain/rates.ts";
import { periodWords } from "./period-words.ts";
import { besideBefore, rateWords, valueWords } from "./rate-words.ts";
import { heading, note, paragraph, type ReportDocument, table } from "./report-document.ts";

/** What a week's brief is made of; the figures are those of `GET /api/stats/overview`. */
export interface WeeklyFigures {
  scopeName: string;
  from: Date;
  to: Date;
  madeAt: Date;
  counts: EventCounts;
  before: EventCounts;
  rates: Record<RateName | CallRateName, Rate>;
  categories: readonly { name: string; count: number; before: number }[];
  overdue: readonly { owner: string; duty: Duty; count: number; oldest: Date }[];
  hard: readonly { no: string; summary: string; category: string; street: string }[];
  findings: readonly { callNo: string; street: string; dept: string; fault: string }[];
}

/** 周例会简报 (domain.md 1.8): what is open and late, what people complain of, what needs deciding. */
export function weeklyBrief(figures: WeeklyFigures): ReportDocument {
  const { counts, before, rates } = figures;
  const all = Object.values(rates);
  return {
    title: `${figures.scopeName}周例会简报`,
    subtitle: `${periodWords(figures.from, figures.to)}　制表 ${periodWords(figures.madeAt, new Date(figures.madeAt.getTime() + 1))}`,
    blocks: [
      heading("一、总体情况"),
      paragraph(
        `新增事件 ${besideBefore(counts.created, before.created)},已办结 ${counts.done} 件,在办 ${counts.open} 件,办结率 ${rateWords(rates.closureRate)},超期 ${counts.overdue} 件。`,
      ),
      heading("二、各项指标"),
      table(
        ["指标", "数值", "分子", "分母", "口径"],
        all.map((rate) => [
          rate.name,
          valueWords(rate),
          String(rate.numerator),
          String(rate.denominator),
          rate.definition,
        ]),
        [16, 11, 9, 9, 55],
        "没有指标。",
      ),
      heading("三、群众反映集中的事项"),
      table(
        ["事项类别", "本期", "上期"],
        figures.categories.map(({ name, count, before: last }) => [
          name,
          String(count),
          String(last),
        ]),
        [60, 20, 20],
        "本期没有新增事件。",
      ),
      heading("四、超期未办清单"),
      table(
        ["责任单位", "环节", "件数", "最早应办时间"],
        figures.overdue.map(({ owner, duty, count, oldest }) => [
          owner,
          DUTY_NAMES[duty],
          String(count),
          periodWords(oldest, new Date(oldest.getTime() + 1)),
        ]),
        [40, 22, 12, 26],
        "没有超期的事项。",
      ),
      heading("五、提请会商研判的事项"),
      table(
        ["编号", "街道", "类别", "摘要"],
        figures.hard.map(({ no, street, category, summary }) => [no, street, category, summary]),
        [24, 18, 20, 38],
        "没有会商中或已上报的事件。",
      ),
      heading("六、督查认定"),
      table(
        ["呼叫单号", "街道", "部门", "认定"],
        figures.findings.map(({ callNo, street, dept, fault }) => [callNo, street, dept, fault]),
        [28, 22, 30, 20],
        "本期没有督查认定的情形。",
      ),
      note("各项数字与系统统计接口同一口径。简报不含群众姓名和电话。"),
    ],
  };
}
