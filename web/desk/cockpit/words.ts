import { CALL_RATE_PARTS } from "../../../services/domain/call-rates.ts";
import { RATE_PARTS } from "../../../services/domain/rates.ts";
import { wordsIn } from "../../look/language.ts";
import type { PeriodName } from "./period.ts";
import type { AnyRate, Breakdown, Measure } from "./stats-api.ts";

interface Told {
  name: string;
  definition: string;
}

const EVENTS = "events created in the period (without merged, withdrawn and rejected ones)";
const DEPTS =
  "departments dispatched to the period's calls (without those let go and those replaced)";

const zhRates = { ...RATE_PARTS, ...CALL_RATE_PARTS } as Record<AnyRate, Told>;
const enRates: Record<AnyRate, Told> = {
  closureRate: { name: "Closure rate", definition: `completed ÷ ${EVENTS}` },
  onTimeClosureRate: {
    name: "On-time closure",
    definition: `completed in time ÷ ${EVENTS} that are completed or beyond their time`,
  },
  gridTownShare: {
    name: "Level ≤ 3 share",
    definition: `level 1 (grid) to 3 (street) ÷ ${EVENTS}`,
  },
  publicTipShare: { name: "Public tips", definition: `told by the public ÷ ${EVENTS}` },
  satisfactionRate: {
    name: "Satisfaction",
    definition: `ratings of 3 stars and more ÷ all ratings of ${EVENTS}`,
  },
  overdueRate: { name: "Overdue", definition: `completed late or open and late ÷ ${EVENTS}` },
  reworkRate: {
    name: "Rework",
    definition: `sent back after completion ÷ ${EVENTS} ever completed`,
  },
  callRate: {
    name: "Calls per hard event",
    definition: "calls drafted in the period ÷ events of level 3 and 4 created in it",
  },
  responseRate: {
    name: "Response rate",
    definition: `have answered ÷ ${DEPTS} that had to answer by now`,
  },
  avgResponseMinutes: {
    name: "Minutes to response",
    definition: `minutes from dispatch to answer, summed ÷ ${DEPTS} that answered`,
  },
  arrivalRate: {
    name: "Arrival rate",
    definition: `arrived ÷ ${DEPTS} that had to be there by now`,
  },
  punctualityRate: {
    name: "Punctuality",
    definition: `arrived in time ÷ ${DEPTS} that had to be there by now`,
  },
  satisfaction: {
    name: "Street's score",
    definition: `sum of scores (0 to 100) ÷ ${DEPTS} that were scored`,
  },
};

const zh = {
  title: "驾驶舱",
  screen: "大屏模式",
  period: "统计期",
  periods: {
    today: "今天",
    week: "近7天",
    month: "本月",
    days30: "近30天",
    year: "今年",
    all: "全部",
    custom: "自定",
  } as Record<PeriodName, string>,
  from: "从",
  to: "到",
  street: "范围",
  district: "全区",
  own: "本单位",
  counts: { created: "上报", open: "在办", completed: "办结", closed: "结案" },
  rates: zhRates,
  previous: "环比",
  lastYear: "同比",
  none: "无",
  numerator: "分子",
  denominator: "分母",
  definition: "口径",
  listBehind: (name: string, part: string) => `${name}的${part}明细`,
  trend: "趋势",
  received: "上报",
  done: "办结",
  measure: "指标",
  ranking: "排名",
  share: "类别",
  shareOf: "占上报",
  heat: "上报时段",
  heatOf: "一周各小时的上报数",
  weekdays: ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
  hour: (hour: number) => `${hour}时`,
  breakdowns: { street: "街道", grid: "网格", department: "部门", category: "类别" } as Record<
    Breakdown,
    string
  >,
  table: "数据表",
  map: "网格地图",
  mapOf: { open: "在办", created: "上报" },
  mapLabel: "网格地图,颜色越深事件越多;数据表有同样的数字",
  cluster: (count: number) => `这里有${count}件在办事件`,
  oneOpen: (no: string) => `在办事件 ${no}`,
  gridOpen: (name: string, open: number, created: number) => `${name}:在办 ${open},上报 ${created}`,
  noGrids: "还没有网格。请导入 grids.csv。",
  open: "在办",
  list: "明细",
  close: "关闭明细",
  more: "再读一些",
  empty: "没有。",
  hidden: "无权查看内容",
  at: "创建于",
  stars: (n: number) => `${n}星`,
  minutes: (n: number) => `${Math.round(n * 10) / 10}分钟`,
  score: (n: number) => `${n}分`,
  level: (n: number) => `${n}级`,
  measures: { created: "上报", open: "在办", completed: "办结", closed: "结案" } as Partial<
    Record<Measure, string>
  >,
  reading: "正在统计…",
  unplaced: "未落到辖区",
  wholeOf: "一格是一个网格",
  topCategories: "上报最多的类别",
  live: "实时",
  connecting: "连接中",
  back: "返回驾驶舱",
  screenTitle: "基层治理数字驾驶舱",
};

const en: typeof zh = {
  title: "Cockpit",
  screen: "Large screen",
  period: "Period",
  periods: {
    today: "Today",
    week: "7 days",
    month: "This month",
    days30: "30 days",
    year: "This year",
    all: "All",
    custom: "Custom",
  },
  from: "From",
  to: "To",
  street: "Area",
  district: "Whole district",
  own: "Your own",
  counts: { created: "Received", open: "Open", completed: "Completed", closed: "Closed" },
  rates: enRates,
  previous: "vs previous",
  lastYear: "vs last year",
  none: "n/a",
  numerator: "numerator",
  denominator: "denominator",
  definition: "Definition",
  listBehind: (name, part) => `List behind the ${part} of ${name}`,
  trend: "Trend",
  received: "Received",
  done: "Completed",
  measure: "Measure",
  ranking: "Ranking",
  share: "Categories",
  shareOf: "of all received",
  heat: "Hours of the week",
  heatOf: "Events received at each hour of the week",
  weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
  hour: (hour) => `${hour}:00`,
  breakdowns: { street: "Street", grid: "Grid", department: "Department", category: "Category" },
  table: "Data table",
  map: "Map of grids",
  mapOf: { open: "Open", created: "Received" },
  mapLabel: "Map of grids; the darker the more events. The data table has the same numbers",
  cluster: (count) => `${count} open events here`,
  oneOpen: (no) => `Open event ${no}`,
  gridOpen: (name, open, created) => `${name}: ${open} open, ${created} received`,
  noGrids: "There are no grids yet. Import grids.csv.",
  open: "Open",
  list: "List",
  close: "Close the list",
  more: "Read more",
  empty: "None.",
  hidden: "Not yours to read",
  at: "created",
  stars: (n) => `${n} stars`,
  minutes: (n) => `${Math.round(n * 10) / 10} min`,
  score: (n) => `${n} points`,
  level: (n) => `level ${n}`,
  measures: { created: "Received", open: "Open", completed: "Completed", closed: "Closed" },
  reading: "Counting…",
  unplaced: "In no known area",
  wholeOf: "Each patch is a grid",
  topCategories: "Most received",
  live: "live",
  connecting: "connecting",
  back: "Back to the cockpit",
  screenTitle: "Grid governance cockpit",
};

export const words = wordsIn(zh, en);

/** The name of a rate or a plain count. */
export const measureName = (measure: Measure): string =>
  words().measures[measure] ?? words().rates[measure as AnyRate].name;
