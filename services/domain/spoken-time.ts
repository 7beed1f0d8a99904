import { readNumeral } from "./numeral.ts";
import { readSpokenDay, type TimeLean } from "./spoken-day.ts";
import { type DayPart, readSpokenHour, type SpokenHour } from "./spoken-hour.ts";
import { addDays, localDay, MINUTE_MS, momentOf } from "./time.ts";

/** A moment named in a text: the words `[start, end)`, and when it is. */
export interface SpokenTime {
  at: Date;
  start: number;
  end: number;
  /**
   * An hour, an offset or 「马上」 was said. False where only a day or a part of it was (「明天上午」):
   * `at` is then its usual beginning and the speaker should be asked.
   */
  exact: boolean;
}

const LONGEST_READ = 2000;

/**
 * The first time that a text names, in Asia/Shanghai; null when it names none.
 *
 * What is left open is settled so:
 * - 「8点」 without a day is the next one to come (with `back`: the last one gone): at 15:00 that is
 *   20:00 today. 1–5 without a part of the day are afternoon hours, 「明天8点」 is the morning's.
 * - 「晚上12点」 is the midnight that ends the day, 「晚上1点」 the hour after it.
 * - 「23日」 is this month's, the next month's once over by more than three days; 「11月23日」 this
 *   year's unless half a year gone. A slip of a few days stays a past time, for a refusal to show.
 * - 「周五」 is the next one or today, 「本周五」 this week's even if over, 「下周一」 next week's.
 *
 * @param lean - `ahead` for plans, `back` for what has happened
 */
export function readSpokenTime(
  text: string,
  now: Date,
  lean: TimeLean = "ahead",
): SpokenTime | null {
  return readSpokenTimes(text, now, lean)[0] ?? null;
}

/** Every time that a text names, in order, none overlapping. Reads at most 2,000 characters. */
export function readSpokenTimes(text: string, now: Date, lean: TimeLean = "ahead"): SpokenTime[] {
  const words = plainWriting(text.slice(0, LONGEST_READ));
  const found: SpokenTime[] = [];
  for (let at = 0; at < words.length; at++) {
    const time = MAY_BEGIN.test(words.charAt(at)) ? timeAt(words, at, now, lean) : null;
    if (time === null) continue;
    found.push(time);
    at = time.end - 1;
  }
  return found;
}

const MAY_BEGIN =
  /[\d零一二两三四五六七八九十半大前昨今明后当去本这上下周星礼凌拂清早午中正晌傍黄晚夜深马立即现此再过差]/;

/** Half-width signs and simplified characters of the words of time, each in its place. */
export const plainWriting = (text: string): string =>
  text.replace(
    /[\uff10-\uff1a\uff0d\uff0e\uff0f\u3000點後週兩號時鐘鍾禮個內馬現這過來間淩當]/g,
    (sign) => {
      const code = sign.charCodeAt(0);
      if (code >= 0xff00) return String.fromCharCode(code - 0xfee0);
      return SIMPLE[sign] ?? " ";
    },
  );

const SIMPLE: Record<string, string> = {
  點: "点",
  後: "后",
  週: "周",
  兩: "两",
  號: "号",
  時: "时",
  鐘: "钟",
  鍾: "钟",
  禮: "礼",
  個: "个",
  內: "内",
  馬: "马",
  現: "现",
  這: "这",
  過: "过",
  來: "来",
  間: "间",
  淩: "凌",
  當: "当",
};

function timeAt(text: string, from: number, now: Date, lean: TimeLean): SpokenTime | null {
  return (
    offsetAt(text, from, now) ??
    datedAt(text, from, now, lean) ??
    undatedAt(text, from, now, lean) ??
    nowAt(text, from, now)
  );
}

const OFFSET =
  /(?:再?过)?(?:(\d{1,3}(?:\.\d)?|[一二两三四五六七八九十]{1,3}) ?个?(半)?(?:小时|钟头)|(半) ?个?(?:小时|钟头))?(?:零|又)?(?:(\d{1,3}|[一二两三四五六七八九十]{1,3}) ?(分钟?|刻钟))?(?:之|以)?(后|内|前(?!往|来|去|面|门))?/y;

