import { readNumeral } from "../numeral.ts";
import type { TimeLean } from "../spoken-day.ts";
import type { Day } from "../time.ts";
import { dayIn, yearOf } from "./calendar-span.ts";
import { monthLength, moonDay } from "./moon-calendar.ts";
import { SOLAR_TERMS, solarTerm } from "./solar-terms.ts";

/** What any of the names below begins with. */
const BEGINS =
  /[元妇三五劳六儿教国十除大年春过端七中重小立雨惊清谷芒夏处白秋寒霜冬农闰正腊八\d一二四九]/;
/** 五一路 and 国庆新村 are places. */
const ROAD =
  /^(?:[东南西北中]?[路街]|大道|[一二三]?[巷弄村]|小区|新村|广场|大?桥|社区|[花家]?[苑园])/;

/** Feasts of the sun's calendar. */
const FEASTS: readonly [RegExp, number, number][] = [
  [/元旦/y, 1, 1],
  [/妇女节|三八节/y, 3, 8],
  [/五一(?:节|劳动节|假期)?|劳动节/y, 5, 1],
  [/六一(?:节|儿童节)?|儿童节/y, 6, 1],
  [/教师节/y, 9, 10],
  [/国庆(?:节|假期)?|十一(?:假期|黄金周)/y, 10, 1],
];
/** Feasts of the moon's, by its month and day; day 0 of the month behind the last is 除夕. */
const MOON_FEASTS: readonly [RegExp, number, number][] = [
  [/除夕夜?|大年三十|年三十|年夜/y, 13, 0],
  [/春节|大年初一|过年/y, 1, 1],
  [/元宵节?/y, 1, 15],
  [/端午节?/y, 5, 5],
  [/七夕节?/y, 7, 7],
  [/中秋节?/y, 8, 15],
  [/重阳节?/y, 9, 9],
];
const TERM = new RegExp(`(?:${SOLAR_TERMS.join("|")})(?:节|那天|当天)?`, "y");
const MOON_DAY =
  /(?:农历|(?=闰|正月|[冬腊]月|大年初|八月十五(?!日|号)|[^月]{1,3}月(?:初[一二三四五六七八九十]|廿)))(?:(?:(\d{4})年(?:农历)?)?(闰?)(正|冬|腊|十[一二]?|[一二三四五六七八九]|\d{1,2})月|大年)(?:(初[一二三四五六七八九十]|初\d{1,2}|廿[一二三四五六七八九]?|[一二三]?十[一二三四五六七八九]?|\d{1,2})[日号]?)?/y;

const NUMBERED_YEAR = /\d{4} ?年|[零〇一二三四五六七八九]{4}年/;

/** The last such feast up to today, or that of the named year. A day of the old calendar (正月初五) counts too. */
export function readFeast(
  text: string,
  from: number,
  year: number | null,
  today: Day,
  lean: TimeLean,
): { day: Day; end: number; days: number } | null {
  if (!BEGINS.test(text.charAt(from))) return null;
  for (const [words, month, date] of FEASTS) {
    const said = exec(words, text, from)?.[0];
    if (said === undefined) continue;
    return found(said, (y) => dayIn(y, month, date));
  }
  for (const [words, month, date] of MOON_FEASTS) {
    const said = exec(words, text, from)?.[0];
    if (said === undefined) continue;
    return found(said, (y) => moonDay(y, month, date));
  }
  const term = exec(TERM, text, from)?.[0];
  if (term !== undefined) {
    return found(term, (y) => solarTerm(y, SOLAR_TERMS.indexOf(term.slice(0, 2))));
  }
  const match = exec(MOON_DAY, text, from);
  if (match === null) return null;
  const [said, ownYear, leap, monthName = "正", dateName] = match;
  const month = { 正: 1, 冬: 11, 腊: 12 }[monthName] ?? readNumeral(monthName);
  // 2004年八月十五 is August's, 去年八月十五 the moon feast.
  if (month === null) return null;
  if (ownYear === undefined && said.startsWith("八") && NUMBERED_YEAR.test(text.slice(0, from)))
    return null;
  const named = ownYear === undefined ? year : Number(ownYear);
  if (dateName === undefined) {
    const first = found(said, (y) => moonDay(y, month, 1, leap === "闰"), named);
    const days = first === null ? 0 : monthLength(first.day);
    return first === null ? null : { ...first, days };
  }
  const date = dateOf(dateName);
  return date === null ? null : found(said, (y) => moonDay(y, month, date, leap === "闰"), named);

  function found(said: string, dayOf: (year: number) => Day | null, named = year) {
    const here = yearOf(today);
    const years = lean === "back" ? [here, here - 1, here - 2] : [here - 1, here, here + 1];
    for (const one of named === null ? years : [named]) {
      const day = dayOf(one);
      if (day === null) continue;
      const fits = named !== null || (lean === "back" ? day <= today : day >= today);
      if (fits) return { day, end: from + said.length, days: 1 };
    }
    return null;
  }
}

function exec(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found === null || ROAD.test(text.slice(at + found[0].length)) ? null : found;
}

function dateOf(said: string): number | null {
  if (said === "廿") return 20;
  if (said.startsWith("廿")) return 20 + (readNumeral(said.slice(1)) ?? 0);
  return readNumeral(said.replace("初", ""));
}
