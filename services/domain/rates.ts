import type { EventSource, EventStatus } from "./event.ts";
import type { EventLevel } from "./level.ts";

/** What an event counts as whatever the clock says; kept day by day. */
export const LASTING_SETS = [
  /** every one */
  "created",
  /** without those that were merged, withdrawn or rejected: nobody had to do them */
  "counted",
  "open",
  /** completed, and not sent back since */
  "done",
  "doneOnTime",
  "doneLate",
  "closed",
  "gridToStreet",
  "publicTips",
  /** level 3 and 4, of which calls are the hard part */
  "levelThreeUp",
  "everCompleted",
  "reopened",
] as const;
/** What it counts as at a moment. */
export const PASSING_SETS = [
  /** done, or beyond their time */
  "due",
  "overdue",
] as const;
export const EVENT_SETS = [...LASTING_SETS, ...PASSING_SETS] as const;
export type EventSet = (typeof EVENT_SETS)[number];

/** What reporters thought of counted events: one rating a reporter. */
export const RATING_SETS = ["ratings", "satisfied"] as const;
export type RatingSet = (typeof RATING_SETS)[number];

/** What is counted of the events that were created in a period within a scope. */
export type EventCounts = Record<EventSet | RatingSet, number>;

/** What of an event decides where it counts. */
export interface CountedEvent {
  status: EventStatus;
  level: EventLevel;
  source: EventSource;
  dueAt: Date | null;
  completedAt: Date | null;
  reopenCount: number;
  ratings: readonly number[];
}

const UNCOUNTED: readonly EventStatus[] = ["merged", "withdrawn", "rejected"];
const DONE: readonly EventStatus[] = ["completed", "verified", "closed", "archived"];
const CLOSED: readonly EventStatus[] = ["closed", "archived"];
/** stars from which on a rating is a satisfied one */
export const SATISFIED_FROM = 3;

/** Where one event counts: what the queries say in SQL, said once more where it can be read. */
export function countsOf(event: CountedEvent, now: Date): EventCounts {
  const { status, dueAt, completedAt } = event;
  const counted = !UNCOUNTED.includes(status);
  const done = DONE.includes(status);
  const has = (condition: boolean) => (condition ? 1 : 0);
  const doneOnTime = done && completedAt !== null && dueAt !== null && completedAt <= dueAt;
  const doneLate = done && completedAt !== null && dueAt !== null && completedAt > dueAt;
  const openLate = counted && !done && dueAt !== null && dueAt < now;
  const ratings = counted ? event.ratings : [];
  return {
    created: 1,
    counted: has(counted),
    open: has(counted && !CLOSED.includes(status)),
    done: has(done),
    doneOnTime: has(doneOnTime),
    doneLate: has(doneLate),
    closed: has(CLOSED.includes(status)),
    gridToStreet: has(counted && event.level <= 3),
    publicTips: has(counted && event.source === "publicTip"),
    levelThreeUp: has(counted && event.level >= 3),
    everCompleted: has(counted && completedAt !== null),
    reopened: has(counted && completedAt !== null && event.reopenCount > 0),
    due: has(done || openLate),
    overdue: has(doneLate || openLate),
    ratings: ratings.length,
    satisfied: ratings.filter((stars) => stars >= SATISFIED_FROM).length,
  };
}

export const NO_EVENTS: EventCounts = {
  created: 0,
  counted: 0,
  open: 0,
  done: 0,
  doneOnTime: 0,
  doneLate: 0,
  closed: 0,
  gridToStreet: 0,
  publicTips: 0,
  levelThreeUp: 0,
  everCompleted: 0,
  reopened: 0,
  due: 0,
  overdue: 0,
  ratings: 0,
  satisfied: 0,
};

/** Counts of several days or places together. */
export function addUp<Counts extends Record<keyof Counts, number>>(
  none: Counts,
  counts: readonly Counts[],
): Counts {
  const sum = { ...none };
  for (const one of counts) {
    for (const name of Object.keys(none) as (keyof Counts)[]) {
      sum[name] = (sum[name] + one[name]) as Counts[keyof Counts];
    }
  }
  return sum;
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

/** Of which events, or of which ratings of them, each rate is a rate; what is divided can be listed. */
export const RATE_PARTS: Record<
  RateName,
  {
    name: string;
    numerator: EventSet | RatingSet;
    denominator: EventSet | RatingSet;
    definition: string;
  }
> = {
  closureRate: {
    name: "办结率",
    numerator: "done",
    denominator: "counted",
    definition: `已办结 ÷ ${SCOPE}`,
  },
  onTimeClosureRate: {
    name: "按期办结率",
    numerator: "doneOnTime",
    denominator: "due",
    definition: `按期办结 ÷ ${SCOPE}中应办结(已办结或已到期)的`,
  },
  gridTownShare: {
    name: "三级以下占比",
    numerator: "gridToStreet",
    denominator: "counted",
    definition: `一级(网格)至三级(街道) ÷ ${SCOPE}`,
  },
  publicTipShare: {
    name: "公众爆料占比",
    numerator: "publicTips",
    denominator: "counted",
    definition: `来源为公众爆料 ÷ ${SCOPE}`,
  },
  satisfactionRate: {
    name: "满意率",
    numerator: "satisfied",
    denominator: "ratings",
    definition: `${SATISFIED_FROM} 星及以上的评价 ÷ ${SCOPE}收到的全部评价`,
  },
  overdueRate: {
    name: "超期率",
    numerator: "overdue",
    denominator: "counted",
    definition: `超过办理期限(超期办结或到期未办结) ÷ ${SCOPE}`,
  },
  reworkRate: {
    name: "返工率",
    numerator: "reopened",
    denominator: "everCompleted",
    definition: `办结后被退回重办过 ÷ ${SCOPE}中办结过的`,
  },
};

/** Every rate says of what it is a rate: figures without that have been told wrong before (seed 002). */
export const overviewRates = (counts: EventCounts): Record<RateName, Rate> =>
  Object.fromEntries(
    RATES.map((rateName) => {
      const { name, numerator, denominator, definition } = RATE_PARTS[rateName];
      return [rateName, rate(name, counts[numerator], counts[denominator], definition)];
    }),
  ) as Record<RateName, Rate>;

/**
 * @param numerator - whole or not; `value` is the quotient to four digits, half rounded up: 175,090 of
 *   175,591 are 0.9971, which is said as 99.71 %
 */
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
