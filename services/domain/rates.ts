/** What is counted of the events that were created in a period within a scope. */
export interface EventCounts {
  /** every one */
  created: number;
  /** without those that were merged, withdrawn or rejected: nobody had to do them */
  counted: number;
  open: number;
  /** completed, and not sent back since */
  done: number;
  doneOnTime: number;
  /** done, or beyond their time */
  due: number;
  overdue: number;
  closed: number;
  gridToStreet: number;
  publicTips: number;
  everCompleted: number;
  reopened: number;
  ratings: number;
  satisfied: number;
}

export const RATES = [
  "closureRate",
  "onTimeClosureRate",
  "gridTownShare",
  "publicTipShare",
  "satisfactionRate",
  "overdueRate",
  "reworkRate",
] as const;
export type RateName = (typeof RATES)[number];

export interface Rate {
  name: string;
  numerator: number;
  denominator: number;
  /** numerator by denominator, to four digits; null where there is nothing to divide by */
  value: number | null;
  definition: string;
}

const SCOPE = "统计期内创建的事件(不含已并入、已撤回、不予受理的)";

/** Every rate says of what it is a rate: figures without that have been told wrong before (seed 002). */
export const overviewRates = (counts: EventCounts): Record<RateName, Rate> => ({
  closureRate: rate("办结率", counts.done, counts.counted, `已办结 ÷ ${SCOPE}`),
  onTimeClosureRate: rate(
    "按期办结率",
    counts.doneOnTime,
    counts.due,
    `按期办结 ÷ ${SCOPE}中应办结(已办结或已到期)的`,
  ),
  gridTownShare: rate(
    "三级以下占比",
    counts.gridToStreet,
    counts.counted,
    `一级(网格)至三级(街道) ÷ ${SCOPE}`,
  ),
  publicTipShare: rate(
    "公众爆料占比",
    counts.publicTips,
    counts.counted,
    `来源为公众爆料 ÷ ${SCOPE}`,
  ),
  satisfactionRate: rate(
    "满意率",
    counts.satisfied,
    counts.ratings,
    `3 星及以上的评价 ÷ ${SCOPE}收到的全部评价`,
  ),
  overdueRate: rate(
    "超期率",
    counts.overdue,
    counts.counted,
    `超过办理期限(超期办结或到期未办结) ÷ ${SCOPE}`,
  ),
  reworkRate: rate(
    "返工率",
    counts.reopened,
    counts.everCompleted,
    `办结后被退回重办过 ÷ ${SCOPE}中办结过的`,
  ),
});

/** @param numerator - whole or not; `value` is the quotient to four digits */
export const rate = (
  name: string,
  numerator: number,
  denominator: number,
  definition: string,
): Rate => ({
  name,
  numerator,
  denominator,
  value: denominator === 0 ? null : Math.round((numerator / denominator) * 10_000) / 10_000,
  definition,
});
