import { readNumeral } from "../numeral.ts";
import type { TimeLean } from "../spoken-day.ts";
import { addDays, type Day, localDay } from "../time.ts";
import {
  dayIn,
  daySpan,
  daysSpan,
  firstOfMonth,
  monthOf,
  monthsSpan,
  type TimeSpan,
  weekdayOf,
  yearOf,
} from "./calendar-span.ts";
import { solarTerm } from "./solar-terms.ts";

/** A year, a month, a part of them, or a day of a named month. */
export interface SpokenMonth extends TimeSpan {
  end: number;
  /** the year where one was named */
  year: number | null;
  /** where the words go down to the day */
  day: Day | null;
}

const DIGITS = "零〇一二三四五六七八九";
const NUMBER = "\\d{1,2}|[一二三四五六七八九十]{1,3}";
const YEAR = new RegExp(
  `(?:(\\d{4}|[${DIGITS}]{4}) ?年?|(\\d{2}|[${DIGITS}]{2}) ?年(?!级)|民国(\\d{1,2}|[一二三四五六七八九十]{1,3})年|(大前|前|去|(?<!马)上一|(?<!马)上|今|这一|本|当|明|后)年)(?:度|的)?`,
  "y",
);
const NAMED_YEARS: Record<string, number> = {
  大前: -3,
  前: -2,
  去: -1,
  上一: -1,
  上: -1,
  明: 1,
  后: 2,
};
const MONTH = new RegExp(`(${NUMBER}) ?月(?:份)?(?:的)?`, "y");
const NAMED_MONTH = /(上上|上一|上|这|本|当|同|下)个?月(?:份)?(?:的)?/y;
const DATE = new RegExp(
  `(?:(${NUMBER}) ?[日号]|(\\d{1,2}|[一二三]?十[一二三四五六七八九]?)(?![\\d个点:~天周月多余几-])|(${NUMBER})(?=[-~至到]{1,3}(?:${NUMBER})[日号]))(?!内|前楼|院)`,
  "y",
);
const MONTH_TO = new RegExp(`(${NUMBER})(?=[-~至到]{1,3}(?:${NUMBER}) ?月)`, "y");
const PART_OF_MONTH = /(上旬|中旬|下旬|月?初|月?底|月?末)/y;
const PART_OF_YEAR =
  /(?:(上半年|下半年|伊始|年?初|年?底|年?末|春天?|夏[天季]?|秋[天季]?|冬[天季]?|暑假)|(?:第|Q)?([一二三四1-4首])季度([初末底])?|(前|后)([\d一二两三四五六七八九十]{1,2})个?(月|季度)|第([\d一二三四五六七八九十]{1,2})个?月|首月)/y;
const NAMED_QUARTER = /(上上|上|本|这)一?个?季度([初末底])?/y;
const WEEK_OF =
  /第([\d一二三四五六七八九十]{1,3})个?(?:周|星期|礼拜)([一二三四五六日天](?!天|个))?/y;
const DAYS_OF = /(前|头|最后|后)([\d一二两三四五六七八九十]{1,2})[天日]/y;

/**
 * What is named at `from`, down to the day where it goes so far; null for neither year nor month.
 *
 * @param year - where it was read there already
 */
export function readSpokenMonth(
  text: string,
  from: number,
  today: Day,
  lean: TimeLean,
  year = readSpokenYear(text, from, today),
): SpokenMonth | null {
  if (/[\d.:第]/.test(text.charAt(from - 1))) return null;
  const at = year?.end ?? from;
  const month = monthAt(text, at, today, lean, year?.year ?? null);
  if (month !== null) return month;
  const quarter = year === null ? matchAt(NAMED_QUARTER, text, at) : null;
  if (quarter !== null) {
    const shift = { 上上: -2, 上: -1 }[quarter[1] ?? ""] ?? 0;
    const number = Math.ceil(monthOf(today) / 3) + shift;
    const span = quarterSpan(yearOf(today), number, quarter[2]);
    return { ...span, end: at + quarter[0].length, year: null, day: null };
  }
  const week = year === null ? null : weekOf(text, at, firstOfMonth(year.year, 1));
  if (week !== null) return { ...week, year: null, day: null };
  const part = matchAt(PART_OF_YEAR, text, at);
  if (year === null) {
    if (part === null || !/^(?:[^前后]*季度|.半年|年[初底末])/.test(part[0])) return null;
    return { ...partOfYear(part, yearOf(today)), end: at + part[0].length, year: null, day: null };
  }
  if (part === null) {
    if (!year.told && !/^ ?(?:到|至|-) ?\d{2,4} ?年/.test(text.slice(at))) return null;
    return { ...monthsSpan(year.year, 1, 12), end: at, year: year.year, day: null };
  }
  return { ...partOfYear(part, year.year), end: at + part[0].length, year: year.year, day: null };
}

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

