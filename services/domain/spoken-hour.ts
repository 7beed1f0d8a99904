import { readNumeral } from "./numeral.ts";

/** An hour, or only a part of the day, named in a text. */
export interface SpokenHour {
  /** minutes since midnight as said, before the half of the day is settled; null where only a part was said */
  minutes: number | null;
  part: DayPart | null;
  /** written so that the half of the day is certain: 19:40, 08:00, 20点 */
  certain: boolean;
  end: number;
  /** where the hour itself ends, before 「到10点」 and 「左右」, which `end` takes in */
  ownEnd: number;
}

export type DayPart = "night" | "morning" | "noon" | "afternoon" | "evening";

const PARTS: readonly [DayPart, string][] = [
  ["night", "凌晨|拂晓"],
  ["morning", "清晨|清早|早晨|早上|一大早|一早(?!上)|早间|上午|午前|早"],
  ["noon", "中午|正午|晌午"],
  ["afternoon", "下午|午后|下晌|傍晚|黄昏"],
  ["evening", "晚上|晚间|夜里|夜间|深夜|半夜|大半夜|午夜|晚|夜"],
];
const PART = new RegExp(PARTS.map(([, words]) => `(${words})`).join("|"), "y");
const HOUR_NUMBER = "\\d{1,2}|[一二两三四五六七八九十]{1,3}|零";
const CLOCK = /(\d{1,2}) ?: ?([0-5]\d)(?::[0-5]\d)?(?!\d)/y;
const HOUR = new RegExp(
  `(${HOUR_NUMBER}) ?(?:点|时(?!候|间|段|限|许|期|常|不时))(?:钟|整)?(?:(半)|([一三13])刻|过?(?:零|〇)? ?(\\d{1,2}|[一二三四五六七八九十]{1,3}) ?分?(?!钟|人|名|位|个|家|点|时|月|日|天|号|处|米))?`,
  "y",
);
/** 「三点建议」 and 「两点要求」 count, they tell no hour. */
const COUNTED =
  /^(?:多)?(?:意见|建议|要求|问题|说明|原因|想法|看法|诉求|体会|情况|希望|理由|声明|注意|共识|事|水|钱|儿|点|小|意)/;
/** 「8点到10点」 is a meeting from 8 on; 「之前」 and 「左右」 belong to the hour. */
const TAIL = new RegExp(
  `^(?:(?: ?(?:到|至|-|~|—|–) ?)(?:${PARTS.map(([, words]) => words).join("|")})?(?:\\d{1,2} ?: ?[0-5]\\d|(?:${HOUR_NUMBER}) ?[点时](?:半|\\d{1,2}分?)?))?(?:之前|以前|前(?!往|来|去|面|门)|左右|准时?)?`,
);

/**
 * The hour or part of the day at `from`, or null.
 *
 * @param carried - the part that stood in the word of the day: 晚 of 今晚
 */
export function readSpokenHour(
  text: string,
  from: number,
  carried: string | null,
): SpokenHour | null {
  const own = partAt(text, from);
  const part = own?.part ?? (carried === null ? null : (partAt(carried, 0)?.part ?? null));
  const start = own === null ? from : skipBlank(text, own.end);
  const hour = hourAt(text, start);
  if (hour === null)
    return own === null
      ? null
      : { minutes: null, part, certain: false, end: own.end, ownEnd: own.end };
  const behind = text.slice(hour.end, hour.end + 16);
  if (part === null && COUNTED.test(behind)) return null;
  return { ...hour, part, ownEnd: hour.end, end: hour.end + (TAIL.exec(behind)?.[0].length ?? 0) };
}

function partAt(text: string, from: number): { part: DayPart; end: number } | null {
  PART.lastIndex = from;
  const found = PART.exec(text);
  if (found === null) return null;
  const part = PARTS[found.slice(1).findIndex((words) => words !== undefined)]?.[0];
  return part === undefined ? null : { part, end: from + found[0].length };
}

const skipBlank = (text: string, at: number): number =>
  /[ 的]/.test(text.charAt(at)) ? at + 1 : at;

function hourAt(
  text: string,
  from: number,
): (Pick<SpokenHour, "certain" | "end"> & { minutes: number }) | null {
  if (/[\d.:第]/.test(text.charAt(from - 1)) && /\d/.test(text.charAt(from))) return null;
  CLOCK.lastIndex = from;
  const clock = CLOCK.exec(text);
  if (clock !== null) {
    const [said = "", hours = "", minutes = ""] = clock;
    const value = Number(hours);
    if (value > 24) return null;
    const certain = value === 0 || value > 12 || (hours.length === 2 && hours.startsWith("0"));
    return { minutes: value * 60 + Number(minutes), certain, end: from + said.length };
  }
  HOUR.lastIndex = from;
  const hour = HOUR.exec(text);
  const hours = readNumeral(hour?.[1] ?? "");
  if (hour === null || hours === null || hours > 24 || isLittle(text, from, hour)) return null;
  const minutes = minutesOf(hour);
  if (minutes > 59) return null;
  const certain = hours === 0 || hours > 12 || /^0\d/.test(hour[1] ?? "");
  return { minutes: hours * 60 + minutes, certain, end: from + hour[0].length };
}

/** 「快一点」, 「有一点吵」: a little, unless an hour's own words stand with it. */
const isLittle = (text: string, from: number, hour: RegExpExecArray): boolean =>
  hour[0] === "一点" &&
  !/(?:午|晚|晨|早上|夜里|天|日|\d号|周[一-日]|[:,，。 ]|^)$/.test(
    text.slice(Math.max(0, from - 2), from),
  );

function minutesOf([, , half, quarter, minutes]: RegExpExecArray): number {
  if (half !== undefined) return 30;
  if (quarter !== undefined) return /[一1]/.test(quarter) ? 15 : 45;
  return readNumeral(minutes ?? "") ?? 0;
}
