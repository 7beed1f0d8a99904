import { isToldOfElse } from "../emergencies/ruled-out.ts";

const SOMEBODY =
  "(?:老人家?|老头子?|老太太?|奶奶|爷爷|外婆|外公|阿公|阿婆|爸爸?|妈妈?|父亲|母亲|孩子|小孩子?|小朋友|娃娃?|儿子|女儿|孙子|孙女|外孙女?|弟弟|妹妹|哥哥|姐姐|大爷|大妈|大伯)";
const LOST = new RegExp(
  `${SOMEBODY}[^,。!?的]{0,8}(?:走丢|走失|失踪|失联|离家出走|不见(?:了|踪影|人影)(?!我|你|放|的)|(?:丢|找不到|联系不上)了?(?=$|[\\s,。!?]))`,
);
const STRAYED =
  /(?:痴呆|糊涂|失智|智力障碍|精神病)[^。!?]{0,12}(?:走丢|走失|不见了|没回(?:来|家)|找不到)|有人(?:走丢|走失|失踪)/;

/** 「阿公走丢了一天没回来」: a person is missing and has to be looked for now. */
export const saysPersonMissing = (text: string): boolean =>
  text.length <= 200 &&
  (STRAYED.test(text) || LOST.test(text)) &&
  text.split(/[,.;。!?\n ]+/).some(tellsOfLoss) &&
  !/找到(?:了|啦)|已经?(?:找到|回(?:来|家))/.test(text) &&
  !/快递|手机|钱包|钥匙|[猫狗]/.test(text);

const tellsOfLoss = (clause: string): boolean =>
  /走丢|走失|失踪|失联|离家出走|不见|没回|丢了?$|找不到|联系不上/.test(clause) &&
  !isToldOfElse(clause);
