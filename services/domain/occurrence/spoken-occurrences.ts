import { plainWriting } from "../spoken-time.ts";
import { addDays, DAY_MS, localDay, localMinutes, MINUTE_MS, momentOf } from "../time.ts";
import { addMonths, daySpan, monthsSpan, type TimeSpan } from "./calendar-span.ts";
import { type Duration, readSpokenDuration, type SpokenDuration } from "./spoken-duration.ts";
import { readSpokenPeriod } from "./spoken-period.ts";
import { type Recurrence, readSpokenRecurrence } from "./spoken-recurrence.ts";

/**
 * Something said about when: from `from` up to but without `to`, an open end being null; how long; how often. The
 * words stand at `[start, end)`.
 */
export interface SpokenOccurrence {
  start: number;
  end: number;
  from: Date | null;
  to: Date | null;
  duration: Duration | null;
  recurring: Recurrence | null;
}

const LONGEST_READ = 2000;
/** What stands where a time may begin: one quick look before the many exact ones. */
const MAY_BEGIN = new RegExp(
  [
    "[\\d零〇一二两俩仨三四五六七八九十半几数多好廿]{1,7}(?:[.,:/-] ?\\d| \\d\\d? ?\\d|[到至-]{1,3}[\\d一二三四五六七八九十]| ?(?:多|来|几)?个?(?:半|多)? ?[年月日号天周星礼晚夜点时分秒刻季世工交昼载小钟])",
    "[大今昨明]?(?:半夜|半[天年月])|(?:去|大前|大后|前|昨|今|明|后|当|本)[天日儿晚夜早晨年月几两些阵段头周星礼季]",
    "最近|(?:近|过去|之[前后]|今后|未来|接下来|[前头后上下这同本当])的?[\\d一二两俩仨三四五六七八九十半几些段阵上下]{0,4}多?个?半?[年月周星礼天日小钟分季期来会世阵子段]",
    "[周星礼][一二三四五六日天末期拜1-7]|[每隔][\\d一二两三四五六七八九十半隔逢个工分小钟天日晚夜早周星礼月年秒]|天天|日日|夜夜|晚晚|年年|月月|三天两|隔三|一到[晚夜半凌早]",
    "(?:从|自)[^己行费家动]|凌晨|清[晨早明]|拂晓|黎明|早[上晨间]|一大早|[上中下正晌傍黄午晚夜深后][午晌傍昏上间里夜]",
    "[刚方]才|刚刚|现在|目前|此刻|眼下|马上|立[即刻春夏秋冬]|除夕|大年|年[三夜初底末]|过年|国庆|元[旦宵]|端午|五一|六一|七夕|中秋|重阳|教师节|[妇儿][女童]|三八|劳动节|春节|十一|民国|农历|闰|[正冬腊]月|Q\\d|首月|[上下]半年",
    "[小大][寒暑雪]|雨水|惊蛰|[春秋]分|谷雨|[小芒][满种]|[夏冬]至|处暑|白露|寒露|霜降",
  ].join("|"),
  "g",
);

/** Everything that a text says about when, in order, none overlapping; in Asia/Shanghai, seen from `now`. */
export function readSpokenOccurrences(text: string, now: Date): SpokenOccurrence[] {
  const words = plainWriting(text.slice(0, LONGEST_READ)).replace(
    /[／．－～—–﹣：·]/g,
    (sign) => ({ "／": "/", "．": ".", "：": ":", "·": "/" })[sign] ?? "-",
  );
  return readPlainOccurrences(words, now);
}

/** The same for a text that is simplified and half-width already. */
export function readPlainOccurrences(words: string, now: Date): SpokenOccurrence[] {
  const found: SpokenOccurrence[] = [];
  let at = 0;
  for (;;) {
    MAY_BEGIN.lastIndex = at;
    const next = MAY_BEGIN.exec(words);
    if (next === null) return found;
    const one = occurrenceAt(words, next.index, now);
    if (one !== null) found.push(one);
    at = one?.end ?? next.index + 1;
  }
}

function occurrenceAt(text: string, at: number, now: Date): SpokenOccurrence | null {
  const since =
    /^(?:从|自从|自)(?!己|来|行|费|家|动)/.exec(text.slice(at, at + 3))?.[0].length ?? 0;
  return (
    recurrenceAt(text, at) ??
    justNow(text, at, now) ??
    backwards(text, at, now) ??
    periodAt(text, at, at + since, now) ??
    lengthAt(text, at, now)
  );
}

const nothing = { from: null, to: null, duration: null, recurring: null };

function recurrenceAt(text: string, at: number): SpokenOccurrence | null {
  const found = readSpokenRecurrence(text, at);
  return found === null
    ? null
    : { ...nothing, start: at, end: found.end, recurring: found.recurring };
}

