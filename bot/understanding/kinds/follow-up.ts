import type { EventStatus } from "../../../services/domain/event.ts";
import { isOpenEvent } from "../../../services/domain/event.ts";
import { readNumeral } from "../../../services/domain/numeral.ts";

/** What people say about an event that exists already. */
export type FollowUp =
  | { kind: "correct"; words: string }
  | { kind: "withdraw" }
  | { kind: "progressQuery" }
  | { kind: "urge" }
  | { kind: "rating"; rating: number | null };

export interface KnownHistory {
  /** a number of an event is named */
  named: boolean;
  /** statuses of the speaker's own recent events, newest first */
  own: readonly EventStatus[];
}

const CORRECT =
  /^(?:不好意思|对不起|抱歉|啊|哦|呀|诶)?[\s,]*(?:我)?(?:刚才|刚刚|前面|上面)?(?:说错|写错|打错|发错|报错|搞错|弄错|讲错|输错)(?:了|啦)?(?:地方|地址|楼号|位置)?[\s,:。!]*(?:应该|其实|不是[^,是]{1,12}[,\s]?)?(?:是|在|为)?[\s,:]*(.*)$|^(?:更正|纠正|更改)(?:一下|下)?[\s,:]*(?:应该|地址|位置)?(?:是|为|改为|改成)?[\s,:]*(.+)$|^(?:不对|错了)[\s,!。]+(?:应该)?(?:是|在)[\s,:]*(.+)$|^不是[^,，是]{1,14}[,，\s]+(?:而?是|在)[\s,:]*(.+)$|^(?:地址|地点|位置|楼号)(?:改成|改为|更正为?|错了[\s,]*(?:应该)?是)[\s,:]*(.+)$/s;
const WITHDRAW =
  /^(?:那|哎|唉|嗯|好吧)?[\s,]*(?:算了|不用了|不用(?:你们)?(?:来|管|处理|修)了|不需要(?:处理)?了|没事了|不报了|取消(?:吧|了|报事|上报)?|撤(?:回|销|了)(?:吧|了|刚才的|我的)?(?:上报|报事|投诉|那个)?|当我没说|就当没报|不投诉了|撤诉)(?:[\s,。!~]*(?:吧|了|啦|算了|不用了|不用(?:来|管|处理|修)?了|没事了|谢谢|自己(?:已经)?(?:弄|修|搞|解决|处理)(?:好)?了?|已经(?:好|修好|解决|有)了?|我们?自己[^,。]{0,8}|不麻烦(?:你们|了)*))*[\s。!~]*$/;
const WITHDRAW_CLEAR =
  /(?:撤回|撤销|取消)(?:一下)?(?:我)?(?:刚才|刚刚|上次|之前|昨天)?(?:的|报的|那个|上报|报事|投诉|举报|那件|事件)/;

const ASKS_PROGRESS =
  /(?:咋样|怎么样|怎样|什么情况|啥情况|处理(?:得|的)?(?:如何|怎)|进展|进度|到哪(?:一)?步|有(?:没有)?(?:结果|消息|回复|下文|答复|着落)|解决(?:了)?(?:没|吗)|处理(?:好)?(?:了)?(?:没|吗)|修(?:好)?(?:了)?(?:没有?|吗)|办(?:好|完|结)?(?:了)?(?:没|吗)|受理(?:了)?(?:没|吗)|派人(?:了)?(?:没|吗)|什么时候(?:能)?(?:来|修|处理|解决|好|弄)|啥时候(?:能)?(?:来|修|处理|解决|好|弄)|几时(?:来|修|处理))/;
const ABOUT_OWN =
  /(?:我|俺|咱|我们|上次|上礼拜|上周|上星期|上个月|前天|前几天|昨天|之前|刚才|早上|那天)[^,。!?]{0,10}(?:报|反映|投诉|说|举报|提|申请|咨询|登记|上报|问)(?:的|过|了)|(?:我|俺|咱)的?(?:报事|投诉|事|那件事|那个事|诉求|单子|反映)|那(?:个|件)事|报的(?:那个|事)?/;

const URGES =
  /(?:怎么还|咋还|还没有?人?(?:来|修|管|处理|弄|解决|动静)|还没(?:修|弄|处理|解决|来)|都(?:过去)?(?:几|好几|\d+|两|三|四|五|一个?)(?:天|周|个?星期|个?月|个?礼拜|个?小时)了|催(?:一下|下|促|一催)|快(?:点|一点)(?:处理|修|来|弄|解决)|抓紧|尽快(?:处理|解决|修)|等了(?:几|好几|\d|两|三|一)|没人(?:理|回复|来))/;

/** Impatience that says nothing of its subject: about one's own open event, else about nothing. */
const IMPATIENT =
  /^(?:喂+|你们|请问|师傅|大哥)?[\s,]*(?:到底|究竟)?(?:还)?(?:有没有人|有人)(?:管|来|处理|修|理)(?:了|啊|呀|没有?|吗|的)*$|^(?:修理?的?|处理的?|你们)?(?:人|师傅)呢$|^(?:你们)?(?:能不能|可不可以|可以|麻烦)?(?:再)?快一?点(?:儿|吗|啊|行吗|好吗|行不行)*$/;
