import { readNumeral } from "../../../services/domain/numeral.ts";

const DAY =
  "大?(?:前|昨|今|明|后)(?:天|日|晚|夜|儿个?|早|晨)|夜来|夜里|昨个|今儿|昨儿|前儿|上个?(?:周|星期|礼拜)[一二三四五六日天末]?|这个?(?:周|星期|礼拜)[一二三四五六日天末]?|本周[一二三四五六日天末]?|上个?月|这个?月|本月|去年|前年|今年|前几天|前两天|这几天|这两天|最近|近期|前阵子|\\d{1,2} ?月 ?\\d{1,2} ?[日号]|(?:周|星期|礼拜)[一二三四五六日天末]|\\d{4} ?年(?: ?\\d{1,2} ?月)?(?: ?\\d{1,2} ?[日号])?|每天|天天|每晚|每周";
const HOUR =
  "凌晨|清晨|清早|一大早|早上|早晨|上午|中午|晌午|下午|下晌|后半晌|傍晚|晚上|夜里|半夜|深夜|大半夜|午夜|晚间|刚才|刚刚|现在|这会儿|(?:\\d{1,2}|[一二三四五六七八九十]{1,3}) ?(?:点|时|:\\d{2})(?:钟|半|多|\\d{1,2} ?分)?(?:左右)?";
const TIME = new RegExp(`(?:(?:${DAY})(?:的|里)? ?)?(?:${HOUR})(?: ?(?:${HOUR}))?|(?:${DAY})`);

/** When it happened, as said: 「昨天晚上」, 「夜来下晌」; null when not said. */
export const readTimeText = (text: string): string | null =>
  TIME.exec(text.slice(0, 400))?.[0].trim() ?? null;

const PEOPLE =
  /(\d{1,5}|[一二两三四五六七八九十百]{1,4}|几十|上百) ?(?:多|余|来)?(?:个|名|位)?(?:人(?!民|家|行|工|才|员)|工人|居民|业主|村民|农民工|学生|家长|老人|户|同事|工友|孩子)/;

/** How many people or households it concerns, as said; null when not said. */
export function readPeople(text: string): number | null {
  const match = PEOPLE.exec(text.slice(0, 400));
  if (match?.[1] === undefined) return null;
  if (match[1] === "几十") return 30;
  if (match[1] === "上百") return 100;
  const count = readNumeral(match[1]);
  return count !== null && count > 0 ? count : null;
}