/** Words for lately, with how many days they reach back and how many before now they end. */
const LATELY: readonly [RegExp, number, number][] = [
  [/(?:马上|立即|立刻)(?!就?要)|刚才|刚刚|方才|现在|目前|此刻|这会儿?|眼下/y, 0, 0],
  [
    /(?:最近|近来|近期|近日|这阵子?|这段时间|近段时间)(?![\d一二两三四五六七八九十半几]*(?:个?[年月周天日]|小时|分钟))/y,
    7,
    0,
  ],
  [/(?:这|近)(?:几|两|些)[天日]/y, 3, 0],
  [/(?:前|头)(?:几|两|些)[天日]|前阵子?|前段时间|前些日子|头几天/y, 7, 1],
];

function justNow(text: string, at: number, now: Date): SpokenOccurrence | null {
  for (const [words, reach, gap] of LATELY) {
    words.lastIndex = at;
    const said = words.exec(text)?.[0];
    if (said === undefined) continue;
    const today = localDay(now);
    const from = reach === 0 ? now : momentOf(addDays(today, -reach), 0);
    const to = gap === 0 ? now : momentOf(addDays(today, 1 - gap), 0);
    return { ...nothing, start: at, end: at + said.length, from, to };
  }
  return null;
}

/** 近三个月, 过去的一周, 之前3小时, 前1周, 上个小时: the time right before now. */
const BEFORE_NOW =
  /(?:(?:最近|近|过去的?|之后|今后|未来|接下来的?|之前|前|这(?!一))(?=[\d一二两俩仨三四五六七八九十半几])|(?:上|这)一?个?(?=小时|钟头))/y;

function backwards(text: string, at: number, now: Date): SpokenOccurrence | null {
  BEFORE_NOW.lastIndex = at;
  const said = BEFORE_NOW.exec(text)?.[0];
  if (said === undefined) return null;
  const single =
    /^[上这]一?个?$/.test(said) && /^(?:小时|钟头)/.test(text.slice(at + said.length)) ? "一" : "";
  const start = at + said.length;
  const words = single === "" ? text : `${text.slice(0, start)}一${text.slice(start)}`;
  const plain = /近$/.test(said) ? monthsAsLength(words, start) : words;
  const length = readSpokenDuration(plain, start);
  if (length === null) return null;
  const shift = plain.length - text.length;
  const tail = /^(?:以来|来|之?内|里|间)/.exec(plain.slice(length.end))?.[0].length ?? 0;
  const { duration } = length;
  const end = length.end + tail - shift;
  if (/^(?:之后|今后|未来|接下来)/.test(said)) {
    const to = beforeNow(now, { months: -duration.months, minutes: -duration.minutes });
    return { ...nothing, from: now, to, duration, start: at, end };
  }
  return { ...since(duration, now), start: at, end };
}

/** 「近三月」 is three months, not March. */
const monthsAsLength = (text: string, at: number): string =>
  text.slice(0, at) + text.slice(at).replace(/^([\d一二两三四五六七八九十]{1,3})月/, "$1个月");

const since = (duration: Duration, now: Date) => ({
  ...nothing,
  from: beforeNow(now, duration),
  to: now,
  duration,
});

/** 三天前, 半年以来, 三个月了, 两天没水; a bare length tells no day. */
function lengthAt(text: string, at: number, now: Date): SpokenOccurrence | null {
  if (/[每隔第]/.test(text.charAt(at - 1))) return null;
  const length = readSpokenDuration(text, at);
  if (length === null) return null;
  const behind = text.slice(length.end, length.end + 6);
  const ago = /^(?:之|以)?前(?!往|来|去|面|门)/.exec(behind)?.[0];
  if (ago !== undefined) {
    return { ...nothing, ...agoSpan(length, now), start: at, end: length.end + ago.length };
  }
  if (/^(?:之|以)?后(?!面|门)/.test(behind)) return ahead(text, at, length, now);
  const lasting = /^(?:以来|来(?!了)|了|[都没不无还]|一直|下来|过去了)/.exec(behind)?.[0];
  const already = /(?:已经?|都|有|快)$/.test(text.slice(Math.max(0, at - 2), at));
  if (lasting !== undefined || already) {
    const tail = /^(?:以来|来|了|下来)/.exec(behind)?.[0].length ?? 0;
    return { ...since(length.duration, now), start: at, end: length.end + tail };
  }
  return { ...nothing, start: at, end: length.end, duration: length.duration };
}

