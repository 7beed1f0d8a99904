import { readNumeral } from "../numeral.ts";
import { type DayPart, readSpokenHour } from "../spoken-hour.ts";

/** What comes again and again: every `count` of `unit`. */
export interface Recurrence {
  unit: "second" | "minute" | "hour" | "day" | "week" | "month" | "year";
  count: number;
  /** 1 Monday to 7 Sunday; null where none was said */
  weekday: number | null;
  /** the part of the day that was said: 每天凌晨 */
  part: DayPart | null;
}

const UNITS: readonly [RegExp, Recurrence["unit"]][] = [
  [/秒/, "second"],
  [/分钟?/, "minute"],
  [/小时|钟头/, "hour"],
  [/[天日晚夜早]|工作日/, "day"],
  [/周|星期|礼拜/, "week"],
  [/月/, "month"],
  [/年/, "year"],
];
const EVERY =
  /(?:每|隔)(?:隔|逢)?(?:(\d{1,3}|[一二两三四五六七八九十]{1,3})|(半))?个?(工作日|秒钟?|分钟?|小时|钟头|天|日|晚上?|夜里?|早上?|周|星期|礼拜|月|年)(?:的)?([一二三四五六日天末](?!天|个|次)|\d(?=早|上|下|晚))?/y;
const AGAIN =
  /天天|日日|夜夜|晚晚|年年|月月|隔三[差岔]五|三天两头|一到(?=晚|夜|半夜|凌晨|早)|周末(?=都)/y;

/** 每天凌晨, 每周一, 天天, 每隔3天, 隔三差五 at `from`; null for nothing of the kind. */
export function readSpokenRecurrence(
  text: string,
  from: number,
): { recurring: Recurrence; end: number } | null {
  AGAIN.lastIndex = from;
  const again = AGAIN.exec(text)?.[0];
  if (again !== undefined) return withHour(text, from + again.length, again, 1, null);
  EVERY.lastIndex = from;
  const found = EVERY.exec(text);
  if (found === null || /^隔/.test(found[0]) !== (found[1] !== undefined && /^隔/.test(found[0]))) {
    return null;
  }
  const [said, number, half, unit = "", weekday] = found;
  const isWeek = /周|星期|礼拜/.test(unit);
  const count = half !== undefined ? 0.5 : (readNumeral(number ?? "一") ?? 1);
  const end = from + said.length - (isWeek ? 0 : (weekday?.length ?? 0));
  return withHour(text, end, unit, count, isWeek ? weekdayOf(weekday) : null);
}

function withHour(text: string, end: number, unit: string, count: number, weekday: number | null) {
  const carried = /[晚夜]/.test(unit) ? "晚" : unit.startsWith("早") ? "早" : null;
  const gap = /^[的 ]/.test(text.slice(end)) ? 1 : 0;
  const hour = readSpokenHour(text, end + gap, carried);
  const part = hour?.part ?? (carried === "晚" ? "evening" : carried === null ? null : "morning");
  const kind = UNITS.find(([words]) => words.test(unit))?.[1] ?? "day";
  return { recurring: { unit: kind, count, weekday, part }, end: hour?.end ?? end };
}

function weekdayOf(said: string | undefined): number | null {
  if (said === undefined) return null;
  if (said === "末") return 6;
  return said === "天" ? 7 : ("一二三四五六日1234567".indexOf(said) % 7) + 1;
}
