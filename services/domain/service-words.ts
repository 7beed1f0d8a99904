/** What people say around the thing they ask for; it tells no item from another. */
const AROUND =
  /请问|咨询|想?(?:问|了解|知道)(?:一下|下|问)?|[您你]好|麻烦|谢谢|怎么样?|怎样|如何|咋(?:样|办|整|弄)?|什么样?的?|啥|哪些|那些|哪里|哪儿|哪个|哪|办理|申请|申领|申办|代办|补办|补领|补|换领|换|领取|领|办|弄|搞|开|登记|注销|取消|审批|批|交|带|准备|不要|需要|需|要|材料|资料|手续|证件|条件|流程|规定|政策|要求|多久|多长时间|几天|几点|多少|钱|费用|收费|可不可以|能不能|是不是|可以|能否|可否|能|窗口|地方|部门|时候|时间|[上下]班|下来|排队|本人|网上|现场|亲自|今年|岁|注册|找不到|丢失|丢|掉|遗失|不见|弄坏|坏|损坏|过期|到期|快|已经|没有|没|有|新|第一次|现在|这边|这里|本地|街道|社区|我们|你们|咱们?|我|你|您|他|她|爸爸?|妈妈?|爷爷|奶奶|外公|外婆|公公|婆婆|老人家?|父母|孩子|小孩|宝宝|儿子|女儿|老公|老婆|外地人?|亲戚|朋友|邻居|租客|房东|家里?|家|一下|一个|一张|个|张|本|去|到|在|给|想|和|跟|再|还|又|就|都|也|的|地|得|了|过|着|吗|呢|吧|啊|呀|么|嘛|哦|是|会|该|应该|得|这|那|[\s\p{P}\p{S}]/gu;

/** Words of an office that a name ends or begins with: 生育登记 is about 生育. */
const OFFICE_END =
  /(?:办理|申请|申领|申办|补办|补领|换领|换发|登记|审批|许可|备案|核发|核准|注册|确认|认定|给付|发放|资格|服务|事项|业务)+$/;
const OFFICE_BEGIN = /^(?:办理|申请|申领|补办|补领)+/;

/** A word that says another thing depends on this one: 「没有居住证怎么入学」 asks for no 居住证. */
const BACKGROUND = /(?:没有?|没办|无|不用|凭|拿着?|用|除了)$/;

const ASKS =
  /怎么|怎样|如何|咋|哪|什么|啥|多久|多长|几|多少|吗|么$|呢$|不[\s。.?]*$|能不能|可不可以|能否|可否|可以|条件|流程|[??]/;

export const isQuestion = (text: string): boolean => ASKS.test(text);

/** One writing for names and questions: half width, lower case, no blanks inside. */
export const plainWords = (text: string): string =>
  text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

/** The thing a name is about, without the words of the office; of 「户口迁入(落户)」 both. */
export function coresOf(name: string): string[] {
  return plainWords(name)
    .split(/[()[\]【】/、|]/)
    .map((part) => part.trim())
    .filter((part) => part.length >= 2)
    .map((part) => {
      const core = part.replace(OFFICE_END, "").replace(OFFICE_BEGIN, "");
      return core.length >= 2 ? core : part;
    });
}

/** Of a text the signs that may name a thing; the others are blanks, so that places stay the same. */
export const thingsIn = (text: string): string =>
  text.replace(AROUND, (found) => " ".repeat(found.length));

/** Whether what stands before a name makes it the background of another question. */
export const isBackground = (before: string): boolean => BACKGROUND.test(before);

/**
 * The clause that asks, 「要带什么材料」, together with those before it that it takes its subject from:
 * 「居住证到期了」. Without a question the whole text.
 */
export function askingPart(text: string): string {
  const clauses = text.split(/(?<=[,，。.!！?？;；\n ])/);
  const asking = clauses.findLastIndex((clause) => ASKS.test(clause));
  if (asking < 0) return text;
  for (let from = asking; from > 0; from--) {
    const part = clauses.slice(from, asking + 1).join("");
    if (thingsIn(part).replaceAll(" ", "").length >= 2) return part;
  }
  return clauses.slice(0, asking + 1).join("");
}

export const pairsOf = (text: string): string[] =>
  text
    .split(" ")
    .flatMap((run) =>
      Array.from({ length: Math.max(0, run.length - 1) }, (_, at) => run.slice(at, at + 2)),
    );
