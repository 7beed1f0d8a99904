import { readNumeral } from "./numeral.ts";
import { addDays, type Day } from "./time.ts";

/** Whether an unclear day or hour is sought after now (a plan) or before it (what has happened). */
export type TimeLean = "ahead" | "back";

/** A day named in a text. */
export interface SpokenDay {
  day: Day;
  end: number;
  /** the part of the day that the word carries with it: 晚 of 今晚 */
  part: string | null;
  /** 「18号」 may be a house: it is a day only before an hour or a part of the day */
  needsHour: boolean;
}

const COUNT = "\\d{1,3}|[一二两三四五六七八九十]{1,3}";
const NUMBER = "\\d{1,2}|[一二三四五六七八九十]{1,3}";
const at = (pattern: string) => new RegExp(pattern, "y");

const RELATIVE: readonly [string, number][] = [
  ["大前", -3],
  ["前", -2],
  ["昨", -1],
  ["今", 0],
  ["当", 0],
  ["本", 0],
  ["明", 1],
  ["大后", 3],
  ["后", 2],
];
const RELATIVE_DAY = at(
  "(大前|大后|前|昨|今|明|后|当|本(?=日))(天|日|儿个?|晚|夜|早|晨)(?!报|前|子|时)",
);
const FULL_DATE = at(
  `(?:(\\d{4}) ?年 ?|(明|今|去)年 ?)?(${NUMBER}) ?月(?:份)? ?(${NUMBER}) ?[日号]?`,
);
const DIGIT_DATE = at("(20\\d{2})[-/.](\\d{1,2})[-/.](\\d{1,2})(?:日| |T|(?!\\d))");
const SHORT_DATE = at("(\\d{1,2})[-/.](\\d{1,2})日?(?= ?(?:上|下|早|晚|中|凌|\\d{1,2} ?[点时:]))");
const DAY_OF_MONTH = at(
  `(本月|这个月|下个?月)?(${NUMBER}) ?([日号])(?!内|前|楼|线|院|门|地|厂|店)`,
);
const WEEKDAY = at(
  "(上上个?|下下个?|上个?|下个?|本|这个?)?(?:周|星期|礼拜)([一二三四五六日天末1-7])(?!年|月|个|天|日|次)",
);
const NEXT_WEEK = at("(上|下)个?(?:周|星期|礼拜)(?![一二三四五六日天末])");
const DAYS_FROM_NOW = at(`(${COUNT}) ?(?:个)?(天|日|周|星期|礼拜)(?:之|以)?(后|内|前)(?!的?工作)`);

/** The day that `text` names at `from`, or null. `today` is the day of now in Shanghai. */
export function readSpokenDay(
  text: string,
  from: number,
  today: Day,
  lean: TimeLean,
): SpokenDay | null {
  for (const read of READERS) {
    const found = read(text, from, today, lean);
    if (found !== null) return found;
  }
  return null;
}

type DayReader = (text: string, from: number, today: Day, lean: TimeLean) => SpokenDay | null;

const match = (pattern: RegExp, text: string, from: number): RegExpExecArray | null => {
  pattern.lastIndex = from;
  return pattern.exec(text);
};

const plain = (day: Day | null, end: number, part: string | null = null): SpokenDay | null =>
  day === null ? null : { day, end, part, needsHour: false };