/** The year named at `from`. `told`: with its 年; four digits alone are a year only before a month. */
export function readSpokenYear(
  text: string,
  from: number,
  today: Day,
): { year: number; end: number; told: boolean } | null {
  const found = matchAt(YEAR, text, from);
  if (found === null) return null;
  const [said, four, two, republic, named] = found;
  const end = from + said.length;
  const told = said.includes("年");
  if (four !== undefined) {
    const year = readNumeral(four);
    return year === null || year < 1800 || year > 2200 ? null : { year, end, told };
  }
  if (named !== undefined) return { year: yearOf(today) + (NAMED_YEARS[named] ?? 0), end, told };
  if (republic !== undefined) return { year: 1911 + (readNumeral(republic) ?? 1), end, told };
  const short = readNumeral(two ?? "");
  if (short === null || !isShortYear(two ?? "", text.slice(end, end + 3))) return null;
  const here = yearOf(today);
  const year = here - (here % 100) + short;
  return { year: year > here + 10 ? year - 100 : year, end, told };
}

/** 07年, 98年, 九零年 are years by themselves; 15年 is one before a month or a part of the year. */
const isShortYear = (said: string, behind: string): boolean =>
  /^[0零〇]/.test(said) ||
  (/^[5-9]\d|\D/.test(said) && !/^(?:前|之前|以前|内|多|半|来|了|没|间)/.test(behind)) ||
  /^(?:\d{1,2}[月.-]|[一二三四五六七八九十]+月|[初底末春夏秋冬除正腊第]|[上下]半|起|开始)/.test(
    behind,
  );

function monthAt(
  text: string,
  at: number,
  today: Day,
  lean: TimeLean,
  year: number | null,
): SpokenMonth | null {
  const named = year === null ? matchAt(NAMED_MONTH, text, at) : null;
  if (named !== null) {
    const shift = { 上上: -2, 上一: -1, 上: -1, 下: 1 }[named[1] ?? ""] ?? 0;
    return inMonth(text, at + named[0].length, yearOf(today), monthOf(today) + shift, null);
  }
  const digits = year === null ? null : matchAt(/[-/.](\d{1,2})(?!\d)/y, text, at);
  const range = year === null ? null : matchAt(MONTH_TO, text, at);
  const found = digits ?? range ?? matchAt(MONTH, text, at);
  const month = readNumeral(found?.[1] ?? "");
  if (found === null || month === null || month < 1 || month > 12) return null;
  const end = at + found[0].length;
  if (year !== null) return inMonth(text, end, year, month, year);
  const here = yearOf(today);
  const own = inMonth(text, end, here, month, null);
  const step = lean === "back" ? -1 : 1;
  // The 29th of February may lie several years off.
  const other = () => {
    for (let years = 1; years <= 8; years++) {
      const there = inMonth(text, end, here + step * years, month, null);
      if (there !== null) return there;
    }
    return null;
  };
  if (own === null) return other();
  if (lean === "back") return localDay(own.from) > today ? other() : own;
  return localDay(own.to) <= today ? other() : own;
}

