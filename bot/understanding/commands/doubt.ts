import type { Command, Doubt } from "../../../services/domain/understanding.ts";

/** A verb among the words around it; numbers stand as private signs. */
export interface Saying {
  /** what stands before the verb, back to the verb before it */
  before: string;
  /** the words of the verb */
  said: string;
  /** what follows, as far as the next verb */
  behind: string;
  /** another verb stands before it in the message */
  later: boolean;
}

/** Orders that change nothing: a question is what they are. */
const LOOKS_ONLY: readonly string[] = [
  "status",
  "history",
  "callForm",
  "help",
  "todo",
  "login",
  "onDuty",
  "specialReportDraft",
  "mandateList",
  "accountCode",
  "bindAccount",
];
/** Their free words may well ask: 「督办 SJ… 怎么还没办?」, 「退回 HJ… 为什么没有公安?」. */
const MAY_ASK: readonly string[] = [
  "supervise",
  "instruct",
  "urge",
  "return",
  "reject",
  "rejectApproval",
  "reopen",
  "decideDelay",
  "decline",
  "appeal",
  "answer",
  "circular",
  "consult",
  "siteLog",
  "supplement",
  "progress",
  "escalate",
  "amend",
  "callDraft",
];
/** Tell what has happened: 「明天到了」 has not. */
const TELLS_FACT: readonly string[] = [
  "checkIn",
  "confirmArrival",
  "complete",
  "sign",
  "siteLog",
  "followUp",
  "verify",
];
const ARRIVES: readonly string[] = ["checkIn", "confirmArrival"];
/** Their words name a time that is to come. */
const NAMES_TIME: readonly string[] = [
  "amend",
  "eta",
  "callDraft",
  "correct",
  "grantLeave",
  "delay",
];
/** A refusal that waits for something is none yet: 「不受理 SJ… 等核实」. */
const REFUSES: readonly string[] = ["reject", "rejectApproval"];

/**
 * Whether words that name an action order it: null when they do. One rule for every verb, about events and
 * calls alike; what belongs to a verb itself (不响应, 不予受理, 未通过) is not looked at.
 */
export function doubtOf(saying: Saying, { action }: Pick<Command, "action">): Doubt | null {
  if (LOOKS_ONLY.includes(action)) return null;
  const sentence = lastSentence(saying.before, saying.later);
  const near = nearWords(saying.before);
  if (asksBefore(sentence, saying.said) || asksBehind(saying.behind, action)) return "asked";
  if (CONDITION.test(sentence + saying.said) || CONDITION_BEHIND.test(plain(saying.behind)))
    return "conditional";
  if (isQuoted(saying.before)) return "quoted";
  if (isPostponed(near, sentence, saying, action)) return "postponed";
  if (isNegated(near)) return "negated";
  return isToCome(near, saying, action) ? "future" : null;
}

const SIGNS = /[\ue000-\ue0ff]/g;
const plain = (words: string): string => words.replace(SIGNS, " ");

/** Behind a verb that had its say, only the clause counts. */
const lastSentence = (before: string, later: boolean): string =>
  plain(before)
    .split(later ? /[。;；!！?？\n,，]/ : /[。;；!！?？\n]/)
    .at(-1) ?? "";

/**
 * The words that lean on the verb: without a blank between, or across one (also across the number) where
 * they cannot stand alone: 「先别把 HJ… 派给…」.
 */
function nearWords(before: string): string {
  const clause =
    plain(before)
      .split(/[,，。;；!！?？:：、\n]/)
      .at(-1) ?? "";
  const words = clause.split(/\s+/);
  const last = words.pop() ?? "";
  const earlier = words.filter((word) => word !== "").at(-1) ?? "";
  return LEANS.test(earlier) ? earlier + last : last;
}

const NO =
  "不|没|未|别|勿|切莫|无需|无须|无法|甭|免于|禁止|停止|拒绝|取消|反对|避免|防止|难以|忘了?|忘记|来不及";
