import { type EventLevel, isEventLevel } from "../../../services/domain/level.ts";
import { readNumeral } from "../../../services/domain/numeral.ts";

/** 判三级, 定为3级: the level and the words it took; null when none is named. */
export function readLevel(words: string): { level: EventLevel; rest: string } | null {
  const match = /([一二三四1-4]) ?级/.exec(words);
  const value = match?.[1] === undefined ? null : readNumeral(match[1]);
  if (match === null || value === null || !isEventLevel(value)) return null;
  return { level: value, rest: cut(words, match.index, match[0].length) };
}

const WORKDAYS =
  /(\d{1,3}|[一二两三四五六七八九十]{1,3}) ?(?:个)?(工作日|日|天|周|星期|礼拜)(?:后|内)?/;

/** 5个工作日, 三天, 一周 (five days): how many working days are asked for. */
export function readWorkdays(words: string): { workdays: number; rest: string } | null {
  const match = WORKDAYS.exec(words);
  if (match?.[1] === undefined) return null;
  const count = readNumeral(match[1]);
  if (count === null) return null;
  const workdays = /周|星期|礼拜/.test(match[2] ?? "") ? count * 5 : count;
  return { workdays, rest: cut(words, match.index, match[0].length) };
}

export interface NamedOrgs {
  orgName: string | null;
  supportNames: string[];
  personName: string | null;
  note: string;
}

const ORG_END =
  /^(.{1,14}?(?:执法中队|执法大队|派出所|司法所|环卫所|路灯所|供电所|市监所|卫生院|中队|大队|分局|物业|公司|中心|社区|居委会|村委会|[所队科办站局处委]))(?![一-龥]*(?:中队|大队|所|局|站|办|中心))(.*)$/;
const PERSON =
  /^(?:[老小阿][一-龥]{1,2}|[一-龥]{2,3}(?:同志|师傅)?|[一-龥](?:工|队|所|科|主任|队长|所长|师傅))$/;

/** 「给综合执法中队 老周 协办市监、公安 今天下班前」 → who leads, who supports, which person, the rest. */
export function readOrgs(words: string): NamedOrgs {
  const [mainWords, supportNames] = cutSupport(words);
  const asked = mainWords.replace(/^(?:[给到至由向:：,，]|主办[:：]?)+ ?/, "");
  const [first = "", ...others] = asked.split(/[\s,，;；。]+/).filter((word) => word !== "");
  const [orgName, glued] = splitOrg(first);
  const tail = glued === "" ? others : [glued, ...others];
  const person = tail[0] !== undefined && PERSON.test(tail[0]) ? tail[0] : null;
  return {
    orgName: orgName === "" ? null : orgName,
    supportNames,
    personName: person,
    note: tail.slice(person === null ? 0 : 1).join(" "),
  };
}

/** 「环卫所、市监所 明天中午前回复」 behind 协办: everybody who supports, and the rest. */
export function readSupports(words: string): { supportNames: string[]; note: string } {
  const asked = words.replace(/^(?:[给到至由向:：,，]|单位[:：]?)+ ?/, "");
  const [first = "", ...others] = asked.split(/[\s,，;；。]+/).filter((word) => word !== "");
  const named = first.split(/[、和及/]/).map(splitOrg);
  const glued = named.at(-1)?.[1] ?? "";
  return {
    supportNames: named.map(([name]) => name).filter((name) => name !== ""),
    note: [glued, ...others].filter((word) => word !== "").join(" "),
  };
}

function splitOrg(word: string): [org: string, rest: string] {
  const bare = word.replace(/(?:处理|办理|处置|负责|去办|牵头)$/, "");
  const match = ORG_END.exec(bare);
  if (match?.[1] === undefined) return [bare, ""];
  return [match[1], match[2] ?? ""];
}

function cutSupport(words: string): [main: string, support: string[]] {
  const match =
    /[,，;； ]*(?:协办|配合单位|由(?=[^ ,，]{2,12}配合))[:：]?(?:给|是|为)? ?([^\s,，;；。]+(?:(?:[、和]| (?=综合执法|市监|市场监管|公安|环卫|城管|住建|应急|消防))[^\s,，;；。]+)*)/.exec(
      words,
    );
  if (match?.[1] === undefined) return [words, []];
  const named = match[1].split(/[、和及/ ]/).map((name) => name.replace(/配合$/, ""));
  return [cut(words, match.index, match[0].length), named.filter((name) => name !== "")];
}

function cut(words: string, at: number, length: number): string {
  return `${words.slice(0, at)} ${words.slice(at + length)}`
    .replace(/\s+/g, " ")
    .replace(/^[\s,，:：;；。、]+|[\s,，;；、]+$/g, "");
}
