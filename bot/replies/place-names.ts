import type { AliasRefusal } from "../../services/domain/place-alias.ts";

export const howToTeach =
  "这样教我地名:「地名 老粮站 就是 南塘家园」,后面写登记的名称。教错了回「忘记地名 老粮站」。";

export const nameTaught = (alias: string, name: string): string =>
  `记住了:大家说的「${alias}」就是${name},以后听到就认得。教错了回「忘记地名 ${alias}」。`;

export const nameForgotten = (alias: string): string =>
  `已忘记「${alias}」这个叫法。要重新教我,说「地名 ${alias} 就是 登记的名称」。`;

export const neverTaught = (alias: string): string =>
  `没有人教过我「${alias}」。登记表里的别名在 addresses.csv,由管理员导入时改。`;

/** After an official put right where something is: what was said may be another name of it. */
export const maybeAnotherName = (alias: string, name: string): string =>
  `「${alias}」就是${name}吗?是的话回「地名 ${alias} 就是 ${name}」,以后听到就认得。`;

export function notTaught(
  code: Exclude<AliasRefusal, "noRight">,
  alias: string,
  name: string,
): string {
  switch (code) {
    case "noName":
      return `「${alias}」不像一个地名:两到二十个字,不带门牌号。例如「地名 老粮站 就是 南塘家园」。`;
    case "tooGeneral":
      return `「${alias}」到处都有,记成别名会认错。请教我带名字的叫法,例如「地名 老粮站 就是 南塘家园」。`;
    case "unknownPlace":
      return `登记表里没有「${name}」。请用登记的名称再说一次;新地址由管理员导入 addresses.csv。`;
    case "severalPlaces":
      return `登记表里有几个「${name}」。请说完整的名称再教一次。`;
    case "named":
      return `「${alias}」已经是另一个地方的名称。请换一个叫法,或请管理员在 addresses.csv 里改。`;
  }
}
