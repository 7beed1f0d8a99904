import { WORDS_FOR_WORK } from "../../../services/domain/lines-of-work.ts";
import { readNumeral } from "../../../services/domain/numeral.ts";

/** A department as named in a text. */
export interface NamedDepartment {
  /** as said, without 「部门」: 综合执法, 区市监局, 望潮派出所 */
  name: string;
  /** people asked for or sent, where a number stands behind the name */
  headcount: number | null;
  start: number;
  /** where the name ends, before the number of people */
  nameEnd: number;
  end: number;
}

/** Words for a line of work that are also half of a thing: 消防通道, 绿化带, 交通堵塞, 燃气泄漏. */
const NOT_A_THING =
  "(?!通道|栓|设施|设备|隐患|器材|安全|登高|车(?!队)|门口|处置|预案|通行|灯|堵|拥|事故|秩序|标|差|脏|死角|环境|带|树|泄|管(?!理|委)|味|罐|工程|工地|劝导|整治|检查|问题|违|垃圾|污|噪|井|道|箱|线|费|款|用地|用房|资金)";
/** Words that name a department only with its unit (卫生局) or with people (绿化2人). */
const OTHERWISE_THINGS = new Set(
  "建设 规划 教育 数据 商务 卫生 绿化 园林 便民 审批 排水 供水 电力 燃气 天然气 自来水 保洁 路灯 安全生产 综合治理 市政工程 市政设施 排水".split(
    " ",
  ),
);
const WORK = `(?:公安(?=交警|交管))?(${WORDS_FOR_WORK.join("|")})${NOT_A_THING}`;
const BEFORE = "(?:[一-龥]{2}(?:街道|镇|乡)|本?街道|镇里?|[一-龥]{0,4}区|[一-龥]{0,3}县)?的?";
const UNIT =
  "(?:监督|管理)*((?:部门|行政执法(?:局|队)?|分局|局|委员会|管委会|委|总队|支队|大队|中队|队(?!员)|分所|所(?![有以在需])|总站|站|办公室|办(?![完结理好妥])|中心|科|处(?![理置])|公司)?)";
const PEOPLE =
  / ?[:：(（]? ?(?:再|加|增)?派?(?:要|来|出|需要|需)? ?(?:队员|人员|同志|民警|干部|力量|人)? ?(\d{1,3}|[一二两三四五六七八九十]{1,3}) ?(?:个人|人(?!次)|名|位)(?:同志|队员|人员|执法人员|民警|干部)?[)）]?/y;

const NAME = new RegExp(`${BEFORE}${WORK}${UNIT}`, "y");
const STATION = /[一-龥]{2}派出所/y;

/**
 * The department that is named right at `from`, or null: a usual word for its work with or without place
 * and unit, or a name of the directory.
 *
 * @param orgNames - names of organisations as the directory writes them
 */
export function departmentAt(
  text: string,
  from: number,
  orgNames: readonly string[] = [],
): NamedDepartment | null {
  const listed = orgNames.filter((name) => name !== "" && text.startsWith(name, from));
  const usual = usualName(text, from);
  const nameEnd = Math.max(
    from,
    usual.end,
    endOf(STATION, text, from),
    ...listed.map((name) => from + name.length),
  );
  if (nameEnd === from) return null;
  PEOPLE.lastIndex = nameEnd;
  const people = PEOPLE.exec(text);
  if (people === null && usual.end === nameEnd && usual.needsMore) return null;
  return {
    name: text.slice(from, nameEnd).replace(/部门$/, ""),
    headcount: people === null ? null : readNumeral(people[1] ?? ""),
    start: from,
    nameEnd,
    end: people === null ? nameEnd : nameEnd + people[0].length,
  };
}

function usualName(text: string, from: number): { end: number; needsMore: boolean } {
  NAME.lastIndex = from;
  const [said = "", word = "", unit = ""] = NAME.exec(text) ?? [];
  return { end: from + said.length, needsMore: unit === "" && OTHERWISE_THINGS.has(word) };
}

function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return from + (pattern.exec(text)?.[0].length ?? 0);
}

const SEPARATOR = /[ 、,，;；和及与+&/]*(?:以及|还有)?[ 、,，]*/y;
const EACH_HAS =
  /^ ?(?:各|均|每家|每个部门|每部门|每个单位|每单位|都)(?:派|出|来)? ?(\d{1,3}|[一二两三四五六七八九十]{1,3}) ?(?:个人|人|名|位)/;

/** Departments named in a row, spaces or 、和 or nothing between them. */
export interface DepartmentRow {
  departments: NamedDepartment[];
  start: number;
  end: number;
}

/** The row of departments that begins right at `from`, or null. 「各2人」 behind it counts for all. */
export function departmentRowAt(
  text: string,
  from: number,
  orgNames: readonly string[] = [],
): DepartmentRow | null {
  const departments: NamedDepartment[] = [];
  let end = from;
  for (let next = departmentAt(text, from, orgNames); next !== null; ) {
    departments.push(next);
    end = next.end;
    const further = endOf(SEPARATOR, text, end);
    next = departmentAt(text, further, orgNames) ?? strangerAt(text, further);
  }
  if (departments.length === 0) return null;
  const each = EACH_HAS.exec(text.slice(end, end + 16));
  if (each === null) return { departments, start: from, end };
  const headcount = readNumeral(each[1] ?? "");
  return {
    departments: departments.map((department) => ({
      ...department,
      headcount: department.headcount ?? headcount,
    })),
    start: from,
    end: end + each[0].length,
  };
}

const STRANGER =
  /(?<=[ 、,，;；和及与])[一-龥]{2,8}(?:局|委|办|公司|集团|大队|中队|支队|所)(?=[ 、,，;；。]|$)/y;

/** Among departments also one that no table knows: 「公交公司」. */
function strangerAt(text: string, from: number): NamedDepartment | null {
  const end = endOf(STRANGER, text, from);
  if (end === from) return null;
  return { name: text.slice(from, end), headcount: null, start: from, nameEnd: end, end };
}

const BEFORE_ROW = /(?:^|[\s、,，;；:：。!！?？(（\d点分半])$/;

/** Rows of departments that stand free, have people, or follow one of the words of `called`. */
export function departmentRows(
  text: string,
  called: RegExp,
  orgNames: readonly string[] = [],
): DepartmentRow[] {
  const rows: DepartmentRow[] = [];
  for (let at = 0; at < text.length; at++) {
    const row = departmentRowAt(text, at, orgNames);
    if (row === null) continue;
    const before = text.slice(Math.max(0, at - 8), at);
    const counted = row.departments[0]?.headcount != null;
    if (!counted && !BEFORE_ROW.test(before) && !called.test(before)) continue;
    rows.push(row);
    at = row.end - 1;
  }
  return rows;
}

/** The same names once each, in the order said; a later number of people replaces an earlier. */
export function onceEach(
  departments: readonly { name: string; headcount: number | null }[],
): { name: string; headcount: number | null }[] {
  const seen = new Map<string, number | null>();
  for (const { name, headcount } of departments) {
    seen.set(name, headcount ?? seen.get(name) ?? null);
  }
  return [...seen].map(([name, headcount]) => ({ name, headcount }));
}