const LEANS = new RegExp(
  `(?:${NO}|暂|先|缓)[一-龥]{0,8}(?:把|将|对|给|让|叫)$|(?:${NO}|暂|先|缓|待|等|如果|要是|谁|哪[个位]|怎么|能否|是否|请问)(?:要|能|可以?|会|用|该|得|必|准|许|想|同意|有|着急?)?(?:再|就|去|来|马上|急着?)?(?:把|将|对|给|让|叫)?(?:他们?|你们?|我们?)?$`,
);
const NEGATION = new RegExp(NO);
/** Say how the matter stands, or that nothing is against it. */
const HARMLESS =
  /没(?:有)?(?:问题|意见|异议|错)|无(?:异议|意见)|不(?:满意|错|好意思|客气|属于|属|归|在|符合|到位|合格|达标|够|全|规范|文明)|[没未](?:扫|修|清|处理|整改|打扫|清理|弄|搞|拆|搬)(?:干净|好|完|掉|到位)?|(?:差|个)别|分别|别墅|特别|级别|区别|未来|免费/g;

const isNegated = (near: string): boolean => NEGATION.test(near.replace(HARMLESS, ""));

const LATER_DAY =
  "明天|明日|明早|明晚|后天|大后天|下周[一二三四五六日天]?|下礼拜|下个?月|改天|回头|以后|今后|晚点|晚些(?:时候)?|稍后|稍等|[等待过]一?会儿?|一会儿?|过[几两三一]天";
const PUTS_OFF = new RegExp(
  `暂(?!住)|先(?:放|搁|缓|等|停|拖)|缓(?:一|办|签|派)?|押后|延后|推后|${LATER_DAY}|(?:等|待)[^,，]{0,20}(?:再|后|了|才)|(?:之?后|以后|完|好)再?$`,
);
const WAITS_FIRST = /(?:等|待)[^。;；]{0,24}(?:再|后|才|就)$/;
const ONLY_LATER = new RegExp(
  `^[\\s,，:：]*(?:${LATER_DAY})(?:上午|下午|早上|晚上)?(?:再|吧|了|哈|啊)*(?:说|定|看|办)?[\\s。!！~]*$`,
);
const ONLY_LATER_BEFORE = new RegExp(
  `暂|先(?:放|搁|缓|等|停|不|别)|^(?:我们?)?(?:${LATER_DAY})再?$|(?:之?后|以后|完)再?$|(?:等|待)[^,，]{0,20}(?:再|后|才)$`,
);
const PUT_OFF_BEHIND = /^.{0,14}(?:再说|再定|再看|再议|缓一缓|放一放|等等看?)[\s吧。!！~]*$/;
const WAITS = /^[\s,，:：]*(?:等|待|先|暂|过几天|明天|回头|再看|看看|还在)/;

function isPostponed(near: string, sentence: string, saying: Saying, action: string): boolean {
  const behind = plain(saying.behind);
  if (REFUSES.includes(action) && (WAITS.test(behind) || /(?:先|暂时?)$/.test(near))) return true;
  if (NAMES_TIME.includes(action))
    return ONLY_LATER_BEFORE.test(near) || WAITS_FIRST.test(sentence);
  const later = ONLY_LATER.test(behind) && !MAY_ASK.includes(action);
  if ((later || PUT_OFF_BEHIND.test(behind)) && !TELLS_FACT.includes(action)) return true;
  if (/^[不没未]/.test(saying.said) && /(?:先|暂时?)$/.test(near)) return true;
  if (TELLS_FACT.includes(action) && new RegExp(LATER_DAY).test(near)) return false;
  // 「明晚8点派遣综合执法2人」 says when they are to come.
  const namesHour =
    action === "dispatch" && /[\d一二三四五六七八九十两]点|:\d\d|[上下]午|中午/.test(near);
  return (PUTS_OFF.test(near) && !namesHour) || WAITS_FIRST.test(sentence);
}

