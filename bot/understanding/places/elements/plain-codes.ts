/** Signs that end a piece of an address, in the order of their classes. */
const ENDINGS = [
  "省市州区县旗镇乡街道",
  "路巷弄里村庄组队社屯",
  "园苑城厦场馆店厂院",
  "楼幢栋座号单元层室户",
  "门口桥交叉旁侧面近内处站校库司",
].join("");
const NUMERALS = "一二三四五六七八九十百千零〇两甲乙丙丁";
const DIRECTIONS = "东南西北中上下左右前后";

const OTHER = 0;
const DIGIT = 1;
const LETTER = 2;
const NUMERAL = 3;
const SEPARATOR = 4;
const DIRECTION = 5;
const FIRST_ENDING = 10;

const classes = new Map<number, number>([
  ...[...DIRECTIONS].map((sign) => [sign.charCodeAt(0), DIRECTION] as const),
  ...[...NUMERALS].map((sign) => [sign.charCodeAt(0), NUMERAL] as const),
  ...[...ENDINGS].map((sign, at) => [sign.charCodeAt(0), FIRST_ENDING + at] as const),
]);

/** One writing for a UTF-16 unit: half width, capital letters, every digit as 0. */
export function plainCode(code: number): number {
  let plain = code >= 0xff01 && code <= 0xff5e ? code - 0xfee0 : code;
  if (plain >= 0x61 && plain <= 0x7a) plain -= 0x20;
  return plain >= 0x30 && plain <= 0x39 ? 0x30 : plain;
}

/** What kind of sign a plain code is; a sign that ends pieces of addresses is a class of its own. */
export function classOf(code: number): number {
  const known = classes.get(code);
  if (known !== undefined) return known;
  if (code === 0x30) return DIGIT;
  if (code >= 0x41 && code <= 0x5a) return LETTER;
  return code < 0x4e00 || code > 0x9fff ? SEPARATOR : OTHER;
}

export const isEnding = (kind: number): boolean => kind >= FIRST_ENDING;
