import { readNumeral } from "../numeral.ts";
import { readSpokenDay, type TimeLean } from "../spoken-day.ts";
import { type DayPart, readSpokenHour } from "../spoken-hour.ts";
import { settled } from "../spoken-time.ts";
import { addDays, type Day, localDay, MINUTE_MS, momentOf } from "../time.ts";
import {
  dayIn,
  daySpan,
  daysSpan,
  monthsSpan,
  type TimeSpan,
  weekdayOf,
  yearOf,
} from "./calendar-span.ts";
import { readFeast } from "./feasts.ts";
import { readSpokenMonth, readSpokenYear } from "./spoken-month.ts";

export interface SpokenPeriod extends TimeSpan {
  end: number;
}

/**
 * The part of the calendar that `text` names at `from`: 昨天晚上, 上周, 去年3月上旬, 2019年7月25日早上8点半.
 *
 * @param lean - `back`: what is left open is sought before now
 */
export function readSpokenPeriod(
  text: string,
  from: number,
  now: Date,
  lean: TimeLean = "back",
): SpokenPeriod | null {
  const today = dayOfNow(now);
  const digits = isDigit(text.charCodeAt(from));
  const dated = digits ? digitDate(text, from) : null;
  if (dated !== null) return withHour(text, dated.end, dated.day);
  const year = readSpokenYear(text, from, today);
  const feast = readFeast(text, year?.end ?? from, year?.year ?? null, today, lean);
  if (feast !== null) {
    if (feast.days === 1) return withHour(text, feast.end, feast.day);
    return { ...daysSpan(feast.day, addDays(feast.day, feast.days)), end: feast.end };
  }
  const decade = readDecade(text, from, today);
  if (decade !== null) return decade;
  const month = readSpokenMonth(text, from, today, lean, year);
  if (month?.day != null) return withHour(text, month.end, month.day);
  if (month !== null) return month;
  const slashed = digits ? slashDate(text, from, today, lean) : null;
  if (slashed !== null) return withHour(text, slashed.end, slashed.day);
  const week = weekAt(text, from, today);
  if (week !== null) return week;
  const named = readSpokenDay(text, from, today, lean);
  if (named !== null) {
    const hour = readSpokenHour(text, skip(text, named.end), named.part);
    if (named.needsHour && hour === null && lean === "back") return null;
    return withHour(text, named.end, named.day, named.part);
  }
  return hourAt(text, from, now, lean);
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

let lastNow = Number.NaN;
let lastDay: Day = "";

/** Asked for many places of one text with the same now. */
function dayOfNow(now: Date): Day {
  if (now.getTime() !== lastNow) {
    lastNow = now.getTime();
    lastDay = localDay(now);
  }
  return lastDay;
}

const DIGIT_DATE =
  /(19\d\d|20\d\d)(?:[-/. ](\d{1,2})[-/. ](\d{1,2})(?:日|(?!\d))|(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d))/y;

function digitDate(text: string, from: number): { day: Day; end: number } | null {
  DIGIT_DATE.lastIndex = from;
  const found = /[\d.]/.test(text.charAt(from - 1)) ? null : DIGIT_DATE.exec(text);
  if (found === null) return null;
  const [said, year, month = found[4], date = found[5]] = found;
  const day = dayIn(Number(year), Number(month), Number(date));
  return day === null ? null : { day, end: from + said.length };
}

const SLASH_DATE = /(\d{1,2})\/(\d{1,2})(?![\d/的])/y;

/** 12/1 is the first of December; 1/2的人 is a fraction. */
function slashDate(text: string, from: number, today: Day, lean: TimeLean) {
  SLASH_DATE.lastIndex = from;
  const found = /[\d./-]/.test(text.charAt(from - 1)) ? null : SLASH_DATE.exec(text);
  if (found === null) return null;
  const words = `${found[1]}月${found[2]}日`;
  const month = readSpokenMonth(words, 0, today, lean);
  return month?.day == null ? null : { day: month.day, end: from + found[0].length };
}

const WEEK = /(上上|上|这|本|下)(?:一)?个?(?:周|星期|礼拜)(?![一二三四五六日天末\d])/y;

function weekAt(text: string, from: number, today: Day): SpokenPeriod | null {
  WEEK.lastIndex = from;
  const found = WEEK.exec(text);
  if (found === null) return null;
  const weeks = { 上上: -2, 上: -1, 下: 1 }[found[1] ?? ""] ?? 0;
  const monday = addDays(today, 7 * weeks - weekdayOf(today));
  return { ...daysSpan(monday, addDays(monday, 7)), end: from + found[0].length };
}

/** Minutes of the day; an evening ends with the day, a night before the morning. */
const PARTS: Record<DayPart, [from: number, to: number]> = {
  night: [0, 360],
  morning: [360, 720],
  noon: [660, 840],
  afternoon: [720, 1080],
  evening: [1080, 1440],
};

const skip = (text: string, at: number): number => {
  const between = /^ ?(?:[(（,，]?(?:周|星期|礼拜)[一二三四五六日天][)）]?)?[ 的,，T-]?/;
  return at + (between.exec(text.slice(at, at + 8))?.[0].length ?? 0);
};

/** The day, or the hour or part of it that is named behind it. */
function withHour(
  text: string,
  end: number,
  day: Day,
  carried: string | null = null,
): SpokenPeriod {
  const hour = readSpokenHour(text, skip(text, end), carried);
  if (hour === null) {
    if (carried === null) return { ...daySpan(day), end };
    const [from, to] = PARTS[carried === "晚" ? "evening" : "morning"];
    return { from: momentOf(day, from), to: momentOf(day, to), end };
  }
  const sign = text.charAt(hour.ownEnd) === "时" ? 1 : 0;
  return { ...spanOf(day, hour.minutes, hour.part, hour.certain), end: hour.ownEnd + sign };
}

function spanOf(
  day: Day,
  minutes: number | null,
  part: DayPart | null,
  certain: boolean,
): TimeSpan {
  if (minutes === null) {
    const [from, to] = PARTS[part ?? "morning"];
    return { from: momentOf(day, from), to: momentOf(day, to) };
  }
  // What has happened at 「8点」 of a day happened in the morning, as a rule.
  const at = part === null ? minutes : settled(minutes, part, certain);
  const from = momentOf(day, at);
  return { from, to: new Date(from.getTime() + MINUTE_MS) };
}

/** An hour or a part of the day without its day is today's, or the last one gone. */
function hourAt(text: string, from: number, now: Date, lean: TimeLean): SpokenPeriod | null {
  const hour = readSpokenHour(text, from, null);
  if (hour === null || hour.end - from < 2) return null;
  const today = dayOfNow(now);
  const span = spanOf(today, hour.minutes, hour.part, hour.certain);
  const ahead = lean === "back" && span.from > now;
  const day = ahead ? addDays(today, -1) : today;
  return { ...spanOf(day, hour.minutes, hour.part, hour.certain), end: hour.ownEnd };
}

const DECADE = /(?:(上|二十|20)世纪)?([1-9五六七八九]十?0?)年代/y;

/** 九十年代, 上世纪80年代. */
function readDecade(text: string, from: number, today: Day): SpokenPeriod | null {
  DECADE.lastIndex = from;
  const found = DECADE.exec(text);
  const decade = readNumeral(found?.[2] ?? "");
  if (found === null || decade === null || decade % 10 !== 0) return null;
  const century = yearOf(today) - (yearOf(today) % 100);
  const year =
    century + decade - (century + decade > yearOf(today) || found[1] !== undefined ? 100 : 0);
  return { ...monthsSpan(year, 1, 120), end: from + found[0].length };
}
