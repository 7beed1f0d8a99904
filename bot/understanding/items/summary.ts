import { maskPersonalData } from "../../../services/domain/masking.ts";

const LONGEST = 40;

/** The trouble in at most forty characters, without greetings, phone, ID or room number. */
export function summarise(text: string): string {
  const plain = withoutPersons(maskPersonalData(text.slice(0, 300)))
    .replace(/\s+/g, " ")
    .replace(
      /^(?:[\s,.:;!。、；，：！]|老师儿?|领导|您好|你好|尊敬的[^,。:]{0,10}|各位|大家好|请问|我想(?:反映|问)(?:一下)?|反映(?:一下|个情况)?|报[:：]|报告[:：]?|网格员|小助手|三件事|两件事|几件事)+/,
      "",
    );
  const told = plain === "" ? text.slice(0, 60) : plain;
  if (told.length <= LONGEST) return tidyEnd(told);
  const stop = Math.max(
    ...["。", "!", "?", ";", ",", " "].map((sign) => told.lastIndexOf(sign, LONGEST)),
  );
  return tidyEnd(stop >= 12 ? told.slice(0, stop) : cutAtSign(told));
}

const withoutPersons = (text: string): string =>
  (/\d{3}|\*{3}/.test(text) ? withoutNumbers(text) : text).replace(
    /(?:我叫|本人叫|我是|姓名[:：]?)[一-龥]{2,3}(?=[,，。 ])/g,
    "",
  );

const withoutNumbers = (text: string): string =>
  text
    .replace(
      /(?:电话|手机号?|联系方式|身份证号?|银行卡号?|卡号)?[:：]? ?[\dA-Za-z]*\*{3,}[\dXx]*/g,
      "",
    )
    .replace(/\d{11,}/g, "")
    .replace(/(?<=幢|栋|楼|单元|座|号楼)[\s-]?\d{3,4}(?:室|房)?/g, "")
    .replace(/(?<!\d)\d{3,4} ?(?:室|房)(?!屋)/g, "");

/** Never cuts a surrogate pair in two. */
const cutAtSign = (text: string): string =>
  /[\ud800-\udbff]$/.test(text.slice(0, LONGEST))
    ? text.slice(0, LONGEST - 1)
    : text.slice(0, LONGEST);

const tidyEnd = (text: string): string => text.replace(/[\s,.;:!。、；，：！]+$/, "");