const READERS: readonly DayReader[] = [
  (text, from) => {
    const found = match(DIGIT_DATE, text, from);
    if (found === null) return null;
    return plain(
      dayOf(Number(found[1]), Number(found[2]), Number(found[3])),
      from + found[0].length,
    );
  },
  (text, from, today, lean) => {
    const found = /[年\d]/.test(text.charAt(from - 1)) ? null : match(FULL_DATE, text, from);
    const [month, date] = [readNumeral(found?.[3] ?? ""), readNumeral(found?.[4] ?? "")];
    if (found === null || month === null || date === null) return null;
    const thisYear = Number(today.slice(0, 4));
    const year =
      found[1] !== undefined
        ? Number(found[1])
        : found[2] !== undefined
          ? thisYear + ({ 明: 1, 今: 0, 去: -1 }[found[2]] ?? 0)
          : null;
    const day = year === null ? nearestYear(month, date, today, lean) : dayOf(year, month, date);
    return plain(day, from + found[0].length);
  },
  (text, from, today, lean) => {
    const found = /[\d./-]/.test(text.charAt(from - 1)) ? null : match(SHORT_DATE, text, from);
    if (found === null) return null;
    const day = nearestYear(Number(found[1]), Number(found[2]), today, lean);
    return plain(day, from + found[0].length);
  },
  (text, from, today) => {
    const found = match(RELATIVE_DAY, text, from);
    const days = RELATIVE.find(([word]) => word === found?.[1])?.[1];
    if (found === null || days === undefined) return null;
    const part = { 晚: "晚", 夜: "晚", 早: "早", 晨: "早" }[found[2] ?? ""] ?? null;
    return plain(addDays(today, days), from + found[0].length, part);
  },
  (text, from, today) => {
    const found = match(DAYS_FROM_NOW, text, from);
    const count = readNumeral(found?.[1] ?? "");
    if (found === null || count === null || count > 366) return null;
    const days = (/[天日]/.test(found[2] ?? "") ? 1 : 7) * count * (found[3] === "前" ? -1 : 1);
    return plain(addDays(today, days), from + found[0].length);
  },
  (text, from, today, lean) => {
    const found = match(WEEKDAY, text, from);
    if (found === null) return null;
    const sign = found[2] ?? "";
    const wanted =
      sign === "末" ? 5 : sign === "天" ? 6 : "一二三四五六日1234567".indexOf(sign) % 7;
    const day = addDays(today, wanted - weekdayOf(today));
    return plain(addDays(day, 7 * weeksTo(found[1], day, today, lean)), from + found[0].length);
  },
  (text, from, today) => {
    const found = match(NEXT_WEEK, text, from);
    if (found === null) return null;
    const monday = addDays(today, -weekdayOf(today));
    return plain(addDays(monday, found[1] === "下" ? 7 : -7), from + found[0].length);
  },
  (text, from, today, lean) => {
    const found = /[\d第路街弄巷月]/.test(text.charAt(from - 1))
      ? null
      : match(DAY_OF_MONTH, text, from);
    const date = readNumeral(found?.[2] ?? "");
    if (found === null || date === null) return null;
    const day = dayOfMonth(date, found[1] ?? null, today, lean);
    if (day === null) return null;
    const needsHour = found[3] === "号" && found[1] === undefined;
    return { day, end: from + found[0].length, part: null, needsHour };
  },
];

/** 0 for Monday. */
const weekdayOf = (day: Day): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

function weeksTo(named: string | undefined, day: Day, today: Day, lean: TimeLean): number {
  if (named === undefined) {
    if (lean === "ahead") return day < today ? 1 : 0;
    return day > today ? -1 : 0;
  }
  const size = named.startsWith("上上") || named.startsWith("下下") ? 2 : 1;
  if (named.startsWith("上")) return -size;
  return named.startsWith("下") ? size : 0;
}

/** Null for the 31st of a short month and the like. */
function dayOf(year: number, month: number, date: number): Day | null {
  if (year < 1970 || year > 2100) return null;
  const at = new Date(Date.UTC(year, month - 1, date));
  if (at.getUTCMonth() !== month - 1 || at.getUTCDate() !== date) return null;
  return at.toISOString().slice(0, 10);
}

const HALF_YEAR_DAYS = 183;

/** A date without its year is this year's, unless that lies half a year off against the lean. */
function nearestYear(month: number, date: number, today: Day, lean: TimeLean): Day | null {
  const year = Number(today.slice(0, 4));
  const day = dayOf(year, month, date);
  const far =
    day !== null &&
    (lean === "ahead"
      ? day < addDays(today, -HALF_YEAR_DAYS)
      : day > addDays(today, HALF_YEAR_DAYS));
  return far ? dayOf(lean === "ahead" ? year + 1 : year - 1, month, date) : day;
}

/** 「3日」 over by more than three days is the next month's; over by less it is a slip that has to be seen. */
const SLIP_DAYS = 3;

function dayOfMonth(date: number, named: string | null, today: Day, lean: TimeLean): Day | null {
  const [year = 0, month = 1] = today.split("-").map(Number);
  const inMonth = (shift: number) => {
    const months = year * 12 + month - 1 + shift;
    return dayOf(Math.floor(months / 12), (months % 12) + 1, date);
  };
  if (named?.startsWith("下")) return inMonth(1);
  const day = inMonth(0);
  if (named !== null) return day;
  if (lean === "ahead") return day === null || day < addDays(today, -SLIP_DAYS) ? inMonth(1) : day;
  if (day !== null && day <= today) return day;
  return inMonth(-1) ?? inMonth(-2);
}
