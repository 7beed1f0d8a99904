import { WORDS_FOR_WORK } from "../../../services/domain/lines-of-work.ts";
import type { Doubt } from "../../../services/domain/understanding.ts";

/** Why words about departments, hours and places call nobody: `past` has been, `besides` is another matter. */
export type WishDoubt = Extract<Doubt, "negated" | "postponed" | "asked"> | "past" | "besides";

const CALL = `(?:请|叫|喊|呼|吹|派|(?<!没人)通知|(?:要|让|等|把)?(?:区里?|街道)?(?:的)?(?:${WORDS_FOR_WORK.join("|")}))`;
const NEGATED = new RegExp(
  `(?:不(?:用|要|必|想|愿意?|打算|准备|考虑|需要|急着)|先不|暂不|没(?:有)?必要|用不着|无需|甭|取消|(?<![特级区分个差])别(?!墅))[^,，。;；]{0,6}${CALL}|(?:不|没(?:有)?(?:想|要|打算|准备|说)?(?:要|过)?)(?:再|去)?(?:请|叫|喊|呼(?!吸)|吹哨)|[叫请呼]了?也没用`,
);
const POSTPONED =
  /先(?:等|缓|放一?放|搁|别|不)|(?:^|[\s,，。;；再])等一?等(?=[\s再看吧,，。!！~]|$)|等(?:我|你|领导|书记|主任|街道)?(?:的)?(?:通知|消息|电话|准信)|等[^,，。;；]{1,12}(?:再说|再定|再看|再叫|再请|再呼)|再说吧?[\s。!！]*$|再(?:定|议|看看)[\s。吧!！]*$|(?:缓|停|放)一(?:缓|停|放)|暂[不缓停]|(?:改天|回头|过几天|以后)再/;
const BESIDES =
  /[跟和与同][^,，。;；]{0,8}(?:没有?|无|不相)(?:什么|啥|任何)?(?:关|干)系?|无关|(?:两|另(?:外)?一)(?:码|回)事|不是(?:说)?(?:这|那)个?(?:事|呼叫|单子)/;
const EITHER_OR = /([要能该])不\1/g;
const ASKED =
  /(?:[要能该]不[要能该]|可不可以|能否|可否|是否|需不需要|怎么|如何|什么时候|哪些部门|谁能|[吗么?？])/;

const BEFORE_NOW =
  "昨天|昨晚|昨日|前天|前几天|前两天|前阵子|上次|上回|上周|上星期|上礼拜|上个?月|去年|之前|刚才|刚刚|已经?";
const PAST = new RegExp(
  `(?:${BEFORE_NOW})[^,，。;；]{0,8}(?:请|叫|通知|喊|协调|呼叫|联系)|(?:${BEFORE_NOW})[^,，。;；]{0,24}(?:[来到去看查管修开弄]|处理|整治|清理|检查|执法)[^,，。;；]{0,6}[过了](?!的)|(?:来|到|去|查|看|处理|整治)过(?!的)`,
);
const AGAIN = /再(?!说)|又|还(?:是|得|要|在)|反复|反弹|回潮/;

/** Whether the clause tells of something that has been, and wants it no second time. */
export const tellsPast = (clause: string): boolean => PAST.test(clause) && !AGAIN.test(clause);

/**
 * One rule of doubt for calls in one's own words and for what answers a draft's question; null for plain
 * words.
 *
 * @param names - whether some words still name what is wanted: what has been does not matter beside a wish
 */
export function doubtOfWish(text: string, names: (words: string) => boolean): WishDoubt | null {
  if (BESIDES.test(text)) return "besides";
  if (NEGATED.test(text.replace(EITHER_OR, ""))) return "negated";
  if (POSTPONED.test(text)) return "postponed";
  const clauses = text.split(/(?<=[,，。;；])/);
  const now = clauses.filter((clause) => !tellsPast(clause));
  if (now.length < clauses.length && !AGAIN.test(text) && !names(now.join(""))) return "past";
  return ASKED.test(text) ? "asked" : null;
}

const DROPPED =
  "算了|不用了|不(?:想|再|用|需要|要)?(?:叫|呼叫|呼|请|喊|发起|吹哨|报)(?:他们|人|部门|单位)?了?|别(?:叫|呼叫|呼|请|喊)了?|取消|撤销|撤回|撤了|作废|没事了|不要了|不需要了?";
const DROPS = new RegExp(
  `^(?:那|就|还是|唉|哎|嗯|我们?|这次|先)*[\\s,，]*(?:${DROPPED})(?:(?:呼叫|草稿|这个|这张|单子)*[\\s,，。!！~]*(?:${DROPPED}|吧|了|谢谢|麻烦了|辛苦了))*[\\s,，。!！~]*$`,
);

/** 「算了,不叫了」, and nothing besides: what is being drafted is not wanted any more. */
export const dropsDraft = (text: string): boolean => DROPS.test(text.trim());