/** The day, the part of the month, or the whole month. Null for a day that it does not have. */
function inMonth(
  text: string,
  at: number,
  year: number,
  month: number,
  named: number | null,
): SpokenMonth | null {
  const first = firstOfMonth(year, month);
  const [y, m] = [yearOf(first), monthOf(first)];
  const date = matchAt(DATE, text, at);
  const number = readNumeral(date?.[1] ?? date?.[2] ?? date?.[3] ?? "");
  if (date !== null && number !== null && number <= 31) {
    const day = dayIn(y, m, number);
    return day === null ? null : { ...daySpan(day), end: at + date[0].length, year: named, day };
  }
  const week = weekOf(text, at, first);
  if (week !== null) return { ...week, year: named, day: null };
  const part = matchAt(PART_OF_MONTH, text, at);
  const whole = monthsSpan(y, m, 1);
  const days = matchAt(DAYS_OF, text, at);
  const count = readNumeral(days?.[2] ?? "");
  if (days !== null && count !== null) {
    const behindLast = localDay(whole.to);
    const span =
      days[1] === "前" || days[1] === "头"
        ? daysSpan(first, addDays(first, count))
        : daysSpan(addDays(behindLast, -count), behindLast);
    return { ...span, end: at + days[0].length, year: named, day: null };
  }
  if (part === null) return { ...whole, end: at, year: named, day: null };
  const behind = localDay(whole.to);
  const span = /上旬/.test(part[0])
    ? daysSpan(first, addDays(first, 10))
    : /中旬/.test(part[0])
      ? daysSpan(addDays(first, 10), addDays(first, 20))
      : /下旬/.test(part[0])
        ? daysSpan(addDays(first, 20), behind)
        : /初/.test(part[0])
          ? daysSpan(first, addDays(first, 5))
          : daysSpan(addDays(first, 24), behind);
  return { ...span, end: at + part[0].length, year: named, day: null };
}

/** Seasons last from 立春, 立夏, 立秋 or 立冬 to the next. */
function partOfYear(found: RegExpExecArray, year: number): TimeSpan {
  const [said, part = "", quarter, edge, side, count, unit, nth] = found;
  if (quarter !== undefined) {
    return quarterSpan(year, quarter === "首" ? 1 : (readNumeral(quarter) ?? 1), edge);
  }
  if (count !== undefined) {
    const months = (readNumeral(count) ?? 1) * (unit === "月" ? 1 : 3);
    return monthsSpan(year, side === "前" ? 1 : 13 - months, months);
  }
  if (nth !== undefined || said === "首月")
    return monthsSpan(year, readNumeral(nth ?? "1") ?? 1, 1);
  if (part === "上半年") return monthsSpan(year, 1, 6);
  if (part === "下半年") return monthsSpan(year, 7, 6);
  if (part === "暑假") return monthsSpan(year, 7, 2);
  if (part === "伊始") return monthsSpan(year, 1, 1);
  if (part.includes("初")) return monthsSpan(year, 1, 2);
  if (/[底末]/.test(part)) return monthsSpan(year, 11, 2);
  const season = "春夏秋冬".indexOf(part.charAt(0));
  const behind = season === 3 ? solarTerm(year + 1, 2) : solarTerm(year, 8 + season * 6);
  return daysSpan(solarTerm(year, 2 + season * 6), behind);
}

/** @param edge - 初 for its first month, 末 or 底 for its last */
function quarterSpan(year: number, number: number, edge: string | undefined): TimeSpan {
  const first = number * 3 - 2;
  if (edge === undefined) return monthsSpan(year, first, 3);
  return monthsSpan(year, edge === "初" ? first : first + 2, 1);
}

/** 「第二周」 of what begins at `first`: weeks are counted from its first Monday. */
function weekOf(text: string, at: number, first: Day): (TimeSpan & { end: number }) | null {
  const found = matchAt(WEEK_OF, text, at);
  const number = readNumeral(found?.[1] ?? "");
  if (found === null || number === null) return null;
  if (found[2] !== undefined) {
    const weekday = found[2] === "天" ? 6 : "一二三四五六日".indexOf(found[2]);
    const day = addDays(first, ((7 + weekday - weekdayOf(first)) % 7) + 7 * (number - 1));
    return { ...daySpan(day), end: at + found[0].length };
  }
  const monday = addDays(first, ((7 - weekdayOf(first)) % 7) + 7 * (number - 1));
  return { ...daysSpan(monday, addDays(monday, 7)), end: at + found[0].length };
}