/** As exact as it was said: hours and minutes to the minute, days to the day, years to the year. */
function agoSpan({ duration, about, fine }: SpokenDuration, now: Date): TimeSpan {
  const from = beforeNow(now, duration);
  if (fine) {
    return { from, to: new Date(from.getTime() + MINUTE_MS) };
  }
  if (!about) return daySpan(localDay(from));
  return {
    from: momentOf(addDays(localDay(from), -1), 0),
    to: momentOf(addDays(localDay(from), 1), 0),
  };
}

function ahead(text: string, at: number, length: SpokenDuration, now: Date): SpokenOccurrence {
  const { months, minutes } = length.duration;
  const from = beforeNow(now, { months: -months, minutes: -minutes });
  const end = length.end + (/^(?:之|以)?后/.exec(text.slice(length.end))?.[0].length ?? 0);
  const to = months === 0 && minutes < 1440 ? new Date(from.getTime() + MINUTE_MS) : null;
  return {
    ...nothing,
    start: at,
    end,
    from: to === null ? daySpan(localDay(from)).from : from,
    to: to ?? daySpan(localDay(from)).to,
  };
}

export function beforeNow(now: Date, { months, minutes }: Duration): Date {
  const day = months === 0 ? localDay(now) : addMonths(localDay(now), -months);
  const at = momentOf(day, localMinutes(now)).getTime() - minutes * MINUTE_MS;
  // Half a year is as good as its day.
  return new Date(months !== 0 ? Math.floor((at + DAY_MS / 3) / DAY_MS) * DAY_MS - DAY_MS / 3 : at);
}

const JOIN = /^ ?(?:起|开始)?(?:到|至|直到|和|-{1,3}|~{1,2}) ?/;
const UNTIL_NOW =
  /^ ?(?:起|开始)?(?:一直)?(?:到|至)?(?:现在|目前|如今|今(?![天日晚早年])|今天|今日|这会儿?)/;
const OPEN_START = /^ ?(?:起|开始|以来)/;

function periodAt(text: string, start: number, at: number, now: Date): SpokenOccurrence | null {
  const first = readSpokenPeriod(text, at, now);
  if (first === null) return null;
  const behind = text.slice(first.end, first.end + 12);
  const { from, to } = first;
  const told = { ...nothing, start, from, to };
  const untilNow = UNTIL_NOW.exec(behind)?.[0];
  if (untilNow !== undefined) return { ...told, end: first.end + untilNow.length, to: now };
  const join = JOIN.exec(behind)?.[0];
  const second =
    join === undefined ? null : secondOf(text, at, first.end, first.end + join.length, from, now);
  if (second !== null) {
    const tail = /^(?:之间|期间|止)/.exec(text.slice(second.end, second.end + 2))?.[0].length ?? 0;
    if (second.to > from) return { ...told, end: second.end + tail, to: second.to };
  }
  const open = OPEN_START.exec(behind)?.[0];
  if (open !== undefined)
    return { ...told, end: first.end + open.length, to: from < now ? now : null };
  const later = /^ ?(?:之后|以后|后(?!面|门|来))/.exec(behind)?.[0];
  if (later !== undefined)
    return { ...told, end: first.end + later.length, from: to, to: to < now ? now : null };
  const earlier = /^ ?(?:之前|以前|前(?!往|来|去|面|门|后))/.exec(behind)?.[0];
  if (earlier !== undefined)
    return { ...told, end: first.end + earlier.length, from: null, to: from };
  if (at > start && from < now) return { ...told, end: first.end, to: now };
  const about = /^(?:多钟?|左右|前后|许|钟)/.exec(behind)?.[0].length ?? 0;
  return { ...told, end: first.end + about };
}

/** The end of a range may leave out what its beginning said: 10日到12日, 下午五点到六点, 2017年8月至11月. */
function secondOf(text: string, at: number, end: number, next: number, from: Date, now: Date) {
  const relative = /^(?:去|今|前|昨|明|大|上|下|这|本|现|周|星期|礼拜)/.test(text.slice(next));
  if (relative) return readSpokenPeriod(text, next, now);
  const first = text.slice(at, end);
  const part = /(?:凌晨|早上|上午|中午|下午|傍晚|晚上|早|晚)(?=[^年月日]*$)/.exec(first)?.[0];
  const bare = /^[\d一二三四五六七八九十]{1,3}(?:[点时:])/.test(text.slice(next));
  if (bare && part !== undefined) {
    const words = part + text.slice(next);
    const span = readSpokenPeriod(words, 0, from, "ahead");
    return span === null ? null : { ...span, end: next + span.end - part.length };
  }
  const year = /^(?:19|20)\d\d(?![\d年./-])/.exec(text.slice(next, next + 5))?.[0];
  if (year !== undefined) return { ...monthsSpan(Number(year), 1, 12), end: next + 4 };
  return readSpokenPeriod(text, next, from, "ahead");
}
