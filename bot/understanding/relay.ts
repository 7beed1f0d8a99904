/** A resident's words that somebody passes on. */
export interface RelayedWords {
  /** whoever said it, as named by whoever passes it on */
  name: string | null;
  phone: string | null;
  words: string;
}

const ORDER = /^\s*(?:转报|代报|代居民报|替居民报)(?:一下)?\s*[:：,，]?\s*(?!给|SJ|HJ)(?=\S)/i;

const FROM = "(?:(?:微信|电话|群|上门|当面|窗口)[群里上中来]*的?\\s*)?";
const CALLED =
  "[^\\s,，。:：;；\\d]{0,6}(?:阿姨|大妈|大爷|大伯|大叔|叔叔|叔|伯|婶|嫂|奶奶|爷爷|先生|女士|小姐|姐|哥|师傅|老师|老板|居民|业主|住户|租客|家长|邻居)";
const PHONE = "(?:\\s*[(（]?\\s*(1[3-9][\\d*]{9})\\s*[)）]?)?";
const SAYS = "\\s*(?:来电)?(?:说|讲|反映|反应|告诉我|留言|问)";

/** 「微信里张阿姨说:…」, 「张阿姨:…」, 「张阿姨(13800000001):…」: who is called something may be named alone. */
const BY_TITLE = new RegExp(
  `^${FROM}(${CALLED})${PHONE}(?:${SAYS}\\s*[:：,，]?|\\s*[:：])\\s*(?=\\S)`,
);
/** 「王建国反映:…」: a bare name only where it says something. */
const BY_NAME = new RegExp(
  `^${FROM}(\\p{Script=Han}{2,4}?)${PHONE}${SAYS}\\s*[:：]\\s*(?=\\S)`,
  "u",
);
/** 「13800000001:…」 */
const BY_PHONE = /^()(1[3-9][\d*]{9})\s*[:：]\s*(?=\S)/;

/** 「转报 微信里张阿姨说:5幢楼道灯坏了」, 「代报:…」; null for what is nobody else's. */
export function readRelay(text: string): RelayedWords | null {
  const order = ORDER.exec(text);
  if (order === null) return null;
  const rest = text.slice(order[0].length);
  for (const pattern of [BY_TITLE, BY_NAME, BY_PHONE]) {
    const found = pattern.exec(rest);
    if (found === null) continue;
    const [said, name = "", phone = ""] = found;
    return {
      name: name === "" ? null : name,
      phone: /^\d{11}$/.test(phone) ? phone : null,
      words: unquoted(rest.slice(said.length)),
    };
  }
  return { name: null, phone: null, words: unquoted(rest) };
}

/** Pasted words often stand in quotation marks. */
const unquoted = (words: string): string => words.trim().replace(/^[「“"]([\s\S]+)[」”"]$/, "$1");
