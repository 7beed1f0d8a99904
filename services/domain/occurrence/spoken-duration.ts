import { readNumeral } from "../numeral.ts";

/** How long something lasts: whole months and years in `months`, everything shorter in `minutes`. */
export interface Duration {
  months: number;
  minutes: number;
}

export interface SpokenDuration {
  duration: Duration;
  end: number;
  /** 多, 几: about so long */
  about: boolean;
  /** told in hours or less, so it reaches back to the minute */
  fine: boolean;
}

const DAY_MINUTES = 1440;
const UNITS: readonly [RegExp, Duration][] = [
  [/^(?:周年|年|载)$/, { months: 12, minutes: 0 }],
  [/^季度$/, { months: 3, minutes: 0 }],
  [/^月$/, { months: 1, minutes: 0 }],
  [/^(?:周|星期|礼拜)$/, { months: 0, minutes: 7 * DAY_MINUTES }],
  [/^(?:天|日|昼夜|晚上?|夜|工作日|交易日)$/, { months: 0, minutes: DAY_MINUTES }],
  [/^(?:小时|钟头)$/, { months: 0, minutes: 60 }],
  [/^刻钟$/, { months: 0, minutes: 15 }],
  [/^分钟?$/, { months: 0, minutes: 1 }],
  [/^秒钟?$/, { months: 0, minutes: 1 / 60 }],
];
const UNIT =
  "周年|年(?!级|代|纪|龄|轻|底|初|末)|载|季度|月(?!饼|租|薪|底|初|末|份)|周(?!边|围|岁|[一二三四五六日末])|星期(?![一二三四五六日天])|礼拜(?![一二三四五六日天])|昼夜|工作日|交易日|天|日|晚上|晚|夜|小时|钟头|刻钟|分钟|分(?![之公局])|秒钟|秒";
const PIECE = new RegExp(
  `(?:(好?几|数|多|十几|二十几|几十|好多)|(\\d{1,7}(?:\\.\\d{1,3})?|[一二两三四五六七八九十百零俩仨]{1,6})|(大?半))(多|来|几)? ?(个)?(半|多)? ?(${UNIT})(半钟?|多)?`,
  "y",
);
const VAGUE: Record<string, number> = { 十几: 12, 二十几: 25, 几十: 30, 好多: 5, 多: 5 };

/** A length of time at `from`: 三个月, 半年, 一个半小时, 四年六个月, 36天5小时, 好几天; null for none. */
export function readSpokenDuration(text: string, from: number): SpokenDuration | null {
  if (/[\d.:第]/.test(text.charAt(from - 1))) return null;
  const sum: Duration = { months: 0, minutes: 0 };
  let end = from;
  let about = false;
  let smallest = Number.POSITIVE_INFINITY;
  for (;;) {
    PIECE.lastIndex = end;
    const found = PIECE.exec(text);
    const unit = UNITS.find(([words]) => words.test(found?.[7] ?? ""))?.[1];
    if (found === null || unit === undefined) break;
    const [said, vague, number, half, more, , inside, , behind] = found;
    const size = unit.months * 30 * DAY_MINUTES + unit.minutes;
    // 「二月」 and 「3日」 are dates, 「两月」 and 「三个月」 lengths.
    const length = vague !== undefined || half !== undefined || said.includes("个");
    if (!length && /[月]$/.test(found[7] ?? "") && !/[两俩仨]/.test(number ?? "")) break;
    // 2009年 and 一季度 are parts of the calendar.
    if (/年/.test(found[7] ?? "") && /^\d{4}$/.test(number ?? "") && more === undefined) break;
    if (found[7] === "季度" && !said.includes("个")) break;
    if (size >= smallest || said === "十分") break;
    smallest = size;
    const count =
      vague === undefined ? (half === undefined ? amount(number) : 0.5) : (VAGUE[vague] ?? 3);
    if (count === null) break;
    const value = count + (inside === "半" || behind?.startsWith("半") === true ? 0.5 : 0);
    about ||= vague !== undefined || more !== undefined || inside === "多" || behind === "多";
    sum.months += unit.months * value;
    sum.minutes += unit.minutes * value;
    end += said.length;
    const link = /^(?:零|又|,)?(?=[\d一二两三四五六七八九十])/.exec(text.slice(end, end + 2));
    end += link?.[0].length ?? 0;
  }
  if (sum.months === 0 && sum.minutes === 0) return null;
  return { duration: whole(sum), end, about, fine: smallest < DAY_MINUTES };
}

/** Half a month is fifteen days. */
function whole({ months, minutes }: Duration): Duration {
  const kept = Math.trunc(months);
  return { months: kept, minutes: minutes + (months - kept) * 30 * DAY_MINUTES };
}

function amount(said: string | undefined): number | null {
  if (said === undefined) return null;
  if (/^\d/.test(said)) return Number(said);
  return readNumeral(said.replace("俩", "二").replace("仨", "三"));
}
