import { readNumeral } from "../../../services/domain/numeral.ts";
import { normalise } from "../normalise.ts";

const COUNT = "\\d{1,3}|[一二两三四五六七八九十]{1,3}";
const DELAY = new RegExp(
  `(?:(?:(\\d{1,2}\\.\\d|${COUNT}) ?个?(半)?|(半) ?个?) ?(?:小时|钟头))?(?:零|又)?(?:(${COUNT}) ?(?:来|多)?(?:分钟?|刻钟))?`,
  "g",
);

/** How late somebody says to come, in minutes: 「堵车晚20分钟」, 「晚到半小时」; null when not said. */
export function readEta(note: string): number | null {
  for (const match of normalise(note).text.matchAll(DELAY)) {
    const [said, hours, andHalf, half, quarter] = match;
    if (said === "" || (hours ?? half ?? quarter) === undefined) continue;
    const unit = /刻钟$/.test(said) ? 15 : 1;
    const minutes = Math.round(
      amount(hours) * 60 +
        (andHalf === undefined ? 0 : 30) +
        (half === undefined ? 0 : 30) +
        amount(quarter) * unit,
    );
    if (minutes >= 1 && minutes <= 1440) return minutes;
  }
  return null;
}

const amount = (said: string | undefined): number =>
  said === undefined ? 0 : said.includes(".") ? Number(said) : (readNumeral(said) ?? 0);
