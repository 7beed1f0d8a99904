import { readNumeral } from "../../../services/domain/numeral.ts";
import { normalise } from "../normalise.ts";
import { departmentAt, type NamedDepartment } from "./departments.ts";

export interface ScoredDepartment {
  name: string;
  /** 0–100 */
  score: number;
  /** what was said to it: 来晚40分钟 */
  comment: string | null;
}

export interface ScoresReading {
  opinion: string;
  scores: ScoredDepartment[];
  /** scores that are none: 「综合执法150」 */
  outOfRange: { name: string; said: number }[];
}

/**
 * Reads the notes of 「结案 HJ… 意见 综合执法95 市场监管90 住建来晚40分钟给70」 and 「评价 HJ… …」. A department
 * without a score (「综合执法已拆棚」) is part of the opinion; numbers that count something are no scores.
 */
export function readScores(note: string, orgNames: readonly string[] = []): ScoresReading {
  const text = normalise(note).text;
  const named = departmentsIn(text, orgNames);
  const scores: ScoredDepartment[] = [];
  const outOfRange: ScoresReading["outOfRange"] = [];
  const opinion: string[] = [text.slice(0, named[0]?.start ?? text.length)];
  let waiting: NamedDepartment[] = [];
  named.forEach((department, index) => {
    const until = named[index + 1]?.start ?? text.length;
    const words = text.slice(department.nameEnd, until);
    const found = scoreIn(words);
    if (found !== null && found.score > 100) {
      outOfRange.push({ name: department.name, said: found.score });
      return;
    }
    if (found === null) {
      if (JOINS.test(words)) waiting.push(department);
      else {
        opinion.push(text.slice(waiting[0]?.start ?? department.start, until));
        waiting = [];
      }
      return;
    }
    const { comment, remainder } = commentIn(words, found);
    for (const { name } of [...waiting, department])
      scores.push({ name, score: found.score, comment });
    waiting = [];
    opinion.push(remainder);
  });
  if (waiting[0] !== undefined) opinion.push(text.slice(waiting[0].start));
  return { opinion: joined(opinion), scores, outOfRange };
}

/** Between 「综合执法、市监」 that share a score. */
const JOINS = /^[ 、,，和及与]*$/;
const MAY_STAND = /(?:^|[\s、,，;；:：。!/和及与给对\d分)）])$/;

function departmentsIn(text: string, orgNames: readonly string[]): NamedDepartment[] {
  const found: NamedDepartment[] = [];
  for (let at = 0; at < text.length; at++) {
    if (
      !MAY_STAND.test(text.slice(Math.max(0, at - 1), at)) &&
      !JOINS.test(text.slice(found.at(-1)?.nameEnd ?? at, at) || "-")
    )
      continue;
    const department = departmentAt(text, at, orgNames);
    if (department === null) continue;
    found.push(department);
    at = department.nameEnd - 1;
  }
  return found;
}

interface Score {
  score: number;
  start: number;
  end: number;
}

const NUMERAL = "\\d{1,3}(?:\\.\\d)?|[一二两三四五六七八九十百]{1,4}";
const COUNTS =
  "(?!\\d|\\.\\d|\\s?(?:分钟|刻钟|小时|个|人|名|位|处|起|件|次|户|家|天|日|点|:|%|％|号|月|年|辆|台|条|吨|米|元|万|多|余|平))";
const SCORE_FORMS: readonly RegExp[] = [
  new RegExp(
    `(?:给|打|评|得|计|扣到|评价|评分|得分|分数)[了为到:： ]{0,2}(${NUMERAL})${COUNTS} ?分?`,
  ),
  new RegExp(`(?<![\\d.])(${NUMERAL}) ?分(?!钟|局|别|歧|工|享|类|头|配|队|管)`),
  /(满分)/,
  new RegExp(
    `(?<![\\d.点])(\\d{1,3}(?:\\.\\d)?)${COUNTS}(?:[)）]|/100)?(?=$|[\\s,，。;；、(（!/]|[一-龥])`,
  ),
];

function scoreIn(words: string): Score | null {
  for (const form of SCORE_FORMS) {
    const match = form.exec(words);
    const said = match?.[1];
    if (match === null || said === undefined) continue;
    const score = said === "满分" ? 100 : said.includes(".") ? Number(said) : readNumeral(said);
    if (score === null) continue;
    return { score, start: match.index, end: match.index + match[0].length };
  }
  return null;
}

/** About the call, not about the department: 「同意结案」, 「三家都办完了」. */
const ABOUT_CALL = /同意|结案|办完|办结|全部|都已|整体|总体|意见|予以|以上|均已|现场/;

function commentIn(
  words: string,
  { start, end }: Score,
): { comment: string | null; remainder: string } {
  const before = words.slice(0, start).replace(/(?:各|都|均|应|就|只|才|分别)$/, "");
  const behind = words.slice(end).split(/(?<=[\s,，。;；])/);
  const own: string[] = [before];
  const other: string[] = [];
  for (const piece of behind) (ABOUT_CALL.test(piece) ? other : own).push(piece);
  const comment = joined(own.map((piece) => piece.replace(/[()（）]/g, " ")));
  return { comment: comment === "" ? null : comment, remainder: joined(other) };
}

const EDGE = /^[\s、,，;；:：。!/-]+|[\s、,，;；:：。!/-]+$/g;

const joined = (pieces: readonly string[]): string =>
  pieces
    .map((piece) => piece.replace(EDGE, "").replace(/[\s,，。]*(?:给|对)$/, ""))
    .filter((piece) => piece !== "")
    .join(" ")
    .replace(/^(?:结案)?(?:意见|评语|评价)[:： ]+/, "")
    .replace(/ ?(?:评价|打分|评分|考核评价)$/, "");
