import { readNumeral } from "../../services/domain/numeral.ts";
import type { Normalised } from "./normalise.ts";

const BUILDING_NUMERAL =
  /[一二三四五六七八九十百零〇]{1,6}(?=(?:号楼|幢|栋|憧|单元|层楼|楼|层|号院|弄|室|号门))/g;

/** 三号楼 → 3号楼, 十二幢 → 12幢: numerals become digits where they number a part of a building. */
export function buildingNumerals(message: Normalised): Normalised {
  return replaceAll(message, BUILDING_NUMERAL, (numeral) => {
    const value = readNumeral(numeral);
    return value === null ? numeral : String(value);
  });
}

/** Slips of the input method that are certain from what stands around them; each keeps the length. */
const TYPOS: readonly [RegExp, string][] = [
  [/(?<=[\d一二三四五六七八九十] ?)[憧撞疃僮](?!\d*倒)/g, "幢"],
  [/(?<=[\d一二三四五六七八九十] ?)[楝冻](?!了|住|伤)/g, "栋"],
  [/(?<=[\d一二三四五六七八九十] ?)(?:单园|单远|单原|单圆|丹元)/g, "单元"],
  [/楼到(?=灯|里|口|上|堆|内|没)/g, "楼道"],
  [/(?:路登|路蹬)(?=不|坏|灭|没)/g, "路灯"],
  [/(?:拉圾|垃级|拉级|垃极|拉及|垃及|垃鸡|拉鸡)/g, "垃圾"],
  [/(?:造音|燥音|噪因)/g, "噪音"],
  [/(?:油咽|由烟)/g, "油烟"],
  [/冒(?:咽|言|淹)/g, "冒烟"],
  [/(?:电踢|电题)/g, "电梯"],
  [/下水到/g, "下水道"],
  [/(?:化粪持|化粪迟)/g, "化粪池"],
  [/(?:汀水|亭水|挺水)(?=了|啦|$)/g, "停水"],
  [/(?:井该|警盖|景盖)/g, "井盖"],
  [/(?:电平车|电瓶测)/g, "电瓶车"],
  [/(?:消房|消访)(?=通道|栓)/g, "消防"],
];

/** Words of dialects that say the same in as many characters: 冇水, 勿来, 坏咧. */
const DIALECT: readonly [RegExp, string][] = [
  [/莫得|没得(?!说|救|办|法|空)|呒没|冇得/g, "没有"],
  [/冇/g, "没"],
  [/(?<![请切非])勿(?!扰|念|忘|喷|近|入|动|扔|用|信)/g, "不"],
  [/唔(?=[该使系知会得想好])/g, "不"],
  [/嘅/g, "的"],
  [/咗/g, "了"],
  [/(?<=[坏破断掉倒没丢爆停满淹堵漏裂塌臭灭歪])[咧哒咯啦喽哉嘞噻拉](?![^\s,。!?])/g, "了"],
];

const SLIPS = [...TYPOS, ...DIALECT];

/** All of them at once, without what has to stand around: most texts hold none, and one look says so. */
const MAY_SLIP = new RegExp(
  SLIPS.map(([slip]) => slip.source.replace(/\(\?<?[=!][^()]*\)/g, "")).join("|"),
);

const mended = (text: string): string =>
  MAY_SLIP.test(text)
    ? SLIPS.reduce((words, [slip, right]) => words.replace(slip, right), text)
    : text;

/** Letters are written with care; slips and dialect are a matter of chat. */
const LONGEST_MENDED = 300;

export function mendTypos(message: Normalised): Normalised {
  if (message.text.length > LONGEST_MENDED) return message;
  const text = mended(message.text);
  return text.length === message.text.length ? { ...message, text } : message;
}

const MAY_CHANGE =
  /[莫得呒冇勿憧撞疃僮楝冻园远原圆元到登蹬圾级极该盖平瓶访房一二三四五六七八九十百零〇]/;

/** What `mendTypos` and `buildingNumerals` make of a bare name. */
export const plainNumerals = (name: string): string =>
  MAY_CHANGE.test(name)
    ? mended(name).replace(BUILDING_NUMERAL, (numeral) => String(readNumeral(numeral) ?? numeral))
    : name;

function replaceAll(
  message: Normalised,
  pattern: RegExp,
  replace: (found: string) => string,
): Normalised {
  if (message.text.search(pattern) < 0) return message;
  let text = "";
  const starts: number[] = [];
  const ends: number[] = [];
  let done = 0;
  const keep = (until: number) => {
    text += message.text.slice(done, until);
    for (let i = done; i < until; i++) {
      starts.push(message.starts[i] ?? 0);
      ends.push(message.ends[i] ?? 0);
    }
    done = until;
  };
  for (const match of message.text.matchAll(pattern)) {
    keep(match.index);
    const after = match.index + match[0].length;
    const written = replace(match[0]);
    text += written;
    for (let i = 0; i < written.length; i++) {
      starts.push(message.starts[match.index] ?? 0);
      ends.push(message.ends[after - 1] ?? 0);
    }
    done = after;
  }
  keep(message.text.length);
  return { original: message.original, text, starts, ends };
}
