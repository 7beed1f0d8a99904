import { type Rate, rate } from "./rates.ts";

/** What is counted of the calls that were drafted in a period within a scope, and of their departments. */
export interface CallCounts {
  /** every one but those canceled before anybody was sent */
  calls: number;
  /** events of level 3 and 4, of which calls are the hard part */
  events: number;
  /** departments that should have answered by now, or have answered */
  toRespond: number;
  responded: number;
  /** minutes from dispatch to answer, of all that answered */
  responseMinutes: number;
  /** departments that should be there by now, or are; without those that declined */
  toArrive: number;
  arrived: number;
  punctual: number;
  /** scores given, and their sum */
  scored: number;
  scores: number;
}

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

/** The rates of seed 001 and domain.md 3.4, each with what it is a rate of. */
export const callRates = (counts: CallCounts): Record<CallRateName, Rate> => ({
  callRate: rate(
    "吹哨率",
    counts.calls,
    counts.events,
    "统计期内发起的呼叫(不含派遣前撤销的) ÷ 统计期内创建的三级、四级事件(不含已并入、已撤回、不予受理的)",
  ),
  responseRate: rate(
    "响应率",
    counts.responded,
    counts.toRespond,
    `已答复(响应或说明不响应的理由,含超时答复) ÷ ${SCOPE}中应答复(已答复或已到时限)的`,
  ),
  avgResponseMinutes: rate(
    "平均响应时长(分钟)",
    counts.responseMinutes,
    counts.responded,
    `从派遣到答复的自然分钟数之和 ÷ ${SCOPE}中已答复的`,
  ),
  arrivalRate: rate(
    "到场率",
    counts.arrived,
    counts.toArrive,
    `已到场 ÷ ${SCOPE}中应到场(已到场或已到报到时间,不含不响应的)的`,
  ),
  punctualityRate: rate(
    "准时率",
    counts.punctual,
    counts.toArrive,
    `准时到场 ÷ ${SCOPE}中应到场(已到场或已到报到时间,不含不响应的)的`,
  ),
  satisfaction: rate(
    "街道满意度(平均分)",
    counts.scores,
    counts.scored,
    `街道评分(0~100)之和 ÷ ${SCOPE}中已评分的`,
  ),
});
