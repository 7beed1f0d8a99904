import type { CallRateName } from "../domain/call-rates.ts";
import type { EventCounts, Rate, RateName } from "../domain/rates.ts";
import { periodWords } from "./period-words.ts";
import { rateWords } from "./rate-words.ts";
import { heading, note, paragraph, type ReportDocument, table } from "./report-document.ts";

export interface StreetFigures {
  name: string;
  counts: EventCounts;
  rates: Record<RateName, Rate>;
}

export interface DepartmentFigures {
  name: string;
  rates: Record<CallRateName, Rate>;
}

/** What a month's circular is made of; the figures are those of `GET /api/stats/overview`. */
export interface CircularFigures {
  scopeName: string;
  from: Date;
  to: Date;
  madeAt: Date;
  total: Record<RateName | CallRateName, Rate>;
  /** streets, or the communities of the one street it is about */
  places: readonly StreetFigures[];
  placeWord: "街道" | "村社";
  /** empty in a street's circular: what departments owe other streets is not its matter */
  departments: readonly DepartmentFigures[];
  findings: readonly {
    callNo: string;
    street: string;
    dept: string;
    fault: string;
    appealed: boolean;
  }[];
}

/** 月度通报 (domain.md 1.8, columns of the monthly circular quoted there). */
export function monthlyCircular(figures: CircularFigures): ReportDocument {
  const { places, departments, total, placeWord } = figures;
  const streetRank = ranked(places, (place) => place.rates.onTimeClosureRate);
  const deptRank = ranked(departments, (dept) => dept.rates.punctualityRate);
  return {
    title: `${figures.scopeName}月度通报`,
    subtitle: `${periodWords(figures.from, figures.to)}　制表 ${periodWords(figures.madeAt, new Date(figures.madeAt.getTime() + 1))}`,
    blocks: [
      heading("一、总体情况"),
      paragraph(
        `办结率 ${rateWords(total.closureRate)},按期办结率 ${rateWords(total.onTimeClosureRate)},超期率 ${rateWords(total.overdueRate)},三级以下占比 ${rateWords(total.gridTownShare)},满意率 ${rateWords(total.satisfactionRate)}。呼叫响应率 ${rateWords(total.responseRate)},到场率 ${rateWords(total.arrivalRate)},准时率 ${rateWords(total.punctualityRate)}。`,
      ),
      heading(`二、各${placeWord}事件办理`),
      table(
        [
          placeWord,
          "应办",
          "按时办结",
          "超时办结",
          "未办结",
          "办结率",
          "按期办结率",
          "不满意",
          "满意率",
        ],
        places.map(({ name, counts, rates }) => [
          name,
          String(counts.counted),
          String(counts.doneOnTime),
          String(counts.done - counts.doneOnTime),
          String(counts.counted - counts.done),
          rateWords(rates.closureRate),
          rateWords(rates.onTimeClosureRate),
          String(counts.ratings - counts.satisfied),
          rateWords(rates.satisfactionRate),
        ]),
        [15, 7, 8, 8, 8, 17, 17, 6, 14],
        `没有${placeWord}。`,
      ),
      ...(departments.length === 0
        ? []
        : [
            heading("三、各部门呼叫响应"),
            table(
              ["部门", "响应率", "平均响应(分钟)", "到场率", "准时率", "街道满意度"],
              departments.map(({ name, rates }) => [
                name,
                rateWords(rates.responseRate),
                rateWords(rates.avgResponseMinutes),
                rateWords(rates.arrivalRate),
                rateWords(rates.punctualityRate),
                rateWords(rates.satisfaction),
              ]),
              [22, 16, 16, 15, 15, 16],
              "",
            ),
          ]),
      heading("督查认定的情形"),
      table(
        ["呼叫单号", "街道", "部门", "认定", "申诉"],
        figures.findings.map(({ callNo, street, dept, fault, appealed }) => [
          callNo,
          street,
          dept,
          fault,
          appealed ? "已申诉" : "",
        ]),
        [26, 20, 28, 16, 10],
        "本期没有督查认定的不响应、迟响应、响应不作为等情形。",
      ),
      heading("先进和靠后"),
      paragraph(standing(placeWord, "按期办结率", streetRank)),
      ...(departments.length === 0 ? [] : [paragraph(standing("部门", "到场准时率", deptRank))]),
      heading("指标口径"),
      ...Object.values(total).map((rate) => note(`${rate.name}:${rate.definition}`)),
      note("各项数字与系统统计接口同一口径。通报不含群众姓名和电话。"),
    ],
  };
}

interface Ranked {
  name: string;
  rate: Rate;
}

/** Those with something to divide by, the best first; of equals the one with more of it. */
const ranked = <One extends { name: string }>(
  all: readonly One[],
  of: (one: One) => Rate,
): Ranked[] =>
  all
    .map((one) => ({ name: one.name, rate: of(one) }))
    .filter(({ rate }) => rate.value !== null)
    .sort(
      (one, other) =>
        (other.rate.value ?? 0) - (one.rate.value ?? 0) ||
        other.rate.denominator - one.rate.denominator ||
        one.name.localeCompare(other.name, "zh"),
    );

function standing(what: string, by: string, all: readonly Ranked[]): string {
  const [best] = all;
  const worst = all.at(-1);
  if (best === undefined || worst === undefined) return `各${what}本期没有可比的${by}。`;
  if (best.rate.value === worst.rate.value) return `各${what}${by}相同:${rateWords(best.rate)}。`;
  return `${by}最高:${best.name} ${rateWords(best.rate)};最低:${worst.name} ${rateWords(worst.rate)}。`;
}
