import { tellsPast } from "../calls/wish-doubt.ts";

/** Praise, or that all is well now. */
const GOOD =
  /效果(?:还|很|挺|蛮|非常|也|都)*(?:不错|好(?!像)|明显)|态度(?:都|也|还|很|挺|蛮|非常|特别)*(?:不错|好|热情)|(?<!(?:以前|原来|过去|本来)[^,。]{0,6})好多了|好(?:转|些)了|(?:已经?|都|全|终于|昨天|今天|昨晚|刚刚?)[^,。]{0,6}解决了|(?:已经?|都|全|终于)[^,。]{0,6}(?:修|弄|处理|清理|打扫|整治|疏通|整改|搞)好了/;
/** A but, irony, a wish or a question: what stands beside praise is then what is meant. */
const BUT =
  /但|可是|可(?=[这现又还才一没])|不过|然而|却|没想到|结果|还(?=[是没在有要得])|仍|又|再|反复|反弹|回潮|依[旧然]|照[样旧]|只[是有]|唯独|就(?=我|是)|没(?!问题|事|意见|什么问题)|未|不(?!错|用了|客气|好意思|麻烦)|[吗嘛?？呢]|怎么|为什么|凭什么|什么时候|说好|投诉|举报|反映|希望|建议|请[^,。]{0,8}(?:处理|解决|尽快|安排|重视)|私自|擅自|偷|才怪|骗|假|糊弄|敷衍|违[建法章]|挡|呵呵|所谓|说是|骂|打人|凶|推搡|吼|收钱|罚/;
/** 「昨天报的油烟,城管来处理了」: what it was, and that somebody came. */
const WAS_TOLD =
  /(?:昨天|前天|上次|上周|之前|刚才|早上)[^,。]{0,4}报的[^,。]{0,8}$|来(?:处理|查|看|修|整治|清理)(?:过)?了$/;
const LONGEST = 80;

/**
 * What a message says besides what is settled and praised (「上次请城管来查过油烟,现在好多了」): null where
 * nothing is settled, or where a but follows; empty where nothing else is said.
 *
 * @param done - whether what has been done is settled without a word of praise, as among officials
 */
export function besidesSettled(text: string, done: boolean): string | null {
  if (text.length > LONGEST || BUT.test(text)) return null;
  const clauses = text.split(/[,。;!\n]/);
  const praised = clauses.some((clause) => GOOD.test(clause));
  if (!praised && !(done && clauses.some(tellsPast))) return null;
  return clauses
    .filter((clause) => !GOOD.test(clause) && !tellsPast(clause) && !WAS_TOLD.test(clause))
    .join(",")
    .replace(/^[\s,]+|[\s,]+$/g, "");
}