const HOW_LONG =
  /^(?:请问|大概|那|到底)*(?:还)?(?:要|得|需要)(?:等)?多(?:久|长时间|少时间)(?:啊|呀|呢)?$/;

const STARS = /([1-5一二三四五两]) ?(?:颗|个)?(?:星(?!期)|⭐|分好评)/;
const CONTENT =
  /(?:修|弄|处理|解决|搞|清理|打扫|搬|换)(?:得|的)?(?:好|完|掉|干净)(?:了|啦|咯)|(?:路灯|灯|电梯|水|电)(?:已经|都|又)?(?:亮|好|来|通|有)了|(?:很|非常|特别|十分|挺|蛮|比较)?满意|好评|点赞|赞一个|给力|(?:问题|事情)?(?:已经?|都)解决了/;
const WELL_NOW =
  /^(?:已经|都|现在)*(?:好了|弄好了|可以了|通了|亮了|来水了|来电了)[\s,!。]*(?:谢谢|多谢|感谢|谢了|辛苦)[^,。?]{0,8}[!。~]*$/;
const DISCONTENT =
  /(?:根本|压根|完全|还是|并|还|又)(?:就)?(?:没|没有|未)(?:修|好|弄|处理|解决|清|搞|动|来|人来)|没修好|没(?:处理|解决|弄|清理)(?:好|干净)?|没有解决|不满意|差评|还是(?:老样子|一样|不亮|坏的|漏|堵|臭|吵|那样)|又(?:坏|堵|漏|不亮)了|修了(?:跟|和|等于)没修|糊弄|敷衍|假的?办结|说办结|没人来过|骗人/;
const DONE: readonly EventStatus[] = ["completed", "verified", "closed"];

export function readFollowUp(text: string, history: KnownHistory): FollowUp | null {
  const correct = CORRECT.exec(text);
  const corrected = correct?.slice(1).find((group) => group !== undefined && group.trim() !== "");
  if (correct !== null && text.length <= 80) {
    if (
      corrected !== undefined &&
      (history.own.length > 0 || history.named || /\d|幢|栋|楼|路|小区|门/.test(corrected))
    ) {
      return { kind: "correct", words: corrected.trim() };
    }
  }
  const known = history.own.length > 0 || history.named;
  if (text.length <= 40 && known && WITHDRAW.test(text)) return { kind: "withdraw" };
  if (text.length <= 40 && WITHDRAW_CLEAR.test(text)) return { kind: "withdraw" };
  const rating = readRating(text, history);
  if (rating !== null) return rating;
  if (text.length <= 60) {
    const own = ABOUT_OWN.test(text);
    if (own && ASKS_PROGRESS.test(text)) return { kind: "progressQuery" };
    if (own && URGES.test(text)) return { kind: "urge" };
    const bare = text.replace(/[\s,.。!?~]+$/, "");
    if (history.own.some(isOpenEvent)) {
      if (text.length <= 30 && URGES.test(text)) return { kind: "urge" };
      if (IMPATIENT.test(bare)) return { kind: "urge" };
      if (HOW_LONG.test(bare)) return { kind: "progressQuery" };
    }
    if (known && text.length <= 20 && ASKS_PROGRESS.test(text)) return { kind: "progressQuery" };
    if (
      /^(?:查(?:询|一下|下)?|看看|问下|问一下)?(?:我的)?(?:进度|办理进度|处理进度|处理结果)[?。!]?$/.test(
        text,
      )
    )
      return { kind: "progressQuery" };
  }
  return null;
}

/** Stars, contentment or its opposite; only short messages, and only where something could be rated. */
function readRating(text: string, history: KnownHistory): FollowUp | null {
  if (text.length > 60) return null;
  const rateable = history.named || history.own.some((status) => DONE.includes(status));
  const stars = STARS.exec(text);
  const said = stars?.[1] === undefined ? null : readNumeral(stars[1]);
  const discontent = DISCONTENT.test(text);
  const content =
    !discontent && CONTENT.test(text) && !/吗|没有|么\??$|\?$|什么时候|希望|如果/.test(text);
  if (
    said !== null &&
    said <= 5 &&
    (rateable ||
      content ||
      discontent ||
      /^[^,。]{0,8}(?:给|评|打)?[^,。]{0,4}星[!。~]*$/.test(text))
  ) {
    return { kind: "rating", rating: said };
  }
  if (!(rateable || (history.own.length > 0 && text.length <= 24))) return null;
  // Of services that ask for a digit people know 「满意请回1」: a bare 1 is praise.
  if (text === "1" && rateable) return { kind: "rating", rating: 5 };
  if (/^[2-5]$/.test(text) && rateable) return { kind: "rating", rating: Number(text) };
  if (rateable && WELL_NOW.test(text)) return { kind: "rating", rating: 5 };
  if (discontent && rateable) return { kind: "rating", rating: 1 };
  if (content) return { kind: "rating", rating: 5 };
  return null;
}