/** 半小时后, 1小时20分钟后, 一个半小时内, 再过一刻钟, 两小时前. */
function offsetAt(text: string, from: number, now: Date): SpokenTime | null {
  OFFSET.lastIndex = from;
  const [said = "", hours, andHalf, half, minutes, unit, direction] = OFFSET.exec(text) ?? [];
  const passes = /^再?过/.test(said);
  if (direction === undefined && !passes) return null;
  if (hours === undefined && half === undefined && minutes === undefined) return null;
  if (/[\d.]/.test(text.charAt(from - 1))) return null;
  let total = half === undefined ? 0 : 30;
  if (hours !== undefined) total += amount(hours) * 60 + (andHalf === undefined ? 0 : 30);
  if (minutes !== undefined) total += amount(minutes) * (unit === "刻钟" ? 15 : 1);
  const at = new Date(now.getTime() + total * MINUTE_MS * (direction === "前" ? -1 : 1));
  return { at, start: from, end: from + said.length, exact: true };
}

const amount = (said: string): number =>
  said.includes(".") ? Number(said) : (readNumeral(said) ?? 0);

/** A weekday beside a date, between brackets or not: 「11月23日(周一)」. */
const BETWEEN = /^ ?(?:[(（]?(?:周|星期|礼拜)[一二三四五六日天][)）]?)?[ 的,，]?/;

function datedAt(text: string, from: number, now: Date, lean: TimeLean): SpokenTime | null {
  const named = readSpokenDay(text, from, localDay(now), lean);
  if (named === null) return null;
  const gap = BETWEEN.exec(text.slice(named.end, named.end + 8))?.[0].length ?? 0;
  const hour = readSpokenHour(text, named.end + gap, named.part);
  if (hour === null && named.needsHour) return null;
  const carried = named.part === "晚" ? "evening" : named.part === null ? null : "morning";
  const part = hour?.part ?? carried;
  const minutes =
    hour?.minutes == null
      ? part === null
        ? DAY_BEGINS
        : PART_BEGINS[part]
      : settled(hour.minutes, part, hour.certain);
  return {
    at: momentOf(named.day, minutes),
    start: from,
    end: hour?.end ?? named.end,
    exact: hour?.minutes != null,
  };
}

function undatedAt(text: string, from: number, now: Date, lean: TimeLean): SpokenTime | null {
  const hour = readSpokenHour(text, from, null);
  if (hour === null || (hour.minutes === null && isOneSign(from, hour))) return null;
  const today = localDay(now);
  const whole = { start: from, end: hour.end, exact: hour.minutes !== null };
  if (hour.minutes === null) {
    return { ...whole, at: momentOf(today, PART_BEGINS[hour.part ?? "morning"]) };
  }
  const halves =
    hour.part !== null || hour.certain || hour.minutes < 6 * 60 || hour.minutes >= 12 * 60
      ? [settled(hour.minutes, hour.part, hour.certain)]
      : [hour.minutes, hour.minutes + HALF_DAY];
  const moments = [-1, 0, 1].flatMap((shift) =>
    halves.map((minutes) => momentOf(addDays(today, shift), minutes)),
  );
  const at =
    lean === "ahead"
      ? moments.find((moment) => moment > now)
      : moments.findLast((moment) => moment <= now);
  return { ...whole, at: at ?? now };
}

/** 早 and 晚 alone begin other words: 早就, 晚20分钟, 晚到. */
const isOneSign = (from: number, hour: SpokenHour): boolean => hour.end - from < 2;

const HALF_DAY = 12 * 60;
const DAY_BEGINS = 9 * 60;
const PART_BEGINS: Record<DayPart, number> = {
  night: 2 * 60,
  morning: 9 * 60,
  noon: 12 * 60,
  afternoon: 14 * 60,
  evening: 19 * 60,
};

/** Minutes since the midnight that begins the day; over 24 hours for the small hours behind an evening. */
export function settled(minutes: number, part: DayPart | null, certain: boolean): number {
  if (certain && part !== "evening") return minutes;
  switch (part) {
    case "night":
    case "morning":
      return part === "night" && minutes >= HALF_DAY && minutes < HALF_DAY + 60
        ? minutes - HALF_DAY
        : minutes;
    case "noon":
      return minutes < 10 * 60 ? minutes + HALF_DAY : minutes;
    case "afternoon":
      return minutes < HALF_DAY ? minutes + HALF_DAY : minutes;
    case "evening":
      if (minutes < 5 * 60) return minutes + 2 * HALF_DAY;
      return minutes <= HALF_DAY + 59 ? minutes + HALF_DAY : minutes;
    case null:
      return minutes >= 60 && minutes < 6 * 60 ? minutes + HALF_DAY : minutes;
  }
}

const NOW = /马上|立即|立刻|立马|即刻|现在|此刻/y;

function nowAt(text: string, from: number, now: Date): SpokenTime | null {
  NOW.lastIndex = from;
  const said = NOW.exec(text)?.[0];
  return said === undefined ? null : { at: now, start: from, end: from + said.length, exact: true };
}
