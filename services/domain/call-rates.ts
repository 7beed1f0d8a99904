import { type Rate, rate } from "./rates.ts";

/** What the answer of a called department counts as. */
export const RESPONSE_SETS = [
  /** should have answered by now, or have answered */
  "toRespond",
  "responded",
  /** should be there by now, or are; without those that declined */
  "toArrive",
  "arrived",
  "punctual",
  "scored",
] as const;
export type ResponseSet = (typeof RESPONSE_SETS)[number];

/** What is counted of the calls that were drafted in a period within a scope, and of their departments. */
export interface CallCounts extends Record<ResponseSet, number> {
  /** every one but those canceled before anybody was sent */
  calls: number;
  /** minutes from dispatch to answer, of all that answered */
  responseMinutes: number;
  /** sum of the scores given */
  scores: number;
}

export const NO_CALLS: CallCounts = {
  calls: 0,
  toRespond: 0,
  responded: 0,
  responseMinutes: 0,
  toArrive: 0,
  arrived: 0,
  punctual: 0,
  scored: 0,
  scores: 0,
};

export const CALL_RATES = [
  "callRate",
  "responseRate",
  "avgResponseMinutes",
  "arrivalRate",
  "punctualityRate",
  "satisfaction",
] as const;
export type CallRateName = (typeof CALL_RATES)[number];

const SCOPE = "统计期内发起的呼叫(不含派遣前撤销的)中派遣的部门(不含已同意不响应和被替换的)";

/** What each rate divides by what; the rows behind both numbers can be listed. */
export const CALL_RATE_PARTS: Record<
  CallRateName,
  {
    name: string;
    numerator: keyof CallCounts;
    denominator: ResponseSet | "levelThreeUp";
    /** the rows behind a numerator that is a sum; each carries its part of it */
    summedOver?: ResponseSet;
    definition: string;
  }
> = {
  callRate: {
    name: "吹哨率",
    numerator: "calls",
    denominator: "levelThreeUp",
    definition:
      "统计期内发起的呼叫(不含派遣前撤销的) ÷ 统计期内创建的三级、四级事件(不含已并入、已撤回、不予受理的)",
  },
  responseRate: {
    name: "响应率",
    numerator: "responded",
    denominator: "toRespond",
    definition: `已答复(响应或说明不响应的理由,含超时答复) ÷ ${SCOPE}中应答复(已答复或已到时限)的`,
  },
  avgResponseMinutes: {
    name: "平均响应时长(分钟)",
    numerator: "responseMinutes",
    denominator: "responded",
    summedOver: "responded",
    definition: `从派遣到答复的自然分钟数之和 ÷ ${SCOPE}中已答复的`,
  },
  arrivalRate: {
    name: "到场率",
    numerator: "arrived",
    denominator: "toArrive",
    definition: `已到场 ÷ ${SCOPE}中应到场(已到场或已到报到时间,不含不响应的)的`,
  },
  punctualityRate: {
    name: "准时率",
    numerator: "punctual",
    denominator: "toArrive",
    definition: `准时到场 ÷ ${SCOPE}中应到场(已到场或已到报到时间,不含不响应的)的`,
  },
  satisfaction: {
    name: "街道满意度(平均分)",
    numerator: "scores",
    denominator: "scored",
    summedOver: "scored",
    definition: `街道评分(0~100)之和 ÷ ${SCOPE}中已评分的`,
  },
};

/**
 * The rates of seed 001 and domain.md 3.4, each with what it is a rate of.
 *
 * @param levelThreeUp - the events beside which calls are counted
 */
export function callRates(counts: CallCounts, levelThreeUp: number): Record<CallRateName, Rate> {
  const all = { ...counts, levelThreeUp };
  return Object.fromEntries(
    CALL_RATES.map((rateName) => {
      const { name, numerator, denominator, definition } = CALL_RATE_PARTS[rateName];
      return [rateName, rate(name, all[numerator], all[denominator], definition)];
    }),
  ) as Record<CallRateName, Rate>;
}