const SOON = new RegExp(
  `${LATER_DAY}|快要?$|马上|即将|将要?$|准备|打算|预计|争取|估计|可能|应该|大概|还要|才能?$|就要|差不多`,
);
const WILL_COME = /(?:会|要|得|就|想|能)$/;
const WILL_TELL = /会.{0,4}(?:通知|告诉|联系|报告|说|报)|再(?:说|告诉|通知|联系|报)/;

/** 「明天到了」, 「快到了」, 「到了再说」. */
function isToCome(near: string, { behind }: Saying, action: string): boolean {
  if (!TELLS_FACT.includes(action)) return false;
  const after = plain(behind);
  if (SOON.test(near) || ONLY_LATER.test(after)) return true;
  if (!ARRIVES.includes(action)) return PUT_OFF_BEHIND.test(after);
  return WILL_COME.test(near) || WILL_TELL.test(after);
}

const CONDITION = /如果|要是|假如|假设|倘若|若是?(?!干)|万一|一旦|除非|只要/;
const CONDITION_BEHIND = /的话(?=[\s,，。?？!！]|$|就|要|会|需)/;

const ASKS =
  /能否|可否|是否|会否|应否|请问|问一?下|问问|想知道|不知道?|不清楚|不确定|什么|啥|何时|几时|几点|怎么|怎样|咋|如何|为何|谁|哪[个位家些里天]|多久|多少|有没有|好像|也许|或许|似乎|说不定|考虑|犹豫|怀疑|担心|建议/;
/** 要不要, 能不能, 签不签, 该不该. */
const EITHER_OR = /([一-龥]{1,2})[不没]\1/;

const asksBefore = (sentence: string, said: string): boolean =>
  ASKS.test(sentence) || EITHER_OR.test(sentence.replace(/\s/g, "") + said);

const YES_OR_NO =
  /(?:吗|嘛|(?<![什怎这那多要])么|行不行|好不好|可不可以|能不能|要不要|是不是|对不对|合不合适|(?:可以|行|好|对|成)[不没]|了没有?|没有?|是否(?:可以|可行|合适)?)[\s?？。!！~]*$/;
const ENDS_SOFTLY = /(?:呢|[?？])[\s。!！~]*$/;
const BARE = /^[\s了的可以行能好成要是否吗嘛么呢吧啊哈没有不,，。?？!！~]*$/;
const ASKS_HOW =
  /^[\s,，:：]*(?:怎么|怎样|咋|如何|谁|什么时候|何时|几时|几点|哪)(?:个|位|家|里|些|来|去)?(?:操作|弄|办|回|说|写|用|填|做|处理)?[\s?？。]*$/;

function asksBehind(behind: string, action: string): boolean {
  const words = plain(behind);
  if (ASKS_HOW.test(words)) return true;
  if (!/[吗嘛么呢没否?？不]/.test(words)) return false;
  if (BARE.test(words)) return YES_OR_NO.test(words) || ENDS_SOFTLY.test(words);
  if (/没有?[\s。!！~]*$/.test(words))
    return !MAY_ASK.includes(action) && /了没有?[\s。!！~]*$/.test(words);
  if (YES_OR_NO.test(words)) return true;
  return ENDS_SOFTLY.test(words) && !MAY_ASK.includes(action);
}

const OPENS_QUOTE = /[「『“‘"'《【]\s*$/;
const TELLS =
  /(?:说|问|讲|听说|据说|请回|回复|回|写着?|输入|告诉[^,，。]{0,4})(?:了|过|要|道|是)?[\s:：]*$/;

/** Words that somebody else said, or that a notice offers. Brackets around the whole message are only brackets. */
function isQuoted(before: string): boolean {
  const words = plain(before);
  const quote = OPENS_QUOTE.exec(words);
  if (quote !== null) return /[一-龥\w]/.test(words.slice(0, quote.index));
  return TELLS.test(words);
}
